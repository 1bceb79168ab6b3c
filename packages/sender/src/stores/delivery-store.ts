import type { EndpointRecord } from '../endpoint.ts'
import type { Rate } from '../rate.ts'

/**
 * Where events, deliveries, attempts and endpoints live. Two adapters implement it (SQLite, PostgreSQL) and one suite,
 * `test/stores/delivery-store-suite.ts`, says what it must do. A promise that resolved means: on disk.
 *
 * Times are epoch milliseconds that the caller passes in; a store never asks the clock itself.
 */
export interface DeliveryStore {
  /** Several processes may work on it at once: endpoints can change behind the caller's back and are re-read. */
  readonly isShared: boolean

  /** Stores an event and its deliveries. An id that is known already keeps its first bytes and only gains missing endpoints. */
  enqueue (message: NewMessage, options?: EnqueueOptions): Promise<Enqueued>
  /** Leases what is due, writing one open attempt row for each delivery in the same commit. */
  claim (request: ClaimRequest): Promise<Claim>
  /** Closes an attempt and moves its delivery on. `false` when the lease is no longer the caller's: nothing was changed. */
  settle (settlement: Settlement): Promise<boolean>
  /** Leases deliveries whose earlier lease was cut off (crash, lost node), fenced anew; their attempt is still open. */
  takeInterrupted (lease: Lease, limit: number): Promise<InterruptedDelivery[]>

  endpoints (): Promise<EndpointRecord[]>
  /**
   * Writes an endpoint's record. A shared store refuses (SENDER_ENDPOINT_EXISTS, SENDER_ENDPOINT_CHANGED) when another node
   * has taken the url, or when what it holds is no longer `known`.
   */
  putEndpoint (record: EndpointRecord, known?: EndpointRecord): Promise<void>
  /** Removes an endpoint; what is pending or under way for it is cancelled. */
  removeEndpoint (endpointId: string): Promise<void>

  deliveries (filter: DeliveryFilter): Promise<Delivery[]>
  delivery (deliveryId: string): Promise<DeliveryWithAttempts | undefined>
  event (eventId: string): Promise<StoredEvent | undefined>

  /** A new series for the event of an existing delivery. */
  resend (request: ResendRequest): Promise<string | undefined>
  /** New series for what an endpoint finally failed to get, or never got, since a time. Running it twice changes nothing. */
  recover (request: RecoverRequest): Promise<number>
  /** Forgets an event with its deliveries and attempts; afterwards its bytes are in no file of the store. */
  erase (eventId: string): Promise<boolean>
  /** Forgets events created before a time whose deliveries are all finished; at most `limit` of them. */
  prune (beforeMs: number, limit: number): Promise<number>
  counts (): Promise<Record<DeliveryState, number>>
  /** Commits a write that changes nothing of all this; rejects when what `enqueue` stores could not be stored either. */
  check (): Promise<void>

  /**
   * Shared stores only: calls back when others (another node; a caller's transaction, once committed) stored something due
   * for an endpoint. `undefined`: anything may have changed, endpoints too.
   */
  watch? (onNews: (endpointId: string | undefined) => void): void

  close (): Promise<void>
}

