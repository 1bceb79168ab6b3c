import type { AttemptOutcome } from './stores/delivery-store.ts'

/** Which answers count as received: any 2xx, or Filestack's documented three. */
export type SuccessRule = '2xx' | 'strict'

const STRICT = new Set([200, 201, 204])

/** Answers by which a receiver says that it, or what stands before it, is overloaded. */
const OVERLOAD = new Set([429, 502, 503, 504])

const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

export interface AttemptAnswer {
  status?: number | undefined
  /** Class of the failure when no complete answer came. */
  error?: string | undefined
  retryAfter?: string | undefined
}

export interface Verdict {
  outcome: Exclude<AttemptOutcome, 'interrupted'>
  /** No further attempt before then: the receiver's `Retry-After`, at most a day. */
  notBeforeMs?: number | undefined
  /** The endpoint as a whole is in trouble, not this event: counts towards its circuit breaker. */
  isEndpointTrouble: boolean
}

/**
 * What an answer means. Redirects, client errors and server errors are failures alike: only the receiver's own 2xx says
 * that the event was received.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function judge (answer: AttemptAnswer, success: SuccessRule, nowMs: number): Verdict {
  const { status, error } = answer
  if (error !== undefined || status === undefined) return { outcome: 'failed', isEndpointTrouble: true }
  if (isSuccess(status, success)) return { outcome: 'delivered', isEndpointTrouble: false }
  if (status === 410) return { outcome: 'gone', isEndpointTrouble: true }
  const isOverload = OVERLOAD.has(status)
  return {
    outcome: isOverload ? 'throttled' : 'failed',
    notBeforeMs: retryAfterMs(answer.retryAfter, nowMs),
    isEndpointTrouble: isOverload
  }
}

function isSuccess (status: number, rule: SuccessRule): boolean {
  return rule === 'strict' ? STRICT.has(status) : status >= 200 && status < 300
}

/**
 * The moment a `Retry-After` names, in epoch milliseconds; seconds and dates are both in use.
 *
 * @see RFC 9110, section 10.2.3
 */
export function retryAfterMs (header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  const atMs = /^\d{1,10}$/.test(text) ? nowMs + Number(text) * 1000 : Date.parse(text)
  if (!Number.isFinite(atMs) || atMs <= nowMs) return undefined
  return Math.min(atMs, nowMs + LONGEST_RETRY_AFTER_MS)
}
