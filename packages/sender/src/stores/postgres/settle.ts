import { DELIVERY_STATES, type Settlement } from '../delivery-store.ts'
import type { Executor } from './connection.ts'
import type { DueQueue } from './due-queue.ts'
import { IN_FLIGHT, PENDING, SCHEMA } from './schema.ts'

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

async function moveOn (executor: Executor, settlements: readonly Settlement[]): Promise<MovedRow[]> {
  return await executor.rows<MovedRow>(`
    WITH given AS (
      SELECT * FROM json_to_recordset($1::text::json) AS g (id bigint, fence int, attempt smallint, run smallint, state smallint, "attemptsMade" smallint,
        runs smallint, "dueAtMs" bigint, "endedAtMs" bigint, outcome text, status smallint, error text, location text, "remoteAddress" text, timings json, "responseBody" text)
    ), moved AS (
      UPDATE ${SCHEMA}.deliveries d SET state = g.state, attempts_made = g."attemptsMade", runs = g.runs, due_at = g."dueAtMs", lease_until = NULL, node = NULL
      FROM given g WHERE d.seq = g.id AND d.state = ${IN_FLIGHT} AND d.fence = g.fence
      RETURNING d.seq, d.endpoint_seq, d.state, d.attempts_made, d.due_at, g.attempt, g.run
    ), closed AS (
      UPDATE ${SCHEMA}.attempts a SET ended_at = g."endedAtMs", outcome = g.outcome, status = g.status, error = g.error, location = g.location,
        remote_address = g."remoteAddress", timings = g.timings, response_body = decode(g."responseBody", 'base64')
      FROM given g JOIN moved m ON m.seq = g.id WHERE a.delivery_seq = m.seq AND a.number = m.attempt AND a.run = m.run
    )
    SELECT m.seq::text AS id, p.id AS "endpointId", m.state, m.attempts_made > 0 AS "isRetry", m.due_at::float8 AS "dueAtMs"
    FROM moved m JOIN ${SCHEMA}.endpoints p ON p.seq = m.endpoint_seq`,
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
