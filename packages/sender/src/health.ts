import type { AttemptResult } from './attempt.ts'
import { isManual } from './dispatcher.ts'
import type { EndpointRegistry } from './endpoints.ts'
import { publish } from './metrics.ts'
import type { ResolvedOptions } from './options.ts'
import type { LeasedDelivery } from './stores/delivery-store.ts'

type HealthOptions = Pick<ResolvedOptions, 'logger' | 'onExhausted' | 'onEndpointDisabled' | 'disableAfterMs'>

/** Tells of every attempt, and draws the conclusions for its endpoint: disabled when gone, or when it has failed for too long. */
export class Health {
  readonly #options: HealthOptions
  readonly #endpoints: EndpointRegistry
  /** Changes of one endpoint's record follow one another. */
  readonly #changing = new Map<string, Promise<void>>()

  constructor (options: HealthOptions, endpoints: EndpointRegistry) {
    this.#options = options
    this.#endpoints = endpoints
  }

  settled (delivery: LeasedDelivery, result: AttemptResult): void {
    const { id: deliveryId, eventId, endpointId, action } = delivery
    this.#tell(delivery, result)
    this.#draw(delivery, result)
    if (result.next.state !== 'exhausted' || delivery.origin === 'ping') return
    publish('contactsheet.sender.exhausted', () => ({ deliveryId, eventId, endpointId, action }))
    this.#options.logger.error({ deliveryId, eventId, endpointId, action }, 'delivery exhausted: every attempt failed')
    this.#call(() => this.#options.onExhausted?.({ id: deliveryId, eventId, endpointId, action }))
  }

  /** Waits for what is still being written. */
  async close (): Promise<void> {
    await Promise.all(this.#changing.values())
  }

  #tell (delivery: LeasedDelivery, { closed }: AttemptResult): void {
    const { id: deliveryId, eventId, endpointId, action, origin, attempt, startedAtMs, dueAtMs } = delivery
    const { outcome, status, error, timings } = closed
    publish('contactsheet.sender.attempt', () => ({
      deliveryId, eventId, endpointId, action, origin, attempt, outcome, status, error, lateMs: startedAtMs - dueAtMs, timings
    }))
    if (outcome !== 'delivered') this.#options.logger.warn({ deliveryId, eventId, endpointId, action, attempt, outcome, status, error }, 'attempt failed')
  }

  #draw (delivery: LeasedDelivery, { closed }: AttemptResult): void {
    const { endpointId } = delivery
    if (closed.outcome === 'gone') return this.#disable(endpointId, 'gone')
    if (isManual(delivery) && closed.outcome !== 'delivered') return
    const since = this.#failingSince(endpointId)
    if (closed.outcome === 'delivered') {
      if (since !== undefined) this.#change(endpointId, () => this.#endpoints.noteFailingSince(endpointId, undefined))
    } else if (since === undefined) {
      this.#change(endpointId, () => this.#endpoints.noteFailingSince(endpointId, closed.endedAtMs))
    } else if (closed.endedAtMs - since >= this.#options.disableAfterMs) {
      this.#disable(endpointId, 'failing')
    }
  }

  #disable (endpointId: string, reason: 'gone' | 'failing'): void {
    this.#change(endpointId, async () => {
      const { record: { isEnabled, url } } = this.#endpoints.find(endpointId)
      if (!isEnabled) return
      await this.#endpoints.disable(endpointId, reason)
      publish('contactsheet.sender.endpoint-disabled', () => ({ endpointId, url, reason }))
      this.#options.logger.warn({ endpointId, url, reason }, 'endpoint disabled')
      this.#call(() => this.#options.onEndpointDisabled?.({ id: endpointId, url, reason }))
    })
  }

  /** The host's own code must not stop deliveries, whether it throws or rejects. */
  #call (callback: () => unknown): void {
    const call = async (): Promise<unknown> => await callback()
    call().catch((error: unknown) => this.#options.logger.error({ err: error }, 'a callback of the host failed'))
  }

  #failingSince (endpointId: string): number | undefined {
    return this.#endpoints.has(endpointId) ? this.#endpoints.find(endpointId).record.failingSinceMs : undefined
  }

  #change (endpointId: string, change: () => Promise<void>): void {
    const before = this.#changing.get(endpointId) ?? Promise.resolve()
    const after = before
      .then(() => this.#endpoints.has(endpointId) ? change() : undefined)
      .catch(error => this.#options.logger.error({ err: error, endpointId }, 'endpoint could not be updated'))
      .finally(() => {
        if (this.#changing.get(endpointId) === after) this.#changing.delete(endpointId)
      })
    this.#changing.set(endpointId, after)
  }
}
