import type { Dialect } from 'kysely'
import { ContactsheetError } from '../errors.ts'
import { aroundQueries } from './around-queries.ts'

/** SQLite's primary result codes about the file and not about the question: busy, locked, read-only, I/O, corrupt, full, cannot open, no database. */
const SQLITE = new Set([5, 6, 8, 10, 11, 13, 14, 26])
const PRIMARY = 0xff

/** SQLSTATE classes about the connection (08), who may connect (28), to what (3D), a transaction that lost to others (40), resources (53), an operator (57), the system (58). */
const SQLSTATE = /^(08|28|3D|40|53|57|58)[0-9A-Z]{3}$/
/** What the system says of a network; what Node says of a caller begins with `ERR_`. */
const NETWORK = /^E[A-Z]+$/
/** Errors of `pg` itself have nothing but their text. */
const PG = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

const RETRY_AFTER_SECONDS = 5

/**
 * A dialect that names the database's own trouble (no room, no connection, a damaged file) with a code of ours, wherever it comes up.
 * What is wrong with a question stays as it is: that is a defect.
 */
export function namingTrouble (dialect: Dialect): Dialect {
  return aroundQueries(dialect, <Ask extends (...given: never[]) => Promise<unknown>>(ask: Ask) => (async (...given: Parameters<Ask>) => {
    try {
      return await ask(...given)
    } catch (error) {
      if (!isTrouble(error)) throw error
      // The text is for callers; what the database said is for the log.
      throw new ContactsheetError('DATABASE_UNAVAILABLE', 'the database cannot be used now', { cause: error, retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
  }) as Ask)
}

function isTrouble (error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isTrouble)
  const { code, errcode } = error as Error & { code?: unknown, errcode?: unknown }
  if (typeof errcode === 'number') return SQLITE.has(errcode & PRIMARY)
  return typeof code === 'string' ? SQLSTATE.test(code) || NETWORK.test(code) : PG.test(error.message)
}
