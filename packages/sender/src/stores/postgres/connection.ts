import type { Pool, PoolClient, PoolConfig } from 'pg'
import type { Db } from 'pg-boss'

/** What runs a statement: the pool, one transaction of it, or a transaction of the caller's. */
export interface Executor {
  rows<Row extends object> (text: string, values?: readonly unknown[]): Promise<Row[]>
  /** The same for pg-boss, which takes it as its `db` option. */
  readonly boss: Db
}

/** What PostgreSQL asks to be tried again: a deadlock that it broke, a serialization failure. */
const TRY_AGAIN = new Set(['40P01', '40001'])
const TRIES = 4

/** One pool for our tables and for pg-boss, so that both can share a transaction. */
export class PostgresConnection implements Executor {
  readonly #pool: Pool
  readonly boss: Db & { setSessionStatements (statements: string[]): Promise<void> }

  /** @param firstStatements - run on every new connection before it is used; what a test's clock needs */
  constructor (createPool: (config: PoolConfig) => Pool, firstStatements: readonly string[] = []) {
    const pool = createPool({
      onConnect: async client => {
        for (const statement of firstStatements) await client.query(statement)
      }
    })
    this.#pool = pool
    this.boss = {
      executeSql: async (text, values) => await pool.query(text, values),
      // pg-boss asks for this with a test's clock only, too late for the connections that exist by then.
      setSessionStatements: async () => {}
    }
  }

  async rows<Row extends object> (text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#pool.query<Row>(text, [...values])).rows
  }

  /** Commits when `work` resolves, else rolls back. Work that the database broke off to free another's is done again. */
  async transaction<Value> (work: (executor: Executor) => Promise<Value>): Promise<Value> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#tryTransaction(work)
      } catch (error) {
        const mayTryAgain = error instanceof Error && 'code' in error && TRY_AGAIN.has(String(error.code))
        if (!mayTryAgain || tries === TRIES) throw error
      }
    }
  }

  async #tryTransaction<Value> (work: (executor: Executor) => Promise<Value>): Promise<Value> {
    const client = await this.#pool.connect()
    let broken: Error | undefined
    // A connection that breaks between two statements says so by an event, which unheard would end the process.
    const hear = (error: Error): void => { broken = error }
    client.on('error', hear)
    try {
      await client.query('BEGIN')
      const value = await work(executorOf(client))
      await client.query('COMMIT')
      return value
    } catch (error) {
      await client.query('ROLLBACK').catch(failure => { broken ??= failure as Error })
      throw error
    } finally {
      client.off('error', hear)
      client.release(broken)
    }
  }

  async close (): Promise<void> {
    await this.#pool.end()
  }
}

function executorOf (client: Pick<PoolClient, 'query'>): Executor {
  return {
    rows: async (text, values = []) => (await client.query(text, [...values])).rows,
    boss: { executeSql: async (text, values) => await client.query(text, values) }
  }
}

/** The caller's transaction as an executor: a `pg` client, or what pg-boss takes as `db` (its adapters make one of Knex, Kysely, Drizzle, Prisma). Anything else is `undefined`. */
export function executorOfCaller (transaction: unknown): Executor | undefined {
  if (typeof transaction !== 'object' || transaction === null) return undefined
  if ('executeSql' in transaction && typeof transaction.executeSql === 'function') {
    const boss = transaction as Db
    return { boss, rows: async (text, values = []) => (await boss.executeSql(text, [...values])).rows }
  }
  if ('query' in transaction && typeof transaction.query === 'function') return executorOf(transaction as PoolClient)
  return undefined
}
