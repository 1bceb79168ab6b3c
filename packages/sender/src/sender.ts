import type { WebhookEvent } from '@contactsheet/webhooks'
import type { EndpointRegistry } from './endpoints.ts'
import { parseEntryId } from './endpoint.ts'
import { SenderError } from './errors.ts'
import { freezeEvent, messageId, type SendableEvent } from './message.ts'
import { positive, resolveOptions, type SenderOptions } from './options.ts'
import { startSender, type Running } from './running.ts'
import type { AttemptTimings, Delivery, DeliveryFilter, DeliveryState, DeliveryWithAttempts } from './stores/delivery-store.ts'
import { named } from './trouble.ts'

const LIST_LIMIT = 100
const RECOVERED_PER_SECOND = 100

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

export interface RecoverOptions {
  /** Id of an endpoint or of one of its entries. */
  endpoint: string
  /** Events stored at or after this moment. */
  since: Date | number
  /** New attempts started at most this often. @defaultValue 100 */
  perSecond?: number | undefined
}

export interface PingResult {
  eventId: string
  isDelivered: boolean
  status: number | undefined
  error: string | undefined
  timings: AttemptTimings | undefined
}

/** Delivers events to endpoints. Made by `createSender`. */
export interface Sender {
  /** Opens the database and begins to deliver what is due. Every other call does it by itself, and again when that had failed. */
  start (): Promise<void>
  /** Stores an event; resolves when it and its deliveries are on disk. @throws {SenderError} SENDER_EVENT_INVALID, SENDER_DATABASE_UNAVAILABLE */
  send (event: WebhookEvent | SendableEvent, options?: SendOptions): Promise<Sent>
  endpoints: Pick<EndpointRegistry, 'add' | 'list' | 'get' | 'update' | 'remove' | 'enable' | 'disable' | 'rotate'>
  deliveries: {
    /** Newest first, 100 at a time unless `limit` says otherwise. */
    list (filter?: Partial<DeliveryFilter>): Promise<Delivery[]>
    /** One delivery with every attempt made for it. */
    get (id: string): Promise<DeliveryWithAttempts | undefined>
    /** How many there are in each state; reads them all. */
    counts (): Promise<Record<DeliveryState, number>>
  }
  /** Sends an event again: a new series with the whole schedule. @returns the new delivery's id @throws {SenderError} SENDER_NOT_FOUND */
  resend (deliveryId: string): Promise<string>
  /** Sends what an endpoint finally failed to get, or was never meant to get, since a time. Repeating it changes nothing. @returns how many */
  recover (options: RecoverOptions): Promise<number>
  /** Sends one event of the type `ping` now, whatever the endpoint's state, and tells how it went. It is never retried. */
  ping (endpointId: string): Promise<PingResult>
  /** Forgets an event, its deliveries and attempts, down to the bytes on disk. @returns whether it was known */
  erase (eventId: string): Promise<boolean>
  /** Forgets what `retentionDays` allows now, instead of within ten minutes. @returns how many events */
  prune (): Promise<number>
  /** Resolves once the database has taken a commit, as storing an event asks of it. @throws {SenderError} SENDER_DATABASE_UNAVAILABLE */
  check (): Promise<void>
  /** Looks for due deliveries now; for tests that set the clock by `now`. */
  wake (): void
  /** Starts nothing more, waits for what is under way, closes the database. */
  close (): Promise<void>
}

/**
 * Makes a sender. Nothing is opened before `start` or the first other call.
 *
 * @throws {SenderError} SENDER_OPTION_INVALID; starting: SENDER_DATABASE_LOCKED, SENDER_DATABASE_UNREADABLE, and those of `endpoints.add`;
 *   of every call later: SENDER_DATABASE_UNAVAILABLE
 */
