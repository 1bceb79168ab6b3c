import { randomBytes } from 'node:crypto'
import { afterInterruption, makeAttempt, type AttemptOptions, type AttemptResult } from './attempt.ts'
import { Dispatcher } from './dispatcher.ts'
import type { EndpointRecord } from './endpoint.ts'
import { EndpointRegistry } from './endpoints.ts'
import { Health } from './health.ts'
import type { LaneSettings } from './lane.ts'
import { publish } from './metrics.ts'
import type { ResolvedOptions } from './options.ts'
import { createSecretBox } from './secret-box.ts'
import type { DeliveryStore, NewMessage } from './stores/delivery-store.ts'
import { openStore } from './stores/open-store.ts'
import { createGuard } from './transport/guard.ts'
import type { Transport } from './transport/transport.ts'
import { createUndiciTransport } from './transport/undici-transport.ts'

/** How soon one node notices what another changed about an endpoint. */
const RELOAD_MS = 5_000
/** Longer than any attempt may take. */
const LEASE_BEYOND_TIMEOUT_MS = 15_000
const PRUNE_EVERY_MS = 10 * 60 * 1000
const PRUNED_AT_ONCE = 500

export type MessageToEnqueue = Omit<NewMessage, 'createdAtMs' | 'endpointIds'>

/** A started sender: the parts, wired. */
export interface Running {
  store: DeliveryStore
  endpoints: EndpointRegistry
  dispatcher: Dispatcher
  enqueue (message: MessageToEnqueue, transaction: unknown): Promise<number>
  ping (endpointId: string): Promise<AttemptResult & { eventId: string }>
  prune (): Promise<number>
  check (): Promise<void>
  close (): Promise<void>
}

/** Opens the database, brings the endpoints into agreement with the options and begins to deliver. */
export async function startSender (options: ResolvedOptions): Promise<Running> {
  const store = await openStore(options.database, error => options.logger.warn({ err: error }, 'the database connection failed'))
  try {
    return await start(options, store)
  } catch (error) {
    await store.close()
    throw error
  }
}

interface Parts {
  store: DeliveryStore
  transport: Transport
  endpoints: EndpointRegistry
  health: Health
  dispatcher: Dispatcher
}

async function start (options: ResolvedOptions, store: DeliveryStore): Promise<Running> {
  const parts = wire(options, store)
  const { endpoints, dispatcher } = parts
  await endpoints.load()
  if (options.endpoints) await endpoints.declare(options.endpoints)
  if (options.deliver !== false) await dispatcher.start()
  const prune = (): Promise<number> => pruneOld(store, options.now() - options.retentionMs)
  const timers = startTimers(options, parts, prune)
  options.logger.info({ entries: (await endpoints.list()).length }, 'sender started')
  return {
    store,
    endpoints,
    dispatcher,
    prune,
    check: shared(() => store.check()),
    enqueue: (message, transaction) => enqueue(options, parts, message, transaction),
    ping: endpointId => ping(options, parts, endpointId),
    async close () {
      for (const timer of timers) clearInterval(timer)
      await dispatcher.stop()
      await parts.health.close()
      await parts.transport.close()
      await store.close()
    }
  }
}

function wire (options: ResolvedOptions, store: DeliveryStore): Parts {
  const { now, logger } = options
  const guard = createGuard(options.allow, options.lookup)
  const transport = options.transport ?? createUndiciTransport({ guard, dispatcher: options.dispatcher })
  const box = options.secrets.length > 0 ? createSecretBox(options.secrets) : undefined
  const endpoints = new EndpointRegistry({
    store,
    guard,
    box,
    now,
    newId,
    onChange (id, record) {
      dispatcher.setLane(id, record && laneOf(record, options))
      if (!record) transport.close(id).catch(error => logger.warn({ err: error }, 'connections could not be closed'))
    }
  })
  const health = new Health(options, endpoints)
  const dispatcher = createDispatcher(options, store, endpoints, transport, health)
  return { store, transport, endpoints, health, dispatcher }
}

/** What is done now and then, and what other nodes tell. */
function startTimers ({ logger, retentionMs }: ResolvedOptions, { store, endpoints, dispatcher }: Parts, prune: () => Promise<number>): NodeJS.Timeout[] {
  const reload = (): Promise<void> => endpoints.load()
  store.watch?.(endpointId => {
    if (endpointId === undefined) reload().catch(error => logger.error({ err: error }, 'the delivery store failed'))
    else dispatcher.note(endpointId, 0)
  })
  return [
    ...(store.isShared ? [repeat(RELOAD_MS, reload, logger)] : []),
    ...(Number.isFinite(retentionMs) ? [repeat(PRUNE_EVERY_MS, prune, logger)] : [])
  ]
}

