import { createStatements, plainSession, sqlIdempotency, type Row, type RunSql, type Session, type Statements } from './sql.ts'
import type { IdempotencyStore } from './store.ts'

/** The part of a `pg` client that is used. */
export interface PostgresClient {
  query (statement: string, values?: unknown[]): Promise<{ rows: Row[] }>
  release (destroy?: boolean): void
  on (event: 'error', listener: () => void): unknown
  off (event: 'error', listener: () => void): unknown
}

/** The part of a `pg.Pool` that is used. */
export interface PostgresPool<Client extends PostgresClient = PostgresClient> {
  query (statement: string, values?: unknown[]): Promise<{ rows: Row[] }>
  connect (): Promise<Client>
}

/** What `postgresIdempotency` may be told. */
export interface PostgresIdempotencyOptions<Client extends PostgresClient> {
  /** A `pg.Pool`. Listen for its `error` event, as `pg` asks. */
  readonly pool: PostgresPool<Client>
  /** @defaultValue `'webhook_events'` */
  readonly table?: string
  /**
   * Runs each handler in a transaction of its own, given as `context.transaction`: what is written through it is committed together
   * with the claim, or not at all. Holds one connection of the pool for each running handler.
   *
   * @defaultValue false
   */
  readonly transactional?: boolean
}

/**
 * Remembers events in PostgreSQL, for any number of processes. Makes its table when it is not there. Name the client's type to
 * have it in `context.transaction`: `postgresIdempotency<PoolClient>({ pool, transactional: true })`.
 *
 * @throws {WebhookError} WEBHOOK_OPTION_INVALID
 */
export function postgresIdempotency<Client extends PostgresClient> (
  options: PostgresIdempotencyOptions<Client> & { readonly transactional: true }
): IdempotencyStore<Client>
export function postgresIdempotency<Client extends PostgresClient> (
  options: PostgresIdempotencyOptions<Client> & { readonly transactional?: false }
): IdempotencyStore
export function postgresIdempotency<Client extends PostgresClient> (
  { pool, table = 'webhook_events', transactional = false }: PostgresIdempotencyOptions<Client>
): IdempotencyStore | IdempotencyStore<Client> {
  const sql = createStatements(table, 'FOR UPDATE SKIP LOCKED')
  const ready = onceUntilItWorks(() => createTable(pool, sql))
  const run: RunSql = async (statement, values) => {
    await ready()
    return (await pool.query(statement, [...values])).rows
  }
  return transactional ? sqlIdempotency(run, sql, () => begin(pool)) : sqlIdempotency(run, sql, plainSession(run))
}

async function begin<Client extends PostgresClient> (pool: PostgresPool<Client>): Promise<Session<Client>> {
  const client = await pool.connect()
  // Without a listener a connection that breaks while it is lent out ends the process.
  const ignore = () => {}
  client.on('error', ignore)
  let isLent = true

  function giveBack (destroy: boolean): void {
    isLent = false
    // One that is thrown away may still complain while it closes.
    if (!destroy) client.off('error', ignore)
    client.release(destroy)
  }

  // A connection whose transaction did not end in order must not be handed to anyone else.
  async function run (statement: string, values?: ReadonlyArray<string | number | null>): Promise<readonly Row[]> {
    try {
      return (await client.query(statement, values && [...values])).rows
    } catch (error) {
      if (isLent) giveBack(true)
      throw error
    }
  }

  async function end (statement: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    if (!isLent) return
    await run(statement)
    giveBack(false)
  }

  await run('BEGIN')
  return { transaction: client, run, commit: () => end('COMMIT'), rollback: () => end('ROLLBACK') }
}

// Two processes that make the same table at once can fail at each other; the lock lets one wait. One text is one transaction.
async function createTable (pool: PostgresPool, sql: Statements): Promise<void> {
  await pool.query(`SELECT pg_advisory_xact_lock(7201975); ${sql.createTable}; ${sql.createIndex}`)
}

function onceUntilItWorks (work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work().catch((error: unknown) => {
      running = undefined
      throw error
    })
    return running
  }
}
