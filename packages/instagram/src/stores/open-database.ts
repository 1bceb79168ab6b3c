import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Kysely, PostgresDialect, SqliteDialect, type Dialect } from 'kysely'
import { LRUCache } from 'lru-cache'
import { ContactsheetError } from '../errors.ts'
import type { Database, Tables } from './database.ts'
import { migrate } from './migrate.ts'

const INT8 = 20

/**
 * Opens the plugin's database and brings its tables up to date.
 *
 * @param address - path of an SQLite file, `:memory:`, or a `postgres://` address
 * @throws {ContactsheetError} OPTIONS_INVALID when PostgreSQL is asked for and `pg` is not installed
 */
export async function openDatabase (address: string): Promise<Database> {
  const isPostgres = /^postgres(ql)?:\/\//.test(address)
  const database = new Kysely<Tables>({ dialect: isPostgres ? await postgresDialect(address) : sqliteDialect(address) })
  try {
    await migrate(database, isPostgres ? 'postgres' : 'sqlite')
  } catch (error) {
    await database.destroy()
    throw error
  }
  return database
}

/** Kysely's own SQLite dialect over `node:sqlite`: one file, write-ahead log, every commit on disk before it is told. */
function sqliteDialect (path: string): Dialect {
  const sqlite = new DatabaseSync(path)
  sqlite.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on')
  // The same few texts come again and again, and preparing one takes longer than running it.
  const statements = new LRUCache<string, StatementSync>({ max: 200 })
  return new SqliteDialect({
    database: {
      close: () => sqlite.close(),
      prepare (text) {
        const statement = statements.get(text) ?? sqlite.prepare(text)
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

async function postgresDialect (connectionString: string): Promise<Dialect> {
  const pg = await import('pg').catch((cause: unknown) => {
    throw new ContactsheetError('OPTIONS_INVALID', 'database is a postgres:// address, but the package "pg" is not installed: npm install pg', { cause })
  })
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? Number : pg.default.types.getTypeParser(oid, format as 'text')
  }
  const pool = new pg.default.Pool({ connectionString, types: types as typeof pg.default.types })
  // An idle connection that the server ends (a restart, a failover) is only taken out of the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return new PostgresDialect({ pool })
}