export const DELIVERY_STATES = ['pending', 'inFlight', 'delivered', 'exhausted', 'cancelled'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Why a delivery exists: the event itself, a person's resend, a recovery, or a ping (never retried). */
export const DELIVERY_ORIGINS = ['event', 'resend', 'recover', 'ping'] as const
export type DeliveryOrigin = (typeof DELIVERY_ORIGINS)[number]

export interface NewMessage {
  id: string
  action: string
  body: Uint8Array
  createdAtMs: number
  origin?: DeliveryOrigin
  endpointIds: readonly string[]
}

export interface Enqueued {
  /** The id was new: the event row was written by this call. */
  isNew: boolean
  /** Ids of the deliveries made by this call. */
  deliveryIds: string[]
  /** These deliveries, leased, when a lease was asked for. */
  leased?: LeasedDelivery[]
}

export interface EnqueueOptions {
  /** The caller's own open transaction; PostgreSQL only. */
  transaction?: unknown
  /** The new deliveries are the caller's at once, their first attempt open, and never due for anybody else: for pings. */
  lease?: Lease
}

export interface Lease {
  nowMs: number
  /** When another may take the delivery over. */
  untilMs: number
}

export interface ClaimRequest extends Lease {
  endpointId: string
  /** How many first attempts, and how many later ones, may start now. */
  firstAttempts: number
  retries: number
  /** Only the oldest unfinished delivery may go, and only when no other is under way. */
  isOrdered?: boolean
  /** At most this pace, counted in the store so that it survives a restart and spans nodes. */
  rate?: Rate | undefined
}

export interface Claim {
  deliveries: LeasedDelivery[]
  /**
   * When asking again can bring something, by kind; `undefined`: not before the caller itself stores something. A shared
   * store, into which others write too, names the moment at which it should be asked again.
   */
  nextFirstAttemptAtMs: number | undefined
  nextRetryAtMs: number | undefined
}

export interface LeasedDelivery {
  id: string
  endpointId: string
  eventId: string
  action: string
  origin: DeliveryOrigin
  body: Uint8Array
  /** Grows with every lease; a settlement with an older one is refused. */
  fence: number
  /** 1 to 4 on the default schedule. */
  attempt: number
  /** 0, or how often this attempt was already cut off by a crash. */
  run: number
  dueAtMs: number
  startedAtMs: number
  firstAttemptAtMs: number
}

export type InterruptedDelivery = Omit<LeasedDelivery, 'body'>

export interface Settlement {
  deliveryId: string
  fence: number
  attempt: number
  run: number
  closed: ClosedAttempt
  next: NextStep
}

/** `isRepeat`: the same attempt number again, as the crash that cut it off must not use up a slot. */
export type NextStep =
  | { state: 'delivered' | 'exhausted' }
  | { state: 'pending', dueAtMs: number, isRepeat?: boolean }

/** How an attempt ended. */
export interface ClosedAttempt {
  endedAtMs: number
  outcome: AttemptOutcome
  status?: number | undefined
  /** Class of the failure, such as `timeout` or `connection-refused`. */
  error?: string | undefined
  /** Where a refused redirect pointed. */
  location?: string | undefined
  /** The address the connection was pinned to. */
  remoteAddress?: string | undefined
  timings?: AttemptTimings | undefined
  /** The first 4 KiB of the answer. */
  responseBody?: Uint8Array | undefined
}

export type AttemptOutcome = 'delivered' | 'failed' | 'throttled' | 'gone' | 'interrupted'

/** Milliseconds spent in each phase; a phase that did not happen (a kept connection) is absent. */
export interface AttemptTimings {
  lookupMs?: number
  connectMs?: number
  tlsMs?: number
  /** From the start of sending to the end of the answer's headers. */
  waitMs?: number
  readMs?: number
  totalMs: number
}

export interface Attempt extends Partial<ClosedAttempt> {
  number: number
  run: number
  startedAtMs: number
}

export interface Delivery {
  id: string
  eventId: string
  action: string
  endpointId: string
  origin: DeliveryOrigin
  /** 0 for the first series, then one more for each resend or recovery of the same event to the same endpoint. */
  series: number
  state: DeliveryState
  attemptsMade: number
  createdAtMs: number
  firstAttemptAtMs?: number | undefined
  /** When the next attempt is due; absent once finished. */
  dueAtMs?: number | undefined
}

export interface DeliveryWithAttempts extends Delivery {
  attempts: Attempt[]
}

export interface StoredEvent {
  id: string
  action: string
  body: Uint8Array
  createdAtMs: number
}

export interface DeliveryFilter {
  state?: DeliveryState | undefined
  endpointId?: string | undefined
  eventId?: string | undefined
  sinceMs?: number | undefined
  /** The `id` of the last delivery seen: the page after it, as the newest come first. */
  after?: string | undefined
  limit: number
}

export interface ResendRequest {
  deliveryId: string
  nowMs: number
}

export interface RecoverRequest {
  endpointId: string
  /** The actions the endpoint listens to: what it never got is among these. */
  actions: readonly string[]
  sinceMs: number
  nowMs: number
  /** The new series fall due this far apart, so that a recovering receiver is not flooded. */
  spacingMs: number
}
