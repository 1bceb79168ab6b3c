import type { AttemptResult } from './attempt.ts'
import { afterAttempt, type BreakerOptions } from './breaker.ts'
import { closeInterrupted, type InterruptionOptions } from './interruption.ts'
import { Lane, type LaneSettings, type Wants } from './lane.ts'
import type { LeasedDelivery } from './stores/delivery-store.ts'

/** A wall clock may be set: never sleep past a moment at which that would be noticed. */
const LONGEST_SLEEP_MS = 30_000
const AFTER_STORE_ERROR_MS = 1_000

export interface DispatcherOptions extends InterruptionOptions {
  /** Makes one attempt and says how it ended and what follows; never rejects. */
  attempt: (delivery: LeasedDelivery) => Promise<AttemptResult>
  /** Called when an attempt is closed in the store. */
  onSettled: (delivery: LeasedDelivery, result: AttemptResult) => void
  /** A circuit opened until then, or closed. */
  onBreaker: (endpointId: string, openUntilMs: number | undefined) => void
  onError: (error: unknown) => void
  /** Requests under way at once, over all endpoints. */
  slots: number
  breaker: BreakerOptions | false
}

/**
 * The only loop: decides what starts when. Each endpoint has a lane with slots of its own. Half of all slots are shares,
 * one for each lane; of the other half, which is common, a lane may take more the more it has answered, so those that
 * hang or die neither take the room of those that answer nor burden the process that serves both.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #lanes = new Map<string, Lane>()
  #rotation: Lane[] = []
  #underWay = 0
  /** Answered attempts whose outcome is on its way to the disk. */
  #settling = 0
  #turn: NodeJS.Immediate | undefined
  #sleep: NodeJS.Timeout | undefined
  #lookForInterrupted: NodeJS.Timeout | undefined
  #isRunning = false
  #whenIdle: Array<() => void> = []

  constructor (options: DispatcherOptions) {
    this.#options = options
  }

  /** Takes up what an earlier process left, then delivers whatever falls due. */
  async start (): Promise<void> {
    await this.#closeInterrupted()
    this.#isRunning = true
    if (this.#options.store.isShared) {
      this.#lookForInterrupted = setInterval(() => this.#closeInterrupted().catch(this.#options.onError), this.#options.leaseMs)
    }
    this.wake()
  }

  /** Starts nothing more and waits for what is under way. */
  async stop (): Promise<void> {
    this.#isRunning = false
    clearTimeout(this.#sleep)
    clearInterval(this.#lookForInterrupted)
    if (this.#isBusy) await new Promise<void>(resolve => this.#whenIdle.push(resolve))
  }

  /** Opens, changes or closes an endpoint's lane; `undefined` closes it. */
  setLane (endpointId: string, settings: LaneSettings | undefined): void {
    const lane = this.#lanes.get(endpointId)
    if (lane) {
      lane.isOpen = settings !== undefined
      lane.settings = settings ?? lane.settings
    } else if (settings) {
      this.#lanes.set(endpointId, new Lane(endpointId, settings))
    }
    this.#rotation = [...this.#lanes.values()].filter(({ isOpen }) => isOpen)
    this.wake()
  }

  /** Something new is due for an endpoint. */
  note (endpointId: string, dueAtMs: number, isRetry = false): void {
    this.#lanes.get(endpointId)?.note(dueAtMs, isRetry)
    this.wake()
  }

  /** Looks for due deliveries in this turn of the event loop instead of when the clock says. */
  wake (): void {
    if (!this.#isRunning || this.#turn) return
    this.#turn = setImmediate(() => {
      this.#turn = undefined
      this.#startDue()
    })
  }

  /** Makes one attempt of a delivery leased elsewhere, outside the slots; for pings. */
  async run (delivery: LeasedDelivery): Promise<AttemptResult> {
    this.#underWay++
    try {
      const result = await this.#options.attempt(delivery)
      await this.#finish(delivery, result)
      return result
    } finally {
      this.#release(1)
    }
  }

  get #isBusy (): boolean {
    return this.#underWay + this.#settling > 0
  }

  #startDue (): void {
    if (!this.#isRunning) return
    clearTimeout(this.#sleep)
    const nowMs = this.#options.now()
    let wakeAtMs = nowMs + LONGEST_SLEEP_MS
    for (const lane of this.#rotation) {
      const room = this.#roomFor(lane)
      // The end of a request makes room, and wakes us.
      if (room <= 0) continue
      const wants = lane.wants(nowMs, room)
      if (wants) this.#claim(lane, wants, nowMs)
      wakeAtMs = Math.min(wakeAtMs, lane.wakeAtMs(nowMs))
    }
    const first = this.#rotation.shift()
    if (first) this.#rotation.push(first)
    this.#sleep = setTimeout(() => this.#startDue(), Math.max(1, wakeAtMs - nowMs))
  }

  #roomFor (lane: Lane): number {
    const { slots } = this.#options
    // Outcomes that cannot be stored, because the store fails, hold back new requests in the end.
    const free = slots - Math.max(this.#underWay, this.#underWay + this.#settling - slots)
    const share = Math.max(1, Math.floor(slots / 2 / this.#rotation.length)) - lane.inFlight
    const common = Math.min(Math.floor(slots / 2) - this.#underWay, share + lane.answersInARow)
    return Math.min(free, Math.max(common, share))
  }

  #claim (lane: Lane, wants: Wants, nowMs: number): void {
    const takeIn = lane.beginClaim()
    const held = wants.firstAttempts + wants.retries
    this.#underWay += held
    const { isOrdered, rate, leaseMs } = lane.settings
    this.#options.store.claim({ endpointId: lane.endpointId, ...wants, isOrdered, rate, nowMs, untilMs: nowMs + leaseMs }).then(claim => {
      takeIn(claim)
      for (const delivery of claim.deliveries) this.#begin(lane, delivery)
      this.#release(held - claim.deliveries.length)
    }, error => {
      lane.failClaim(nowMs + AFTER_STORE_ERROR_MS)
      this.#options.onError(error)
      this.#release(held)
    })
  }

  #begin (lane: Lane, delivery: LeasedDelivery): void {
    const isRetry = delivery.attempt > 1
    lane.inFlight++
    if (isRetry) lane.retriesInFlight++
    const leave = (): void => {
      lane.inFlight--
      if (isRetry) lane.retriesInFlight--
      this.#release(1)
    }
    this.#options.attempt(delivery).then(result => {
      this.#learn(lane, delivery, result)
      // The next one starts in the same commit in which this one ends; in order, only after it.
      if (lane.settings.isOrdered) return this.#finish(delivery, result).finally(leave)
      leave()
      return this.#finish(delivery, result)
    }).catch(this.#options.onError)
  }

  /** Stores how an attempt ended, and tells. */
  async #finish (delivery: LeasedDelivery, result: AttemptResult): Promise<void> {
    this.#settling++
    try {
      if (!await this.#settle(delivery, result)) return
      if (result.next.state === 'pending') this.note(delivery.endpointId, result.next.dueAtMs, true)
      this.#options.onSettled(delivery, result)
    } finally {
      this.#settling--
      if (this.#underWay + this.#settling >= this.#options.slots) this.wake()
      this.#tellIdle()
    }
  }

  /** Keeps at it while the store fails: the request cannot be unsent, and its outcome must not be lost. */
  async #settle ({ id, fence, attempt, run }: LeasedDelivery, { closed, next }: AttemptResult): Promise<boolean> {
    for (;;) {
      try {
        return await this.#options.store.settle({ deliveryId: id, fence, attempt, run, closed, next })
      } catch (error) {
        this.#options.onError(error)
        if (!this.#isRunning) return false
      }
      await new Promise(resolve => setTimeout(resolve, AFTER_STORE_ERROR_MS))
    }
  }

  #learn (lane: Lane, delivery: LeasedDelivery, { isEndpointTrouble }: AttemptResult): void {
    const { breaker, now, onBreaker } = this.#options
    if (isManual(delivery)) return
    lane.answersInARow = isEndpointTrouble ? 0 : lane.answersInARow + 1
    if (breaker === false) return
    const before = lane.breaker
    lane.breaker = afterAttempt(before, isEndpointTrouble, now(), breaker)
    if (lane.breaker.openUntilMs !== before.openUntilMs) onBreaker(lane.endpointId, lane.breaker.openUntilMs)
  }

  #release (slots: number): void {
    this.#underWay -= slots
    this.wake()
    this.#tellIdle()
  }

  #tellIdle (): void {
    if (this.#isRunning || this.#isBusy) return
    for (const resolve of this.#whenIdle.splice(0)) resolve()
  }

  #closeInterrupted (): Promise<void> {
    return closeInterrupted(this.#options, (endpointId, dueAtMs, isRetry) => this.note(endpointId, dueAtMs, isRetry))
  }
}

/** A resend or a ping says nothing about an endpoint's health: somebody asked for it, perhaps because the endpoint is ill. */
export function isManual ({ origin }: Pick<LeasedDelivery, 'origin'>): boolean {
  return origin === 'resend' || origin === 'ping'
}
