// The PostgreSQL store without a network behind it: what storing, taking and settling cost, what a large backlog adds,
// and what pg-boss costs beside the same work on our own table alone.
//
//   node --conditions=contactsheet-source test/bench/sender/postgres.ts [--deliveries 10000] [--backlog 200000]
import { parseArgs } from 'node:util'
import type { DeliveryStore, LeasedDelivery, Settlement } from '../../../packages/sender/src/stores/delivery-store.ts'
import { openPostgresStore } from '../../../packages/sender/src/stores/postgres-store.ts'
import { PostgresConnection } from '../../../packages/sender/src/stores/postgres/connection.ts'
import { loadDrivers } from '../../../packages/sender/src/stores/postgres/drivers.ts'
import { leasePending } from '../../../packages/sender/src/stores/postgres/lease.ts'
import { percentile, report, told } from '../../results/report.ts'
import { rateOf } from './event.ts'
import { Cleanup, startPostgresFor } from './processes.ts'

const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '10000' }, backlog: { type: 'string', default: '200000' } } })
const deliveries = Number(values.deliveries)
const backlog = Number(values.backlog)
const CALLERS = 32
const HOUR_MS = 3_600_000
const LEASE_MS = 60_000
const ENDPOINT = {
  id: 'ep_bench', url: 'https://receiver.example/', events: ['fp.upload'], isEnabled: true, isDeclared: false, isOrdered: false, secrets: [], createdAtMs: 0
}
let stored = 0

const cleanup = new Cleanup()
try {
  const url = await startPostgresFor(cleanup)
  const store = await openPostgresStore(url)
  const { Pool } = await loadDrivers()
  const own = new PostgresConnection(config => new Pool({ connectionString: url, ...config }))
  await store.putEndpoint(ENDPOINT)
  const alone = await rateOf(300, 1, () => storeOne(store))
  const together = await rateOf(deliveries - 300, CALLERS, () => storeOne(store))
  const withBoss = await drainRate(store, take(store))
  await rateOf(deliveries, CALLERS, () => storeOne(store))
  const withoutBoss = await drainRate(store, () => takeFromOwnTable(own))
  await own.rows('TRUNCATE contactsheet_sender_due.job')
  const small = await claimTimes(store)
  await fill(store)
  const large = await claimTimes(store)
  report('sender-postgres', 'The PostgreSQL store, fsync on, without a network behind it', [
    told('events stored by one caller', alone, '/s'),
    told(`events stored by ${CALLERS} callers`, together, '/s'),
    told('deliveries taken and settled, what is due in pg-boss', withBoss, '/s'),
    told('the same, what is due in our own table alone', withoutBoss, '/s'),
    told('a claim that finds one delivery, median', percentile(small, 0.5), ' ms'),
    told(`the same with ${backlog.toLocaleString('en')} retries waiting, median`, percentile(large, 0.5), ' ms')
  ])
  await own.close()
  await store.close()
} finally {
  await cleanup.run()
}

function storeOne (store: DeliveryStore): Promise<unknown> {
  const id = `e${stored++}`
  return store.enqueue({ id, action: 'fp.upload', body: Buffer.from(JSON.stringify({ action: 'fp.upload', id, text: 'x'.repeat(200) })), createdAtMs: Date.now(), endpointIds: [ENDPOINT.id] })
}

function take (store: DeliveryStore, firstAttempts = CALLERS): () => Promise<LeasedDelivery[]> {
  return async () => {
    const nowMs = Date.now()
    return (await store.claim({ endpointId: ENDPOINT.id, firstAttempts, retries: 0, nowMs, untilMs: nowMs + LEASE_MS })).deliveries
  }
}

async function takeFromOwnTable (own: PostgresConnection): Promise<LeasedDelivery[]> {
  const nowMs = Date.now()
  return await own.transaction(async executor => {
    const due = await executor.rows<{ id: string }>(`
      SELECT seq::text AS id FROM contactsheet_sender.deliveries
      WHERE endpoint_seq = 1 AND (attempts_made > 0)::int = 0 AND state = 0 AND due_at <= $1 ORDER BY due_at LIMIT ${CALLERS} FOR UPDATE SKIP LOCKED`, [nowMs])
    return await leasePending(executor, due.map(({ id }) => id), { nowMs, untilMs: nowMs + LEASE_MS }, 0)
  })
}

/** Takes and settles until nothing is due, taking the next ones while the last are being settled. */
async function drainRate (store: DeliveryStore, takeSome: () => Promise<LeasedDelivery[]>): Promise<number> {
  const startedAt = performance.now()
  let done = 0
  let settling: Promise<unknown> = Promise.resolve()
  for (let taken = await takeSome(); taken.length > 0; taken = await takeSome()) {
    done += taken.length
    await settling
    settling = Promise.all(taken.map(delivery => store.settle(settlementOf(delivery, { state: 'delivered' }))))
  }
  await settling
  return done / (performance.now() - startedAt) * 1000
}

/** So many retries that are due in an hour. */
async function fill (store: DeliveryStore): Promise<void> {
  await rateOf(backlog, 500, () => storeOne(store))
  const takeMany = take(store, 500)
  for (let taken = await takeMany(); taken.length > 0; taken = await takeMany()) {
    await Promise.all(taken.map(delivery => store.settle(settlementOf(delivery, { state: 'pending', dueAtMs: Date.now() + HOUR_MS }))))
  }
}

async function claimTimes (store: DeliveryStore): Promise<number[]> {
  const times: number[] = []
  const takeOne = take(store, 1)
  for (let round = 0; round < 100; round++) {
    await storeOne(store)
    const startedAt = performance.now()
    const [delivery] = await takeOne()
    times.push(performance.now() - startedAt)
    if (!delivery) throw new Error('nothing was due')
    await store.settle(settlementOf(delivery, { state: 'delivered' }))
  }
  return times
}

function settlementOf ({ id, fence, attempt, run }: LeasedDelivery, next: Settlement['next']): Settlement {
  return { deliveryId: id, fence, attempt, run, closed: { endedAtMs: Date.now(), outcome: next.state === 'delivered' ? 'delivered' : 'failed', status: 200 }, next }
}
