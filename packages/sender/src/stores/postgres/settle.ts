import { DELIVERY_STATES, type Settlement } from '../delivery-store.ts'
import type { Executor } from './connection.ts'
import type { DueQueue } from './due-queue.ts'
import { CANCELLED, IN_FLIGHT, PENDING, SCHEMA } from './schema.ts'

interface MovedRow {
  id: string
  endpointId: string
  state: number
  isRetry: boolean
  dueAtMs: number
}

/** Closes attempts and moves their deliveries on. @returns for each whether its lease was still the caller's */
export async function settleAll (executor: Executor, queue: DueQueue, settlements: readonly Settlement[]): Promise<boolean[]> {
  const moved = await moveOn(executor, settlements)
  const waiting = moved.filter(row => row.state === PENDING)
  for (const [endpointId, rows] of Map.groupBy(waiting, row => row.endpointId)) {
    await queue.put(executor, endpointId, rows.map(({ id, isRetry, dueAtMs }) => ({ deliveryId: id, isRetry, dueAtMs })))
  }
  const movedIds = new Set(moved.map(({ id }) => id))
  return settlements.map(({ deliveryId }) => movedIds.delete(deliveryId))
}

/** What would wait again for an endpoint that was removed meanwhile is cancelled. */
async function moveOn (executor: Executor, settlements: readonly Settlement[]): Promise<MovedRow[]> {
  return await executor.rows<MovedRow>(`
    WITH given AS (
      SELECT * FROM json_to_recordset($1::text::json) AS g (id bigint, fence int, attempt smallint, run smallint, state smallint, "attemptsMade" smallint,
        runs smallint, "dueAtMs" bigint, "endedAtMs" bigint, outcome text, status smallint, error text, location text, "remoteAddress" text, timings json, "responseBody" text)
    ), held AS (
      SELECT d.seq, p.id AS endpoint_id, p.record IS NULL AS is_orphan FROM ${SCHEMA}.deliveries d JOIN given g ON g.id = d.seq
      JOIN ${SCHEMA}.endpoints p ON p.seq = d.endpoint_seq ORDER BY d.seq FOR UPDATE OF d FOR KEY SHARE OF p
    ), moved AS (
      UPDATE ${SCHEMA}.deliveries d SET state = CASE WHEN g.state = ${PENDING} AND h.is_orphan THEN ${CANCELLED} ELSE g.state END,
        attempts_made = g."attemptsMade", runs = g.runs, due_at = CASE WHEN h.is_orphan THEN NULL ELSE g."dueAtMs" END, lease_until = NULL, node = NULL
      FROM given g JOIN held h ON h.seq = g.id
      WHERE d.seq = g.id AND d.state = ${IN_FLIGHT} AND d.fence = g.fence
      RETURNING d.seq, h.endpoint_id, d.state, d.attempts_made, d.due_at, g.attempt, g.run
    ), closed AS (
      UPDATE ${SCHEMA}.attempts a SET ended_at = g."endedAtMs", outcome = g.outcome, status = g.status, error = g.error, location = g.location,
        remote_address = g."remoteAddress", timings = g.timings, response_body = decode(g."responseBody", 'base64')
      FROM given g JOIN moved m ON m.seq = g.id WHERE a.delivery_seq = m.seq AND a.number = m.attempt AND a.run = m.run
    )
    SELECT seq::text AS id, endpoint_id AS "endpointId", state, attempts_made > 0 AS "isRetry", due_at::float8 AS "dueAtMs" FROM moved`,
  [JSON.stringify(settlements.map(asRow))])
}

function asRow ({ deliveryId, fence, attempt, run, closed, next }: Settlement): object {
  const isRepeat = next.state === 'pending' && next.isRepeat === true
  return {
    id: deliveryId,
    fence,
    attempt,
    run,
    state: DELIVERY_STATES.indexOf(next.state),
    attemptsMade: isRepeat ? attempt - 1 : attempt,
    runs: isRepeat ? run + 1 : 0,
    dueAtMs: next.state === 'pending' ? Math.ceil(next.dueAtMs) : undefined,
    ...closed,
    endedAtMs: Math.round(closed.endedAtMs),
    responseBody: closed.responseBody && Buffer.from(closed.responseBody).toString('base64')
  }
}
