import { randomBytes } from 'node:crypto'
import type { WebhookEvent } from '@contactsheet/webhooks'
import { afterInterruption, makeAttempt, type AttemptOptions, type AttemptResult } from './attempt.ts'
import { Dispatcher } from './dispatcher.ts'
import { EndpointRegistry } from './endpoints.ts'
import { SenderError } from './errors.ts'
import { freezeEvent, messageId, type SendableEvent } from './message.ts'
import { resolveOptions, type ResolvedOptions, type SenderOptions } from './options.ts'
import { createSecretBox } from './secret-box.ts'
import type { Delivery, DeliveryFilter, DeliveryStore, DeliveryWithAttempts, LeasedDelivery } from './stores/delivery-store.ts'
import { openStore } from './stores/open-store.ts'
import { createGuard } from './transport/guard.ts'
import { createUndiciTransport } from './transport/undici-transport.ts'

const LIST_LIMIT = 100
const RELOAD_MS = 5_000
/** Longer than any attempt may take. */
const LEASE_BEYOND_TIMEOUT_MS = 15_000

export interface SendOptions {
  /** Names the event; sending the same id again changes nothing. @defaultValue the event's action and id */
  id?: string | undefined
  /** The caller's own open PostgreSQL transaction: the event exists if, and only if, that commits. */
  transaction?: unknown
}

export interface Sent {
  /** The event's id, which every attempt carries as `webhook-id`. */
  id: string
  /** Deliveries made by this call: 0 when the event was known already, or nobody listens to it. */
  deliveries: number
}

/** Delivers events to endpoints. Made by `createSender`. */
export interface Sender {
  /** Opens the database and begins to deliver what is due. Every other call does it by itself. */
  start (): Promise<void>
  /** Stores an event; resolves when it and its deliveries are on disk. */
  send (event: WebhookEvent | SendableEvent, options?: SendOptions): Promise<Sent>
  endpoints: Pick<EndpointRegistry, 'add' | 'list' | 'get' | 'update' | 'remove' | 'enable' | 'disable' | 'rotate'>
  deliveries: {
    /** Newest first, 100 at a time unless `limit` says otherwise. */
    list (filter?: Partial<DeliveryFilter>): Promise<Delivery[]>
    /** One delivery with every attempt made for it. */
    get (id: string): Promise<DeliveryWithAttempts | undefined>
  }
  /** Looks for due deliveries now; for tests that set the clock by `now`. */
  wake (): void
  /** Starts nothing more, waits for what is under way, closes the database. */
  close (): Promise<void>
}

/**
 * Makes a sender. Nothing is opened before `start` or the first other call.
 *
 * @throws {SenderError} SENDER_OPTION_INVALID
 */
export function createSender (given: SenderOptions): Sender {
  const options = resolveOptions(given)
  let opening: Promise<Running> | undefined
  let isClosed = false

  const running = (): Promise<Running> => {
    if (isClosed) return Promise.reject(new SenderError('SENDER_CLOSED', 'the sender is closed'))
    opening ??= open(options)
    return opening
  }
  const endpoints = async (): Promise<EndpointRegistry> => (await running()).endpoints

  return {
    async start () {
      await running()
    },
    async send (event, { id, transaction } = {}) {
      const body = freezeEvent(event)
      const eventId = messageId(event, body, id)
      return await (await running()).send(eventId, event.action, body, transaction)
    },
    endpoints: {
      add: async input => await (await endpoints()).add(input),
      list: async () => await (await endpoints()).list(),
      get: async id => await (await endpoints()).get(id),
      update: async (id, changes) => await (await endpoints()).update(id, changes),
      remove: async id => await (await endpoints()).remove(id),
      enable: async id => await (await endpoints()).enable(id),
      disable: async (id, reason) => await (await endpoints()).disable(id, reason),
      rotate: async (id, rotation) => await (await endpoints()).rotate(id, rotation)
    },
    deliveries: {
      list: async filter => await (await running()).store.deliveries({ limit: LIST_LIMIT, ...filter }),
      get: async id => await (await running()).store.delivery(id)
    },
    wake () {
      opening?.then(({ dispatcher }) => dispatcher.wake())
    },
    async close () {
      if (isClosed) return
      isClosed = true
      await opening?.then(({ close }) => close(), () => {})
    }
  }
}

interface Running {
  store: DeliveryStore
  endpoints: EndpointRegistry
  dispatcher: Dispatcher
  send (id: string, action: string, body: Uint8Array, transaction: unknown): Promise<Sent>
  close (): Promise<void>
}

async function open (options: ResolvedOptions): Promise<Running> {
  const { now, logger } = options
  const store = await openStore(options.database)
  const guard = createGuard(options.allow, options.lookup)
  const transport = options.transport ?? createUndiciTransport({ guard, dispatcher: options.dispatcher })
  const box = options.secrets.length > 0 ? createSecretBox(options.secrets) : undefined
  const endpoints = new EndpointRegistry({
    store, guard, box, now, newId: () => randomBytes(12).toString('base64url'), onChange: (id, record) => dispatcher.setEndpoint(id, record)
  })
  const attempts: AttemptOptions = { ...options, endpoints, transport }
  const dispatcher = new Dispatcher({
    store,
    attempt: delivery => makeAttempt(attempts, delivery),
    afterInterruption: delivery => afterInterruption(options.schedule, delivery, now()),
    onSettled: (delivery, result) => report(options, endpoints, delivery, result),
    onError: error => logger.error({ err: error }, 'the delivery store failed'),
    now,
    slots: options.totalConcurrency,
    slotsPerEndpoint: options.concurrency,
    breaker: options.breaker,
    leaseMs: options.timeoutMs + LEASE_BEYOND_TIMEOUT_MS
  })
  await endpoints.load()
  if (options.endpoints) await endpoints.declare(options.endpoints)
  await dispatcher.start()
  const reloading = store.isShared ? setInterval(() => endpoints.load().catch(error => logger.error({ err: error }, 'endpoints could not be read')), RELOAD_MS) : undefined

  return {
    store,
    endpoints,
    dispatcher,
    async send (id, action, body, transaction) {
      const endpointIds = endpoints.matching(action)
      const { deliveryIds } = await store.enqueue({ id, action, body, createdAtMs: now(), endpointIds }, { transaction })
      if (deliveryIds.length > 0) for (const endpointId of endpointIds) dispatcher.note(endpointId, 0)
      return { id, deliveries: deliveryIds.length }
    },
    async close () {
      clearInterval(reloading)
      await dispatcher.stop()
      await transport.close()
      await store.close()
    }
  }
}

function report (options: ResolvedOptions, endpoints: EndpointRegistry, delivery: LeasedDelivery, { closed, next }: AttemptResult): void {
  const { id, eventId, endpointId, action } = delivery
  if (closed.outcome === 'gone') {
    endpoints.disable(endpointId, 'gone').then(() => options.onEndpointDisabled?.({ id: endpointId, url: endpoints.find(endpointId).record.url, reason: 'gone' }))
  }
  if (next.state === 'exhausted') options.onExhausted?.({ id, eventId, endpointId, action })
}
