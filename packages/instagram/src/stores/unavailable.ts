import type { DatabaseConnection, Dialect, Driver } from 'kysely'
import { ContactsheetError } from '../errors.ts'

/** SQLite's primary result codes about the file and not about the question: busy, locked, read-only, I/O, corrupt, full, cannot open, no database. */
const SQLITE = new Set([5, 6, 8, 10, 11, 13, 14, 26])
const PRIMARY = 0xff

/** SQLSTATE classes about the connection (08), who may connect (28), to what (3D), a transaction that lost to others (40), resources (53), an operator (57), the system (58). */
const SQLSTATE = /^(08|28|3D|40|53|57|58)[0-9A-Z]{3}$/
/** What Node says of a network. */
const NETWORK = /^E[A-Z_]+$/
/** Errors of `pg` itself have nothing but their text. */
const PG = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

const RETRY_AFTER_SECONDS = 5

/**
 * A dialect that names the database's own trouble (no room, no connection, a damaged file) with a code of ours, wherever it comes up.
 * What is wrong with a question stays as it is: that is a defect.
 */
export function namingTrouble (dialect: Dialect): Dialect {
  return {
    createDriver: () => namedDriver(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: database => dialect.createIntrospector(database)
  }
}

function namedDriver (driver: Driver): Driver {
  const known = new WeakSet<DatabaseConnection>()
  const acquireConnection: Driver['acquireConnection'] = async options => {
    const connection = await driver.acquireConnection(options)
    if (!known.has(connection)) {
      known.add(connection)
      connection.executeQuery = named(connection.executeQuery.bind(connection)) as DatabaseConnection['executeQuery']
    }
    return connection
  }
  // Everything else a driver does, it does by a connection.
  return new Proxy(driver, {
    get (target, name) {
      if (name === 'acquireConnection') return named(acquireConnection)
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    }
  })
}

function named<Given extends unknown[], Answer> (ask: (...given: Given) => Promise<Answer>): (...given: Given) => Promise<Answer> {
  return async (...given) => {
    try {
      return await ask(...given)
    } catch (error) {
      if (!isTrouble(error)) throw error
      // The text is for callers; what the database said is for the log.
      throw new ContactsheetError('DATABASE_UNAVAILABLE', 'the database cannot be used now', { cause: error, retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
  }
}

function isTrouble (error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isTrouble)
  const { code, errcode } = error as Error & { code?: unknown, errcode?: unknown }
  if (typeof errcode === 'number') return SQLITE.has(errcode & PRIMARY)
  return typeof code === 'string' ? SQLSTATE.test(code) || NETWORK.test(code) : PG.test(error.message)
}
