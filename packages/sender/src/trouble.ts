import { SenderError } from './errors.ts'

/** SQLite's primary result codes about the file and not about the statement: busy, locked, read-only, I/O, corrupt, full, cannot open, no database. */
const SQLITE: ReadonlySet<number> = new Set([5, 6, 8, 10, 11, 13, 14, 26])
const PRIMARY = 0xff
/** SQLSTATE classes about the connection (08), who may connect (28), to what (3D), a transaction that lost to others (40), resources (53), an operator (57), the system (58). */
const SQLSTATE = /^(?:08|28|3D|40|53|57|58)[0-9A-Z]{3}$/
/** What the system says of a network; what Node says of a caller begins with `ERR_`. */
const NETWORK = /^E[A-Z]+$/
/** Errors of `pg` itself have nothing but their text. */
const PG = /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/**
 * An error of the database's own (no room, no connection, a damaged file) under a code of ours. Any other stays as it is: what is wrong
 * with a statement is a defect.
 */
export function named (error: unknown): unknown {
  if (!isTrouble(error)) return error
  return new SenderError('SENDER_DATABASE_UNAVAILABLE', `the database cannot be used now: ${textOf(error)}`, { cause: error })
}

function isTrouble (error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof SenderError) return false
  if (error instanceof AggregateError) return error.errors.some(isTrouble)
  const { code, errcode } = error as Error & { code?: unknown, errcode?: unknown }
  if (typeof errcode === 'number') return SQLITE.has(errcode & PRIMARY)
  return typeof code === 'string' ? SQLSTATE.test(code) || NETWORK.test(code) : PG.test(error.message)
}

/** A name with several addresses fails with an error of each, and with no text of its own. */
function textOf (error: Error): string {
  return error instanceof AggregateError ? error.errors.map(each => (each as Error).message).join(', ') : error.message
}
