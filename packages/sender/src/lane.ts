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

/** When to ask the store for one kind of attempt (0: at once), and how often that was brought forward. */
interface Outlook {
  nextMs: number
  news: number
}

/** One endpoint's road: its slots, its breaker, and when it next has something to send. */
export class Lane {
  readonly endpointId: string
  settings: LaneSettings
  /** A closed lane starts nothing; what is under way ends. */
  isOpen = true
  breaker: BreakerState = CLOSED
  /** Attempts since the last that the endpoint was in trouble with: what it has earned beyond its fair share of all slots. */
  answersInARow = 0
  isClaiming = false
  inFlight = 0
  retriesInFlight = 0
  readonly #first: Outlook = { nextMs: 0, news: 0 }
  readonly #retry: Outlook = { nextMs: 0, news: 0 }
  #claims = 0

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

  /** What the lane could start now, if at most `room` more requests may be under way: never more than that in all. */
  wants (nowMs: number, room: number): Wants | undefined {
    if (!this.isOpen || this.isClaiming) return undefined
    const total = Math.min(this.slots - this.inFlight, allowedByBreaker(this.breaker, nowMs) - this.inFlight, room)
    if (total <= 0) return undefined
    const [hasFirst, hasRetry] = [this.#first.nextMs <= nowMs, this.#retry.nextMs <= nowMs]
    const retryRoom = hasRetry ? Math.min(total, this.retrySlots - this.retriesInFlight) : 0
    const retries = Math.max(0, hasFirst ? Math.min(retryRoom, this.#halfOf(total)) : retryRoom)
    const firstAttempts = hasFirst ? total - retries : 0
    return firstAttempts + retries > 0 ? { firstAttempts, retries } : undefined
  }

  /** Where both kinds wait they get half each; a single place goes to one and then to the other. */
  #halfOf (total: number): number {
    return total === 1 ? this.#claims % 2 : total >> 1
  }

  /** Something new is due at `dueAtMs`. */
  note (dueAtMs: number, isRetry: boolean): void {
    const outlook = isRetry ? this.#retry : this.#first
    outlook.nextMs = Math.min(outlook.nextMs, dueAtMs)
    outlook.news++
  }

  /** Marks the start of a claim; the returned function takes the store's answer in, unless newer news came meanwhile. */
  beginClaim (): (claim: Claim) => void {
    this.isClaiming = true
    this.#claims++
    const [firstNews, retryNews] = [this.#first.news, this.#retry.news]
    return ({ nextFirstAttemptAtMs = Infinity, nextRetryAtMs = Infinity }) => {
      this.isClaiming = false
      this.#first.nextMs = this.#first.news === firstNews ? nextFirstAttemptAtMs : Math.min(nextFirstAttemptAtMs, this.#first.nextMs)
      this.#retry.nextMs = this.#retry.news === retryNews ? nextRetryAtMs : Math.min(nextRetryAtMs, this.#retry.nextMs)
    }
  }

  /** The store could not be asked: no sooner than `againAtMs`. */
  failClaim (againAtMs: number): void {
    this.isClaiming = false
    for (const outlook of [this.#first, this.#retry]) outlook.nextMs = Math.max(outlook.nextMs, againAtMs)
  }

  /** When the clock should next look at the lane; `Infinity` when only an event can change anything. */
  wakeAtMs (nowMs: number): number {
    if (!this.isOpen || this.isClaiming || this.inFlight >= this.slots) return Infinity
    const { openUntilMs } = this.breaker
    const isProbing = openUntilMs !== undefined && openUntilMs <= nowMs && this.inFlight > 0
    if (isProbing) return Infinity
    const retryMs = this.retriesInFlight >= this.retrySlots ? Infinity : this.#retry.nextMs
    return Math.max(Math.min(this.#first.nextMs, retryMs), openUntilMs ?? 0)
  }
}
