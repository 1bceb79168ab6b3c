import { randomUUID } from 'node:crypto'
import { WebhookError } from '../errors.ts'
import type { Claim, ClaimRequest, ClaimResult, IdempotencyStore } from './store.ts'

/** A row as either database gives it. */
export interface Row { readonly [column: string]: unknown }

/** Runs one statement with values for `$1`, `$2`, … */
export type RunSql = (statement: string, values: ReadonlyArray<string | number | null>) => Promise<readonly Row[]>

/** The statements of one table, in the dialect that SQLite and PostgreSQL share. */
export type Statements = ReturnType<typeof createStatements>

/**
 * States: `claimed` until its lease runs out; `waiting` after a failure; `done` until it may be forgotten; `dead` when a kept event has
 * failed too often. `until_ms` is the moment from which a row may be claimed anew.
 */
export function createStatements (table: string, lock: '' | 'FOR UPDATE SKIP LOCKED') {
  if (!/^[a-z_][a-z0-9_.]{0,62}$/.test(table)) {
    throw new WebhookError('WEBHOOK_OPTION_INVALID', `table must be a lower-case name, got ${JSON.stringify(table)}`)
  }
  return {
    createTable: `CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, state TEXT NOT NULL, until_ms BIGINT NOT NULL, ` +
      'attempt INTEGER NOT NULL, token TEXT NOT NULL, message TEXT)',
    createIndex: `CREATE INDEX IF NOT EXISTS ${table.replaceAll('.', '_')}_until ON ${table} (until_ms)`,
    claim: `INSERT INTO ${table} AS old (key, state, until_ms, attempt, token, message) VALUES ($1, 'claimed', $2, 1, $3, $4) ` +
      "ON CONFLICT (key) DO UPDATE SET state = 'claimed', until_ms = excluded.until_ms, token = excluded.token, message = excluded.message, " +
      "attempt = CASE old.state WHEN 'done' THEN 1 ELSE old.attempt + 1 END WHERE old.until_ms <= $5 AND old.message IS NULL RETURNING attempt",
    look: `SELECT state, until_ms, message IS NOT NULL AS kept FROM ${table} WHERE key = $1`,
    commit: `UPDATE ${table} SET state = 'done', until_ms = $1, message = NULL WHERE key = $2 AND token = $3 AND state = 'claimed' RETURNING key`,
    release: `UPDATE ${table} SET state = $1, until_ms = $2 WHERE key = $3 AND token = $4 AND state = 'claimed'`,
    takeDue: `UPDATE ${table} SET state = 'claimed', until_ms = $1, token = $2, attempt = attempt + 1 WHERE key = (SELECT key FROM ${table} ` +
      "WHERE until_ms <= $3 AND message IS NOT NULL AND state <> 'dead' ORDER BY until_ms LIMIT 1 " + lock + ') RETURNING key, attempt, message',
    // Two at every commit is more than comes in, so the table shrinks, and nobody waits for a great sweep.
    forget: `DELETE FROM ${table} WHERE key IN (SELECT key FROM ${table} WHERE message IS NULL AND ` +
      "until_ms <= CASE state WHEN 'done' THEN CAST($1 AS BIGINT) ELSE CAST($2 AS BIGINT) END ORDER BY until_ms LIMIT 2 " + lock + ')'
  }
}

/** Where a handler's own writes go: into a transaction that ends with the claim, or nowhere in particular. */
export interface Session<Transaction> {
  readonly transaction: Transaction
  readonly run: RunSql
  readonly commit: () => Promise<void>
  readonly rollback: () => Promise<void>
}

/** A session without a transaction. */
export function plainSession (run: RunSql): () => Promise<Session<undefined>> {
  const nothing = async () => {}
  return async () => ({ transaction: undefined, run, commit: nothing, rollback: nothing })
}

/**
 * A store on one table. A claim is a lease with a token: whoever commits must still hold it, so of two that believe they do only one
 * succeeds, and in a session with a transaction the other's writes are rolled back.
 */
export function sqlIdempotency<Transaction> (
  run: RunSql, sql: Statements, open: () => Promise<Session<Transaction>>
): IdempotencyStore<Transaction> {
  type Times = Pick<ClaimRequest, 'nowMs' | 'retainMs'>

  async function openClaim (row: Row, token: string, { nowMs, retainMs }: Times, kept: boolean): Promise<Claim<Transaction>> {
    const key = String(row.key)
    const giveBack = (retryAtMs?: number) =>
      run(sql.release, [kept && retryAtMs === undefined ? 'dead' : 'waiting', retryAtMs ?? nowMs, key, token])
    const session = await open().catch(async (error: unknown) => {
      await giveBack(nowMs)
      throw error
    })
    return {
      state: 'claimed',
      key,
      attempt: Number(row.attempt),
      transaction: session.transaction,
      async commit (doneAtMs) {
        const [done] = await session.run(sql.commit, [doneAtMs + retainMs, key, token])
        if (!done) {
          await session.rollback()
          return false
        }
        await session.commit()
        // What is done is done: that the old rows stay a while longer must not look like a failure.
        await run(sql.forget, [doneAtMs, doneAtMs - retainMs]).catch(() => {})
        return true
      },
      async release (retryAtMs) {
        await session.rollback()
        await giveBack(retryAtMs)
      }
    }
  }

  return {
    durable: true,
    async claim (request) {
      const { key, nowMs, leaseMs, message } = request
      const token = randomUUID()
      const [claimed] = await run(sql.claim, [key, nowMs + leaseMs, token, message ?? null, nowMs])
      if (claimed) return await openClaim({ ...claimed, key }, token, request, message !== undefined)
      return describeRow((await run(sql.look, [key]))[0], nowMs)
    },
    async takeDue (request) {
      const token = randomUUID()
      const [row] = await run(sql.takeDue, [request.nowMs + request.leaseMs, token, request.nowMs])
      return row && { ...await openClaim(row, token, request, true), message: String(row.message) }
    }
  }
}

/** What a row that could not be claimed says. A row that went away in between may be claimed by the next delivery. */
function describeRow (row: Row | undefined, nowMs: number): Exclude<ClaimResult, Claim> {
  if (row?.state === 'done') return { state: 'done' }
  if (row?.kept) return { state: 'kept' }
  return { state: 'busy', retryAfterMs: Math.max(0, Number(row?.until_ms ?? nowMs) - nowMs) }
}
