import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { createStatements, plainSession, sqlIdempotency, type RunSql } from './sql.ts'
import type { IdempotencyStore } from './store.ts'

/** What `sqliteIdempotency` may be told. */
export interface SqliteIdempotencyOptions {
  /** An open database of `node:sqlite`; give it a `timeout` when several processes share the file. */
  readonly database: DatabaseSync
  /** @defaultValue `'webhook_events'` */
  readonly table?: string
}

/**
 * Remembers events in a SQLite file, for the processes of one machine. Makes its table when it is not there.
 *
 * @throws {WebhookError} WEBHOOK_OPTION_INVALID
 */
export function sqliteIdempotency ({ database, table = 'webhook_events' }: SqliteIdempotencyOptions): IdempotencyStore {
  const sql = createStatements(table, '')
  database.exec(`${sql.createTable}; ${sql.createIndex}`)
  const prepared = new Map<string, StatementSync>()
  const run: RunSql = async (statement, values) => {
    let ready = prepared.get(statement)
    // SQLite writes numbered values ?1, and reads $1 as a name.
    if (!ready) prepared.set(statement, ready = database.prepare(statement.replaceAll(/\$(\d)/g, '?$1')))
    return ready.all(...values)
  }
  return sqlIdempotency(run, sql, plainSession(run))
}
