import { takeTokens } from '../../rate.ts'
import type { Claim, ClaimRequest } from '../delivery-store.ts'
import type { Executor } from './connection.ts'
import type { DueQueue } from './due-queue.ts'
import { leasePending } from './lease.ts'
import { IN_FLIGHT, IS_RETRY, PENDING, SCHEMA } from './schema.ts'

/** How long to let be what is due, but not to be had: another node is taking it, or the database's clock is behind ours. */
const ELSEWHERE_MS = 25
/** Other nodes tell when they store something; should that word be lost, nothing waits longer than this. */
const ASK_AGAIN_MS = 10_000

interface EndpointRow {
  seq: string
  rateFullAt: number
}

/** Leases what is due for one endpoint. Runs in a transaction of its own. */
export async function claimDue (executor: Executor, queue: DueQueue, request: ClaimRequest, node: number): Promise<Claim> {
  const endpoint = await readEndpoint(executor, request)
  if (!endpoint) return { deliveries: [], nextFirstAttemptAtMs: request.nowMs + ASK_AGAIN_MS, nextRetryAtMs: request.nowMs + ASK_AGAIN_MS }
  const wanted = request.isOrdered ? 1 : request.firstAttempts + request.retries
  const { granted, nextAtMs } = request.rate
    ? takeTokens(request.rate, endpoint.rateFullAt, request.nowMs, wanted)
    : { granted: wanted, nextAtMs: 0 }
  const deliveryIds = request.isOrdered
    ? await takeOldest(executor, queue, request, endpoint, granted)
    : await queue.take(executor, request.endpointId, { ...share(request, granted), nowMs: request.nowMs })
  const deliveries = await leasePending(executor, deliveryIds, request, node)
  if (request.rate) await spend(executor, request, endpoint, deliveries.length)
  const next = await nextDue(executor, endpoint, request)
  const isElsewhere = deliveries.length < granted
  const askAgainAt = (dueAtMs: number | null | undefined): number => {
    const soonestMs = Math.min(dueAtMs ?? Infinity, request.nowMs + ASK_AGAIN_MS)
    const hereAtMs = isElsewhere && soonestMs <= request.nowMs ? request.nowMs + ELSEWHERE_MS : soonestMs
    return granted < wanted ? Math.max(hereAtMs, nextAtMs) : hereAtMs
  }
  return { deliveries, nextFirstAttemptAtMs: askAgainAt(next.first), nextRetryAtMs: askAgainAt(next.retry) }
}

/** Nodes take turns at an endpoint whose pace or order they share. */
async function readEndpoint (executor: Executor, { endpointId, rate, isOrdered }: ClaimRequest): Promise<EndpointRow | undefined> {
  const lock = rate || isOrdered ? 'FOR NO KEY UPDATE' : ''
  const [row] = await executor.rows<EndpointRow>(
    `SELECT seq::text, rate_full_at AS "rateFullAt" FROM ${SCHEMA}.endpoints WHERE id = $1 AND record IS NOT NULL ${lock}`, [endpointId])
  return row
}

function share ({ firstAttempts, retries }: ClaimRequest, granted: number): { firstAttempts: number, retries: number } {
  const first = Math.min(firstAttempts, granted)
  return { firstAttempts: first, retries: Math.min(retries, granted - first) }
}

async function takeOldest (executor: Executor, queue: DueQueue, request: ClaimRequest, endpoint: EndpointRow, granted: number): Promise<string[]> {
  if (granted === 0) return []
  const oldest = await oldestUnfinished(executor, endpoint)
  if (!oldest || oldest.state !== PENDING || oldest.dueAtMs > request.nowMs) return []
  await queue.remove(executor, request.endpointId, [oldest.id])
  return [oldest.id]
}

async function oldestUnfinished (executor: Executor, { seq }: EndpointRow): Promise<{ id: string, state: number, dueAtMs: number } | undefined> {
  const [row] = await executor.rows<{ id: string, state: number, dueAtMs: number }>(`
    SELECT seq::text AS id, state, due_at::float8 AS "dueAtMs" FROM ${SCHEMA}.deliveries
    WHERE endpoint_seq = $1 AND state <= ${IN_FLIGHT} ORDER BY seq LIMIT 1`, [seq])
  return row
}

async function spend (executor: Executor, { rate, nowMs, endpointId }: ClaimRequest, endpoint: EndpointRow, spent: number): Promise<void> {
  if (!rate || spent === 0) return
  const { fullAtMs } = takeTokens(rate, endpoint.rateFullAt, nowMs, spent)
  await executor.rows(`UPDATE ${SCHEMA}.endpoints SET rate_full_at = $2 WHERE id = $1`, [endpointId, fullAtMs])
}

interface NextDue {
  first: number | null | undefined
  retry: number | null | undefined
}

async function nextDue (executor: Executor, endpoint: EndpointRow, { isOrdered }: ClaimRequest): Promise<NextDue> {
  if (isOrdered) {
    const oldest = await oldestUnfinished(executor, endpoint)
    const dueAtMs = oldest?.state === PENDING ? oldest.dueAtMs : undefined
    return { first: dueAtMs, retry: dueAtMs }
  }
  const earliest = (isRetry: 0 | 1): string => `(SELECT min(due_at)::float8 FROM ${SCHEMA}.deliveries WHERE endpoint_seq = $1 AND ${IS_RETRY} = ${isRetry} AND state = ${PENDING})`
  const [next] = await executor.rows<NextDue>(`SELECT ${earliest(0)} AS first, ${earliest(1)} AS retry`, [endpoint.seq])
  return next ?? { first: undefined, retry: undefined }
}
