import type { Clock } from 'pg-boss'
import { SenderError } from '../errors.ts'
import type { DeliveryStore, Enqueued, NewMessage, Settlement } from './delivery-store.ts'
import { Batcher } from './postgres/batcher.ts'
import { claimDue } from './postgres/claim.ts'
import { PostgresConnection, executorOfCaller } from './postgres/connection.ts'
import { loadDrivers } from './postgres/drivers.ts'
import { DueQueue } from './postgres/due-queue.ts'
import { EndpointTable } from './postgres/endpoint-table.ts'
import { storeLeased, storeMessages } from './postgres/enqueue.ts'
import { leaseInterrupted } from './postgres/lease.ts'
import { PostgresLog } from './postgres/log.ts'
import { NO_NODE } from './postgres/news.ts'
import { Presence, goneNodes } from './postgres/presence.ts'
import { BOSS_SCHEMA, prepareSchema, touch } from './postgres/schema.ts'
import { settleAll } from './postgres/settle.ts'
import { erase, prune, recover, resend } from './postgres/upkeep.ts'

const CONNECT_TIMEOUT_MS = 10_000

export interface PostgresStoreOptions {
  /** Connections at most, 2 or more, beside the one that says this node is alive. @defaultValue 10 */
  connections?: number
  /** What failed in the background (a lost connection, pg-boss's upkeep); nothing is lost by it. */
  onError?: (error: Error) => void
  /** pg-boss's clock, for tests. */
  clock?: Clock
}

/**
 * The store for several nodes: what is due lives in pg-boss, all else in tables of ours, changed in one transaction.
 * Makes the schemas `contactsheet_sender` and `contactsheet_sender_due` when they are missing.
 *
 * @throws {SenderError} SENDER_DRIVER_MISSING, SENDER_DATABASE_UNREADABLE
 */
export async function openPostgresStore (url: string, { connections = 10, onError = () => {}, clock }: PostgresStoreOptions = {}): Promise<DeliveryStore> {
  const { Pool, Client, PgBoss, enableClockOverride } = await loadDrivers()
  const session = { connectionString: url, application_name: 'contactsheet-sender', connectionTimeoutMillis: CONNECT_TIMEOUT_MS }
  const connection = new PostgresConnection(
    config => new Pool({ ...session, ...config, max: Math.max(2, connections) }).on('error', onError), clock ? [enableClockOverride()] : [])
  const boss = new PgBoss({
    db: connection.boss, schema: BOSS_SCHEMA, schedule: false, registerInstance: false, openTelemetry: { enabled: false }, ...(clock ? { clock } : {})
  })
  boss.on('error', onError)
  const close = async (): Promise<void> => {
    await boss.stop({ graceful: false })
    await connection.close()
  }
  try {
    await prepareSchema(connection, () => boss.start())
    const watchers: Watcher[] = []
    const presence = await Presence.enter(connection, {
      connect: () => new Client({ ...session, keepAlive: true }),
      onError,
      onNews: endpointId => { for (const watcher of watchers) watcher(endpointId) }
    })
    return createStore(connection, new DueQueue(boss), presence, watchers, close)
  } catch (error) {
    await close()
    if (error instanceof SenderError) throw error
    throw new SenderError('SENDER_DATABASE_UNREADABLE', `cannot use the PostgreSQL database: ${(error as Error).message}`, { cause: error })
  }
}

type Watcher = (endpointId: string | undefined) => void

function createStore (connection: PostgresConnection, queue: DueQueue, presence: Presence, watchers: Watcher[], close: () => Promise<void>): DeliveryStore {
  const { node } = presence
  const endpoints = new EndpointTable(connection, queue, node)
  const log = new PostgresLog(connection)
  const enqueued = new Batcher<NewMessage, Enqueued>(messages => connection.transaction(executor => storeMessages(executor, queue, messages, node)))
  const settled = new Batcher<Settlement, boolean>(settlements => connection.transaction(executor => settleAll(executor, queue, settlements)))

  return {
    isShared: true,
    async enqueue (message, { transaction, lease } = {}) {
      if (transaction !== undefined) return await enqueueWithin(queue, message, transaction)
      if (!lease) return await enqueued.add(message)
      return await connection.transaction(executor => storeLeased(executor, message, lease, node))
    },
    claim: request => connection.transaction(executor => claimDue(executor, queue, request, node)),
    settle: settlement => settled.add(settlement),
    takeInterrupted: async (lease, limit) => await leaseInterrupted(connection, lease, limit, node, await goneNodes(connection, node)),
    endpoints: () => endpoints.list(),
    putEndpoint: (record, known) => endpoints.put(record, known),
    removeEndpoint: endpointId => endpoints.remove(endpointId),
    deliveries: filter => log.deliveries(filter),
    delivery: deliveryId => log.delivery(deliveryId),
    event: eventId => log.event(eventId),
    resend: request => connection.transaction(executor => resend(executor, queue, request, node)),
    recover: request => connection.transaction(executor => recover(executor, queue, request, node)),
    erase: eventId => connection.transaction(executor => erase(executor, queue, eventId)),
    prune: (beforeMs, limit) => connection.transaction(executor => prune(executor, beforeMs, limit)),
    counts: () => log.counts(),
    check: () => touch(connection),
    watch (onNews) {
      watchers.push(onNews)
    },
    async close () {
      await Promise.all([enqueued.idle(), settled.idle()])
      await presence.leave()
      await close()
    }
  }
}

async function enqueueWithin (queue: DueQueue, message: NewMessage, transaction: unknown): Promise<Enqueued> {
  const executor = executorOfCaller(transaction)
  if (!executor) {
    throw new SenderError('SENDER_TRANSACTION_UNSUPPORTED', 'transaction must be a pg client or an object with executeSql, such as one of pg-boss\'s adapters makes')
  }
  const [made] = await storeMessages(executor, queue, [message], NO_NODE)
  return made ?? { isNew: false, deliveryIds: [] }
}
