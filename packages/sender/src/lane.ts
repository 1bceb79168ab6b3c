import { CLOSED, allowedByBreaker, type BreakerState } from './breaker.ts'
import type { Claim } from './stores/delivery-store.ts'

export interface Wants {
  firstAttempts: number
  retries: number
}

/** One endpoint's road: its slots, its breaker, and when it next has something to send. */
export class Lane {
  readonly endpointId: string
  slots: number
  isOrdered: boolean
  breaker: BreakerState = CLOSED
  isClaiming = false
  inFlight = 0
  retriesInFlight = 0
  /** When to ask the store next, by kind; 0: at once. */
  #nextFirstMs = 0
  #nextRetryMs = 0
  #news = 0

  constructor (endpointId: string, slots: number, isOrdered: boolean) {
    this.endpointId = endpointId
    this.slots = slots
    this.isOrdered = isOrdered
  }

  /** Retries may not take the last quarter of the slots: a first attempt always finds room. */
  get retrySlots (): number {
    return Math.max(1, this.slots - Math.ceil(this.slots / 4))
  }

  /** What the lane could start now, if at most `room` more requests may be under way. */
  wants (nowMs: number, room: number): Wants | undefined {
    if (this.isClaiming) return undefined
    const slots = this.isOrdered ? 1 : this.slots
    const free = Math.min(slots, allowedByBreaker(this.breaker, nowMs)) - this.inFlight
    const total = Math.min(free, room)
    if (total <= 0) return undefined
    const retryRoom = this.slots === 1 || this.isOrdered ? total : Math.min(total, this.retrySlots - this.retriesInFlight)
    const firstAttempts = this.#nextFirstMs <= nowMs ? total : 0
    const retries = this.#nextRetryMs <= nowMs ? Math.max(0, retryRoom) : 0
    return firstAttempts + retries > 0 ? { firstAttempts, retries } : undefined
  }

  /** Something new is due at `dueAtMs`. */
  note (dueAtMs: number, isRetry: boolean): void {
    this.#news++
    if (isRetry) this.#nextRetryMs = Math.min(this.#nextRetryMs, dueAtMs)
    else this.#nextFirstMs = Math.min(this.#nextFirstMs, dueAtMs)
  }

  /** Marks the start of a claim; the returned function takes the store's answer in, unless newer news came meanwhile. */
  beginClaim (): (claim: Claim) => void {
    this.isClaiming = true
    const newsBefore = this.#news
    return claim => {
      this.isClaiming = false
      const [first, retry] = [claim.nextFirstAttemptAtMs ?? Infinity, claim.nextRetryAtMs ?? Infinity]
      const isCurrent = newsBefore === this.#news
      this.#nextFirstMs = isCurrent ? first : Math.min(first, this.#nextFirstMs)
      this.#nextRetryMs = isCurrent ? retry : Math.min(retry, this.#nextRetryMs)
    }
  }

  /** When the lane should next be looked at by the clock; `Infinity` when only an event can change anything. */
  wakeAtMs (nowMs: number): number {
    if (this.isClaiming) return Infinity
    const slots = this.isOrdered ? 1 : this.slots
    if (this.inFlight >= slots) return Infinity
    const openUntil = this.breaker.openUntilMs ?? 0
    if (openUntil <= nowMs && this.breaker.openUntilMs !== undefined && this.inFlight > 0) return Infinity
    const retryAt = this.retriesInFlight >= this.retrySlots && this.slots > 1 ? Infinity : this.#nextRetryMs
    return Math.max(Math.min(this.#nextFirstMs, retryAt), openUntil)
  }
}