export function createSender (given: SenderOptions): Sender {
  const options = resolveOptions(given)
  let opening: Promise<Running> | undefined
  let closing: Promise<void> | undefined

  const running = async (): Promise<Running> => {
    if (closing) throw closed()
    // A database that could not be opened may be there for the next call.
    opening ??= startSender(options).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    const started = await opening
    if (closing) throw closed()
    return started
  }

  const using: Using = async work => {
    try {
      return await work(await running())
    } catch (error) {
      throw named(error)
    }
  }

  return {
    start: () => using(() => {}),
    async send (event, { id: givenId, transaction } = {}) {
      const body = freezeEvent(event)
      const id = messageId(event, body, givenId)
      return { id, deliveries: await using(({ enqueue }) => enqueue({ id, action: event.action, body }, transaction)) }
    },
    endpoints: endpointCalls(using),
    deliveries: deliveryCalls(using),
    resend: deliveryId => using(started => resend(started, deliveryId, options.now())),
    recover: request => using(started => recover(started, request, options.now())),
    async ping (endpointId) {
      const { eventId, closed: { outcome, status, error, timings } } = await using(started => started.ping(endpointId))
      return { eventId, isDelivered: outcome === 'delivered', status, error, timings }
    },
    erase: eventId => using(({ store }) => store.erase(eventId)),
    prune: () => using(started => started.prune()),
    check: () => using(started => started.check()),
    wake () {
      opening?.then(({ dispatcher }) => dispatcher.wake(), () => {})
    },
    async close () {
      closing ??= opening ? opening.then(({ close }) => close(), () => {}) : Promise.resolve()
      await closing
    }
  }
}

/** Does something with the started sender. @throws {SenderError} SENDER_DATABASE_UNAVAILABLE in place of the database's own error */
type Using = <Answer>(work: (started: Running) => Answer | Promise<Answer>) => Promise<Answer>

function closed (): SenderError {
  return new SenderError('SENDER_CLOSED', 'the sender is closed')
}

function endpointCalls (using: Using): Sender['endpoints'] {
  return {
    add: input => using(({ endpoints }) => endpoints.add(input)),
    list: () => using(({ endpoints }) => endpoints.list()),
    get: id => using(({ endpoints }) => endpoints.get(id)),
    update: (id, changes) => using(({ endpoints }) => endpoints.update(id, changes)),
    remove: id => using(({ endpoints }) => endpoints.remove(id)),
    enable: id => using(({ endpoints }) => endpoints.enable(id)),
    disable: (id, reason) => using(({ endpoints }) => endpoints.disable(id, reason)),
    rotate: (id, rotation) => using(({ endpoints }) => endpoints.rotate(id, rotation))
  }
}

function deliveryCalls (using: Using): Sender['deliveries'] {
  return {
    list: ({ endpointId, ...filter } = {}) => using(({ store }) =>
      store.deliveries({ limit: LIST_LIMIT, endpointId: endpointId && parseEntryId(endpointId).endpointId, ...filter })),
    get: id => using(({ store }) => store.delivery(id)),
    counts: () => using(({ store }) => store.counts())
  }
}

async function resend ({ store, endpoints, dispatcher }: Running, deliveryId: string, nowMs: number): Promise<string> {
  const delivery = await store.delivery(deliveryId)
  if (!delivery) throw new SenderError('SENDER_NOT_FOUND', `no delivery has the id ${deliveryId}`)
  endpoints.find(delivery.endpointId)
  const id = await store.resend({ deliveryId, nowMs })
  if (id === undefined) throw new SenderError('SENDER_NOT_FOUND', `no delivery has the id ${deliveryId}`)
  dispatcher.note(delivery.endpointId, 0)
  return id
}

async function recover ({ store, endpoints, dispatcher }: Running, request: RecoverOptions, nowMs: number): Promise<number> {
  const { record } = endpoints.find(request.endpoint)
  const spacingMs = 1000 / positive('perSecond', request.perSecond ?? RECOVERED_PER_SECOND)
  const sinceMs = Number(request.since)
  if (!Number.isFinite(sinceMs)) throw new SenderError('SENDER_OPTION_INVALID', 'since must be a date, or epoch milliseconds')
  const recovered = await store.recover({ endpointId: record.id, actions: record.events, sinceMs, nowMs, spacingMs })
  if (recovered > 0) dispatcher.note(record.id, 0)
  return recovered
}
