import { DELIVERY_ORIGINS, type InterruptedDelivery, type Lease, type LeasedDelivery } from '../delivery-store.ts'
import type { Executor } from './connection.ts'
import { IN_FLIGHT, PENDING, SCHEMA } from './schema.ts'

/** Times come as `float8`: the driver hands `bigint` out as text. */
const COLUMNS = `l.seq::text AS id, p.id AS "endpointId", e.id AS "eventId", e.action, l.origin, l.fence, l.attempts_made + 1 AS attempt,
  l.runs AS run, l.due_at::float8 AS "dueAtMs", l.first_attempt_at::float8 AS "firstAttemptAtMs"`
const JOINS = `JOIN ${SCHEMA}.events e ON e.seq = l.event_seq JOIN ${SCHEMA}.endpoints p ON p.seq = l.endpoint_seq`

type LeasedRow = Omit<LeasedDelivery, 'origin'> & { origin: number }

/** Leases these pending deliveries and opens an attempt for each, in one statement. */
export async function leasePending (executor: Executor, deliveryIds: readonly string[], lease: Lease, node: number): Promise<LeasedDelivery[]> {
  if (deliveryIds.length === 0) return []
  const rows = await executor.rows<LeasedRow>(`
    WITH leased AS (
      UPDATE ${SCHEMA}.deliveries SET state = ${IN_FLIGHT}, fence = fence + 1, lease_until = $2, node = $4, first_attempt_at = coalesce(first_attempt_at, $3)
      WHERE seq = ANY ($1::bigint[]) AND state = ${PENDING} RETURNING *
    ), started AS (
      INSERT INTO ${SCHEMA}.attempts (delivery_seq, number, run, started_at) SELECT seq, attempts_made + 1, runs, $3 FROM leased
    )
    SELECT ${COLUMNS}, $3::float8 AS "startedAtMs", e.body FROM leased l ${JOINS} ORDER BY l.attempts_made > 0, l.due_at, l.seq`,
  [deliveryIds, lease.untilMs, lease.nowMs, node])
  return rows.map(withOrigin)
}

/** Leases deliveries anew whose lease has ended, or whose node is gone. */
export async function leaseInterrupted (executor: Executor, lease: Lease, limit: number, node: number, goneNodes: readonly number[]): Promise<InterruptedDelivery[]> {
  const rows = await executor.rows<Omit<LeasedRow, 'body'>>(`
    WITH ended AS (
      SELECT seq FROM ${SCHEMA}.deliveries WHERE state = ${IN_FLIGHT} AND (lease_until <= $1 OR node = ANY ($5::int[]))
      ORDER BY seq LIMIT $3 FOR UPDATE SKIP LOCKED
    ), leased AS (
      UPDATE ${SCHEMA}.deliveries d SET fence = fence + 1, lease_until = $2, node = $4 FROM ended WHERE d.seq = ended.seq RETURNING d.*
    )
    SELECT ${COLUMNS}, a.started_at::float8 AS "startedAtMs" FROM leased l ${JOINS}
    JOIN ${SCHEMA}.attempts a ON a.delivery_seq = l.seq AND a.number = l.attempts_made + 1 AND a.run = l.runs ORDER BY l.seq`,
  [lease.nowMs, lease.untilMs, limit, node, goneNodes])
  return rows.map(withOrigin)
}

function withOrigin<Row extends { origin: number }> (row: Row): Omit<Row, 'origin'> & Pick<LeasedDelivery, 'origin'> {
  return { ...row, origin: DELIVERY_ORIGINS[row.origin] ?? 'event' }
}
