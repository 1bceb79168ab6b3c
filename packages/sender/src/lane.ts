import { CLOSED, allowedByBreaker, type BreakerState } from './breaker.ts'
import type { Rate } from './rate.ts'
import type { Claim } from './stores/delivery-store.ts'

export interface Wants {
  firstAttempts: number
  retries: number
}

export interface LaneSettings {
  slots: number
  isOrdered: boolean
  rate: Rate | undefined
  /** How long a claimed delivery is the lane's: longer than an attempt may take. */
  leaseMs: number
}

/** One endpoint's road: its slots, its breaker, and when it next has something to send. */
export class Lane {
  readonly endpointId: string
  settings: LaneSettings
  /** A closed lane starts nothing; what is under way ends. */
  isOpen = true
  breaker: BreakerState = CLOSED
  isClaiming = false
  inFlight = 0
  retriesInFlight = 0
  /** When to ask the store next, by kind; 0: at once. */
  #nextFirstMs = 0
  #nextRetryMs = 0
  #news = 0

  constructor (endpointId: string, settings: LaneSettings) {
    this.endpointId = endpointId
    this.settings = settings
  }

  get slots (): number {
    return this.settings.isOrdered ? 1 : this.settings.slots
  }

  /** Retries may not take the last quarter of the slots: a first attempt always finds room. */
  get retrySlots (): number {
    return this.slots === 1 ? 1 : this.slots - Math.ceil(this.slots / 4)
  }

  /** What the lane could start now, if at most `room` more requests may be under way. */
  wants (nowMs: number, room: number): Wants | undefined {
    if (!this.isOpen || this.isClaiming) return undefined
    const total = Math.min(this.slots - this.inFlight, allowedByBreaker(this.breaker, nowMs) - this.inFlight, room)
    if (total <= 0) return undefined
    const firstAttempts = this.#nextFirstMs <= nowMs ? total : 0
    const retries = this.#nextRetryMs <= nowMs ? Math.max(0, Math.min(total, this.retrySlots - this.retriesInFlight)) : 0
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

  /** The store could not be asked: no sooner than `againAtMs`. */
  failClaim (againAtMs: number): void {
    this.isClaiming = false
    this.#nextFirstMs = Math.max(this.#nextFirstMs, againAtMs)
    this.#nextRetryMs = Math.max(this.#nextRetryMs, againAtMs)
  }

  /** When the clock should next look at the lane; `Infinity` when only an event can change anything. */
  wakeAtMs (nowMs: number): number {
    if (!this.isOpen || this.isClaiming || this.inFlight >= this.slots) return Infinity
    const { openUntilMs } = this.breaker
    const isProbing = openUntilMs !== undefined && openUntilMs <= nowMs && this.inFlight > 0
    if (isProbing) return Infinity
    const retryMs = this.retriesInFlight >= this.retrySlots ? Infinity : this.#nextRetryMs
    return Math.max(Math.min(this.#nextFirstMs, retryMs), openUntilMs ?? 0)
  }
}
