import { DELIVERY_ORIGINS, type RecoverRequest, type ResendRequest } from '../delivery-store.ts'
import type { Executor } from './connection.ts'
import type { DueQueue } from './due-queue.ts'
import { tell } from './news.ts'
import { CANCELLED, EXHAUSTED, IN_FLIGHT, PENDING, SCHEMA } from './schema.ts'

const RESEND = DELIVERY_ORIGINS.indexOf('resend')
const RECOVER = DELIVERY_ORIGINS.indexOf('recover')
const PING = DELIVERY_ORIGINS.indexOf('ping')

/** A new series for the event of an existing delivery. Runs in a transaction of its own. */
export async function resend (executor: Executor, queue: DueQueue, { deliveryId, nowMs }: ResendRequest, node: number): Promise<string | undefined> {
  const [endpoint] = await executor.rows<{ id: string }>(`
    SELECT p.id FROM ${SCHEMA}.deliveries d JOIN ${SCHEMA}.endpoints p ON p.seq = d.endpoint_seq
    WHERE d.seq = $1 AND p.record IS NOT NULL FOR NO KEY UPDATE OF p`, [deliveryId])
  if (!endpoint) return undefined
  const [made] = await executor.rows<{ id: string }>(`
    INSERT INTO ${SCHEMA}.deliveries (event_seq, endpoint_seq, series, origin, state, created_at, due_at)
    SELECT event_seq, endpoint_seq,
      (SELECT max(s.series) + 1 FROM ${SCHEMA}.deliveries s WHERE s.event_seq = d.event_seq AND s.endpoint_seq = d.endpoint_seq), ${RESEND}, ${PENDING}, $2, $2
    FROM ${SCHEMA}.deliveries d WHERE seq = $1 RETURNING seq::text AS id`, [deliveryId, nowMs])
  if (!made) return undefined
  await queue.put(executor, endpoint.id, [{ deliveryId: made.id, isRetry: false, dueAtMs: nowMs }])
  await tell(executor, node, [endpoint.id])
  return made.id
}

/** Serialized by the endpoint's row: two recoveries at once make each missing series once. Runs in a transaction of its own. */
export async function recover (executor: Executor, queue: DueQueue, request: RecoverRequest, node: number): Promise<number> {
  const { endpointId, actions, sinceMs, nowMs, spacingMs } = request
  const [endpoint] = await executor.rows<{ seq: string }>(
    `SELECT seq::text FROM ${SCHEMA}.endpoints WHERE id = $1 AND record IS NOT NULL FOR NO KEY UPDATE`, [endpointId])
  if (!endpoint) return 0
  const made = await executor.rows<{ deliveryId: string, dueAtMs: number }>(`
    WITH missing AS (
      SELECT e.seq, coalesce(max(d.series) + 1, 0) AS series, row_number() OVER (ORDER BY e.seq) - 1 AS place
      FROM ${SCHEMA}.events e LEFT JOIN ${SCHEMA}.deliveries d ON d.event_seq = e.seq AND d.endpoint_seq = $1
      WHERE e.created_at >= $2
      GROUP BY e.seq
      HAVING (e.action = ANY ($3::text[]) OR count(d.seq) > 0) AND bool_and(d.seq IS NULL OR d.state IN (${EXHAUSTED}, ${CANCELLED}) AND d.origin <> ${PING})
    )
    INSERT INTO ${SCHEMA}.deliveries (event_seq, endpoint_seq, series, origin, state, created_at, due_at)
    SELECT seq, $1, series, ${RECOVER}, ${PENDING}, $4, $4 + round(place * $5::float8)::bigint FROM missing ORDER BY seq
    RETURNING seq::text AS "deliveryId", due_at::float8 AS "dueAtMs"`, [endpoint.seq, sinceMs, actions, nowMs, spacingMs])
  await queue.put(executor, endpointId, made.map(job => ({ ...job, isRetry: false })))
  await tell(executor, node, [endpointId])
  return made.length
}

/** Takes what waits out of the queue; what is under way will find itself cancelled when it is settled. Runs in the transaction of the removal. */
export async function cancelUnfinished (executor: Executor, queue: DueQueue, endpointId: string): Promise<void> {
  const unfinished = await executor.rows<{ id: string, state: number }>(`
    SELECT d.seq::text AS id, d.state FROM ${SCHEMA}.deliveries d JOIN ${SCHEMA}.endpoints p ON p.seq = d.endpoint_seq
    WHERE p.id = $1 AND d.state <= ${IN_FLIGHT} ORDER BY d.seq`, [endpointId])
  const waiting = unfinished.filter(({ state }) => state === PENDING).map(({ id }) => id)
  if (waiting.length > 0) await queue.remove(executor, endpointId, waiting)
  await executor.rows(`
    UPDATE ${SCHEMA}.deliveries d SET state = ${CANCELLED}, due_at = NULL, lease_until = NULL, node = NULL
    FROM ${SCHEMA}.endpoints p WHERE p.id = $1 AND d.endpoint_seq = p.seq AND d.state <= ${IN_FLIGHT}`, [endpointId])
}

/** Runs in a transaction of its own. */
export async function erase (executor: Executor, queue: DueQueue, eventId: string): Promise<boolean> {
  const [event] = await executor.rows<{ seq: string }>(`SELECT seq::text FROM ${SCHEMA}.events WHERE id = $1 FOR UPDATE`, [eventId])
  if (!event) return false
  const pending = await executor.rows<{ id: string, endpointId: string }>(`
    SELECT d.seq::text AS id, p.id AS "endpointId" FROM ${SCHEMA}.deliveries d JOIN ${SCHEMA}.endpoints p ON p.seq = d.endpoint_seq
    WHERE d.event_seq = $1 AND d.state = ${PENDING} AND p.record IS NOT NULL`, [event.seq])
  for (const [endpointId, rows] of Map.groupBy(pending, row => row.endpointId)) await queue.remove(executor, endpointId, rows.map(({ id }) => id))
  await forget(executor, [event.seq])
  return true
}

/** Runs in a transaction of its own; several nodes may prune at once. */
export async function prune (executor: Executor, beforeMs: number, limit: number): Promise<number> {
  const old = await executor.rows<{ seq: string }>(`
    SELECT seq::text FROM ${SCHEMA}.events e WHERE created_at < $1
    AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.deliveries d WHERE d.event_seq = e.seq AND d.state <= ${IN_FLIGHT})
    ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED`, [beforeMs, limit])
  if (old.length > 0) await forget(executor, old.map(({ seq }) => seq))
  return old.length
}

async function forget (executor: Executor, eventSeqs: readonly string[]): Promise<void> {
  await executor.rows(`
    WITH gone AS (DELETE FROM ${SCHEMA}.events WHERE seq = ANY ($1::bigint[])),
    deliveries AS (DELETE FROM ${SCHEMA}.deliveries WHERE event_seq = ANY ($1::bigint[]) RETURNING seq)
    DELETE FROM ${SCHEMA}.attempts a USING deliveries d WHERE a.delivery_seq = d.seq`, [eventSeqs])
}
