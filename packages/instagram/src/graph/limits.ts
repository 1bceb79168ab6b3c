import { LRUCache } from 'lru-cache'
import type { Refusal } from './failure.ts'

const MINUTE_MS = 60_000
/** When Instagram does not say how long: its windows slide, so a short wait usually frees some calls. */
const DEFAULT_WAIT_MS = 5 * MINUTE_MS
const LONGEST_WAIT_MS = 60 * MINUTE_MS
/** The limit of the whole app ("Application request limit reached"); every other one belongs to an account. */
const APP_LIMIT_CODE = 4

/** Remembers who has to wait, so that later calls of the same account (or app) are answered here and do not lengthen the wait. */
export interface Limits {
  /** Until when calls have to wait, or `undefined`. */
  untilMs (appKey: string, accountId: string | undefined): number | undefined
  /** Notes a refusal for a limit and returns until when. */
  reached (appKey: string, accountId: string | undefined, refusal: Refusal, headers: Headers): number
  /** Notes what an answer's usage headers say. */
  observe (appKey: string, accountId: string | undefined, headers: Headers): void
}

export function createLimits (now: () => number): Limits {
  const waits = new LRUCache<string, number>({ max: 10_000 })
  const accountName = (appKey: string, accountId: string | undefined) => JSON.stringify([appKey, accountId ?? ''])

  /** 0 when there is nothing to wait for. What lies beyond the longest wait was noted before the clock was set back. */
  const noted = (name: string): number => {
    const untilMs = waits.get(name) ?? 0
    const leftMs = untilMs - now()
    return leftMs > 0 && leftMs <= LONGEST_WAIT_MS ? untilMs : 0
  }

  const note = (name: string, waitMs: number): number => {
    const untilMs = Math.max(noted(name), now() + Math.min(waitMs, LONGEST_WAIT_MS))
    waits.set(name, untilMs)
    return untilMs
  }

  return {
    untilMs (appKey, accountId) {
      return Math.max(noted(appKey), noted(accountName(appKey, accountId))) || undefined
    },
    reached (appKey, accountId, { code }, headers) {
      const waitMs = Math.max(regainMs(headers), retryAfterMs(headers)) || DEFAULT_WAIT_MS
      return note(code === APP_LIMIT_CODE ? appKey : accountName(appKey, accountId), waitMs)
    },
    observe (appKey, accountId, headers) {
      const waitMs = regainMs(headers)
      if (waitMs > 0) note(accountName(appKey, accountId), waitMs)
    }
  }
}

/**
 * The longest `estimated_time_to_regain_access` (minutes) in `X-Business-Use-Case-Usage`, in milliseconds; 0 when absent or unreadable.
 *
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting/
 */
function regainMs (headers: Headers): number {
  const text = headers.get('x-business-use-case-usage')
  if (text === null) return 0
  let longest = 0
  try {
    JSON.parse(text, (key, value: unknown) => {
      if (key === 'estimated_time_to_regain_access' && typeof value === 'number') longest = Math.max(longest, value)
      return value
    })
  } catch {
    return 0
  }
  return longest * MINUTE_MS
}

function retryAfterMs (headers: Headers): number {
  const seconds = Number(headers.get('retry-after'))
  return seconds > 0 ? seconds * 1000 : 0
}
