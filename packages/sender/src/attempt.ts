import { signHeaders } from '@contactsheet/webhooks'
import { keyringAt, type ActiveEndpoint } from './active-endpoint.ts'
import type { EndpointRegistry } from './endpoints.ts'
import { judge, type SuccessRule, type Verdict } from './outcome.ts'
import { nextAttemptAt, type Schedule } from './schedule.ts'
import type { ClosedAttempt, InterruptedDelivery, LeasedDelivery, NextStep } from './stores/delivery-store.ts'
import type { Transport, TransportAnswer } from './transport/transport.ts'

/** How often an attempt that a crash cut off is made again under the same number. */
const MOST_REPEATS = 2

/** How an attempt ended, what follows, and what it says about its endpoint. */
export interface AttemptResult {
  closed: ClosedAttempt
  next: NextStep
  isEndpointTrouble: boolean
}

export interface AttemptOptions {
  endpoints: EndpointRegistry
  transport: Transport
  schedule: Schedule
  success: SuccessRule
  timeoutMs: number
  connectTimeoutMs: number
  userAgent: string
  now: () => number
}

/** Makes one attempt: signed with this moment's timestamp and keys, judged by the answer. Never rejects. */
export async function makeAttempt (options: AttemptOptions, delivery: LeasedDelivery): Promise<AttemptResult> {
  const answer = await post(options, delivery)
  const nowMs = options.now()
  const verdict = judge(answer, options.success, nowMs)
  const closed: ClosedAttempt = {
    endedAtMs: nowMs,
    outcome: verdict.outcome,
    status: answer.status,
    error: answer.error ?? (isRedirect(answer.status) ? 'redirect' : undefined),
    location: isRedirect(answer.status) ? answer.location?.slice(0, 2_000) : undefined,
    remoteAddress: answer.remoteAddress,
    timings: answer.timings,
    responseBody: answer.body
  }
  return { closed, next: nextStep(options.schedule, delivery, verdict, nowMs), isEndpointTrouble: verdict.isEndpointTrouble }
}

/** What follows for an attempt that a crash cut off: the same number again at once, at most twice, then the next slot. */
export function afterInterruption (schedule: Schedule, delivery: InterruptedDelivery, nowMs: number): NextStep {
  if (delivery.origin === 'ping') return { state: 'exhausted' }
  if (delivery.run < MOST_REPEATS) return { state: 'pending', dueAtMs: nowMs, isRepeat: true }
  return nextStep(schedule, delivery, { outcome: 'failed', isEndpointTrouble: false }, nowMs)
}

function nextStep (schedule: Schedule, delivery: InterruptedDelivery, verdict: Verdict, nowMs: number): NextStep {
  if (verdict.outcome === 'delivered') return { state: 'delivered' }
  if (delivery.origin === 'ping') return { state: 'exhausted' }
  const { firstAttemptAtMs, attempt: attemptsMade } = delivery
  const dueAtMs = nextAttemptAt(schedule, { firstAttemptAtMs, attemptsMade, nowMs, notBeforeMs: verdict.notBeforeMs })
  return dueAtMs === undefined ? { state: 'exhausted' } : { state: 'pending', dueAtMs }
}

async function post (options: AttemptOptions, delivery: LeasedDelivery): Promise<TransportAnswer> {
  try {
    const endpoint = options.endpoints.find(delivery.endpointId)
    return await options.transport.post({
      url: endpoint.url,
      headers: headersOf(options, endpoint, delivery),
      body: delivery.body,
      timeoutMs: endpoint.record.timeoutMs ?? options.timeoutMs,
      connectTimeoutMs: options.connectTimeoutMs,
      endpointId: delivery.endpointId
    })
  } catch {
    // The endpoint was removed or lost its secret between the lease and this moment.
    return { error: 'aborted', timings: { totalMs: 0 } }
  }
}

function headersOf ({ userAgent, now }: AttemptOptions, endpoint: ActiveEndpoint, delivery: LeasedDelivery): Record<string, string> {
  const nowMs = now()
  const secrets = keyringAt(endpoint, nowMs) ?? []
  return {
    'user-agent': userAgent,
    ...endpoint.record.headers,
    'content-type': 'application/json',
    ...signHeaders({ body: delivery.body, secrets, id: delivery.eventId, timestamp: Math.floor(nowMs / 1000) })
  }
}

function isRedirect (status: number | undefined): boolean {
  return status !== undefined && status >= 300 && status < 400
}