async function enqueue ({ now }: ResolvedOptions, { store, endpoints, dispatcher }: Parts, message: MessageToEnqueue, transaction: unknown): Promise<number> {
  const { id: eventId, action } = message
  const endpointIds = endpoints.matching(action)
  const { deliveryIds: { length: deliveries } } = await store.enqueue({ ...message, createdAtMs: now(), endpointIds }, { transaction })
  if (deliveries > 0) for (const endpointId of endpointIds) dispatcher.note(endpointId, 0)
  publish('contactsheet.sender.event', () => ({ eventId, action, deliveries }))
  return deliveries
}

function createDispatcher (options: ResolvedOptions, store: DeliveryStore, endpoints: EndpointRegistry, transport: Transport, health: Health): Dispatcher {
  const { now, logger, schedule, breaker, totalConcurrency, timeoutMs } = options
  const attempts: AttemptOptions = { ...options, endpoints, transport }
  return new Dispatcher({
    store,
    attempt: delivery => makeAttempt(attempts, delivery),
    afterInterruption: delivery => afterInterruption(schedule, delivery, now()),
    onSettled: (delivery, result) => health.settled(delivery, result),
    onBreaker: (endpointId, openUntilMs) => {
      publish('contactsheet.sender.breaker', () => ({ endpointId, openUntilMs }))
      logger.warn({ endpointId, openUntilMs }, openUntilMs === undefined ? 'circuit closed' : 'circuit open')
    },
    onError: error => logger.error({ err: error }, 'the delivery store failed'),
    now,
    slots: totalConcurrency,
    breaker,
    leaseMs: timeoutMs + LEASE_BEYOND_TIMEOUT_MS
  })
}

async function ping (options: ResolvedOptions, { store, endpoints, dispatcher }: Parts, id: string): Promise<AttemptResult & { eventId: string }> {
  const { record } = endpoints.find(id)
  const nowMs = options.now()
  const eventId = `ping_${newId()}`
  const body = Buffer.from(JSON.stringify({ action: 'ping', timestamp: Math.floor(nowMs / 1000), id: eventId, text: {} }))
  const { leased: [delivery] = [] } = await store.enqueue(
    { id: eventId, action: 'ping', body, createdAtMs: nowMs, origin: 'ping', endpointIds: [record.id] },
    { lease: { nowMs, untilMs: nowMs + leaseFor(record, options) } })
  if (!delivery) throw new Error('the store made no delivery for a ping')
  return { ...await dispatcher.run(delivery), eventId }
}

function laneOf (record: EndpointRecord, options: ResolvedOptions): LaneSettings | undefined {
  const { isEnabled, isOrdered, rateLimit: rate, concurrency } = record
  return isEnabled ? { slots: concurrency ?? options.concurrency, isOrdered, rate, leaseMs: leaseFor(record, options) } : undefined
}

function leaseFor ({ timeoutMs }: EndpointRecord, options: ResolvedOptions): number {
  return (timeoutMs ?? options.timeoutMs) + LEASE_BEYOND_TIMEOUT_MS
}

/** In small parts, so that deliveries go on in between. */
async function pruneOld (store: DeliveryStore, beforeMs: number): Promise<number> {
  let forgotten = 0
  for (;;) {
    const count = await store.prune(beforeMs, PRUNED_AT_ONCE)
    forgotten += count
    if (count < PRUNED_AT_ONCE) return forgotten
  }
}

/** Whoever asks while an answer is on its way gets that one: anybody may ask, and asking costs a commit. */
function shared (work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined
  return () => {
    underWay ??= work().finally(() => { underWay = undefined })
    return underWay
  }
}

function repeat (everyMs: number, work: () => Promise<unknown>, logger: ResolvedOptions['logger']): NodeJS.Timeout {
  return setInterval(() => {
    work().catch(error => logger.error({ err: error }, 'the delivery store failed'))
  }, everyMs)
}

/** 96 random bits, as text that fits in ids and urls. */
function newId (): string {
  return randomBytes(12).toString('base64url')
}
