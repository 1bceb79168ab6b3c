import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Kysely, PostgresDialect, SqliteDialect, type Dialect } from 'kysely'
import { LRUCache } from 'lru-cache'
import { ContactsheetError } from '../errors.ts'
import type { Database, Tables } from './database.ts'
import { migrate } from './migrate.ts'
import { namingTrouble } from './unavailable.ts'
import { waitingForLock } from './wait-for-lock.ts'

const INT8 = 20
const CONNECT_TIMEOUT_MS = 10_000
/** How long SQLite itself waits for a lock, with the event loop standing still: about as long as another process commits. */
const LOCK_MS = 5
/** The same while the file is opened, before there is anything that could stand still. */
const OPENING_LOCK_MS = 5_000

/**
 * Opens the plugin's database and brings its tables up to date.
 *
 * @param address - path of an SQLite file, `:memory:`, or a `postgres://` address
 * @throws {ContactsheetError} OPTIONS_INVALID when PostgreSQL is asked for and `pg` is not installed; DATABASE_UNAVAILABLE when it cannot be opened
 */
export async function openDatabase (address: string): Promise<Database> {
  const isPostgres = /^postgres(ql)?:\/\//.test(address)
  const dialect = isPostgres ? await postgresDialect(address) : waitingForLock(sqliteDialect(address))
  const database = new Kysely<Tables>({ dialect: namingTrouble(dialect) })
  try {
    await migrate(database, isPostgres ? 'postgres' : 'sqlite')
  } catch (error) {
    await database.destroy()
    throw error instanceof ContactsheetError ? unopened(error.cause) : error
  }
  return database
}

/** For whoever starts the server, with what the database or the network said. */
function unopened (cause: unknown): ContactsheetError {
  const { message, code } = cause as Error & { code?: string }
  return new ContactsheetError('DATABASE_UNAVAILABLE', `the database cannot be opened: ${message === '' ? code : message}`, { cause })
}

/** Kysely's own SQLite dialect over `node:sqlite`: one file, write-ahead log, every commit on disk before it is told. */
function sqliteDialect (path: string): Dialect {
  const sqlite = openSqlite(path)
  // The same few texts come again and again, and preparing one takes longer than running it.
  const statements = new LRUCache<string, StatementSync>({ max: 200 })
  return new SqliteDialect({
    database: {
      close: () => sqlite.close(),
      prepare (text) {
        // A transaction takes the lock when it begins, or waits: what it finds and what it does then agree.
        const statement = statements.get(text) ?? sqlite.prepare(text === 'begin' ? 'begin immediate' : text)
        statements.set(text, statement)
        const bound = (parameters: readonly unknown[]) => parameters as Parameters<typeof statement.all>
        return {
          reader: statement.columns().length > 0,
          all: parameters => statement.all(...bound(parameters)),
          run: parameters => statement.run(...bound(parameters)),
          iterate: parameters => statement.iterate(...bound(parameters))
        }
      }
    }
  })
}

function openSqlite (path: string): DatabaseSync {
  let sqlite: DatabaseSync | undefined
  try {
    // It will hold who signed in and what they chose: nobody else on the machine needs to read it. The log beside it gets the same mode.
    if (path !== ':memory:' && !existsSync(path)) closeSync(openSync(path, 'a', 0o600))
    sqlite = new DatabaseSync(path, { timeout: OPENING_LOCK_MS })
    sqlite.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
    sqlite.exec(`pragma busy_timeout = ${LOCK_MS}`)
    return sqlite
  } catch (cause) {
    sqlite?.close()
    throw unopened(cause)
  }
}

async function postgresDialect (connectionString: string): Promise<Dialect> {
  const pg = await import('pg').catch((cause: unknown) => {
    throw new ContactsheetError('OPTIONS_INVALID', 'database is a postgres:// address, but the package "pg" is not installed: npm install pg', { cause })
  })
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? Number : pg.default.types.getTypeParser(oid, format as 'text')
  }
  const pool = new pg.default.Pool({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, types: types as typeof pg.default.types })
  // A connection that the server ends (a restart, a failover) says so by an event, to the pool while it is idle and else by itself.
  // Unheard it would end the process; the pool makes a new one, and what was asked over it has failed already.
  const ignore = (): void => {}
  pool.on('error', ignore).on('connect', client => client.on('error', ignore))
  return new PostgresDialect({ pool })
}
