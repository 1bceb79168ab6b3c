import pg from 'pg'
import { PgBoss } from 'pg-boss'
import t from 'tap'
import type { DeliveryStore } from '../../src/stores/delivery-store.ts'
import { openPostgresStore } from '../../src/stores/postgres-store.ts'
import { LOCK_CLASS } from '../../src/stores/postgres/schema.ts'
import { openClockedStore } from '../helpers/clocked-store.ts'
import { startCluster } from '../../../webhooks/test/postgres.ts'
import { deliveryStoreSuite, type Suite } from './delivery-store-suite.ts'
import { LEASE_MS, NOW_MS, claim, claimed, endpoint, exhaust, message, settle } from './suite/material.ts'

const cluster = await startCluster()
t.teardown(() => cluster.stop())
t.setTimeout(300_000)
/** With all tables, and nothing in them. */
const prepared = await cluster.database()
await (await openPostgresStore(prepared)).close()

const shared = await cluster.database(prepared)

t.test('the shared suite', async t => {
  await deliveryStoreSuite(t, async t => {
    await emptied(t, shared)
    return { store: await open(t, shared), reopen: () => open(t, shared) }
  })
})

/** Cheaper than a new database for each of the suite's many tests. */
async function emptied (t: Suite, url: string): Promise<void> {
  const client = await connect(t, url)
  await client.query(`TRUNCATE contactsheet_sender.events, contactsheet_sender.deliveries, contactsheet_sender.attempts, contactsheet_sender.endpoints RESTART IDENTITY;
    DELETE FROM contactsheet_sender_due.job; DELETE FROM contactsheet_sender_due.queue WHERE name LIKE 'endpoint/%'`)
}

async function open (t: Suite, url: string): Promise<DeliveryStore> {
  const store = await openClockedStore(url)
  t.teardown(() => store.close())
  return store
}

async function connect (t: Suite, connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  t.teardown(() => client.end())
  return client
}

t.test('what waits has one job in pg-boss, and nothing else has one', async t => {
  const url = await cluster.database(prepared)
  const store = await open(t, url)
  await store.putEndpoint(endpoint('ep_one'))
  await store.putEndpoint(endpoint('ep_two'))
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await store.enqueue(message(id, { endpointIds: ['ep_one', 'ep_two'] }))
  await settle(store, await claimed(store), { state: 'delivered' })
  await settle(store, await claimed(store))
  const old = await claimed(store)
  await settle(store, old, { state: 'exhausted' })
  await store.resend({ deliveryId: old.id, nowMs: NOW_MS })
  await claimed(store)
  await store.enqueue(message('ping', { origin: 'ping' }), { lease: { nowMs: NOW_MS, untilMs: NOW_MS + LEASE_MS } })
  await store.erase('e')
  await store.recover({ endpointId: 'ep_one', actions: ['fp.upload'], sinceMs: 0, nowMs: NOW_MS, spacingMs: 10 })
  await store.removeEndpoint('ep_two')
  const waiting = (await store.deliveries({ state: 'pending', limit: 100 })).map(({ id }) => id)
  const client = await connect(t, url)
  const { rows } = await client.query<{ id: string }>('SELECT data->>\'deliveryId\' AS id FROM contactsheet_sender_due.job')
  t.equal(waiting.length, 3)
  t.same(rows.map(({ id }) => id).sort(), waiting.sort())
})

t.test('a job says when it is due, and outlives any outage', async t => {
  const url = await cluster.database(prepared)
  const store = await open(t, url)
  await store.putEndpoint(endpoint())
  await store.enqueue(message('a'))
  await settle(store, await claimed(store), { state: 'pending', dueAtMs: NOW_MS + 300_123 })
  const boss = new PgBoss({ connectionString: url, schema: 'contactsheet_sender_due', supervise: false, registerInstance: false })
  await boss.start()
  t.teardown(() => boss.stop({ graceful: false }))
  const [job] = await boss.findJobs('endpoint/ep_one')
  t.equal(job?.startAfter.getTime(), NOW_MS + 300_123)
  t.ok((job?.keepUntil.getTime() ?? 0) - NOW_MS > 50 * 365 * 24 * 60 * 60 * 1000)
})

for (const [name, wrap] of [
  ['a pg client', (client: pg.Client) => client],
  ['an object with executeSql', (client: pg.Client) => ({ executeSql: async (text: string, values?: unknown[]) => await client.query(text, values) })]
] as const) {
  t.test(`in the caller's own transaction (${name}) an event exists if, and only if, that commits`, async t => {
    const url = await cluster.database(prepared)
    const store = await open(t, url)
    await store.putEndpoint(endpoint())
    const client = await connect(t, url)
    await client.query('CREATE TABLE photos (id int)')
    for (const [id, end] of [['kept', 'COMMIT'], ['dropped', 'ROLLBACK']] as const) {
      await client.query('BEGIN')
      await client.query('INSERT INTO photos VALUES (1)')
      const enqueued = await store.enqueue(message(id), { transaction: wrap(client) })
      t.match(enqueued, { isNew: true, deliveryIds: [String] })
      t.equal(await store.event(id), undefined, 'not before the commit')
      t.same((await claim(store, { nowMs: NOW_MS - 1 })).deliveries, [])
      await client.query(end)
    }
    t.same((await claim(store)).deliveries.map(({ eventId }) => eventId), ['kept'])
    t.equal(await store.event('dropped'), undefined)
    t.equal((await client.query('SELECT count(*)::int AS photos FROM photos')).rows[0].photos, 1)
  })
}

t.test('a transaction that is none is refused', async t => {
  const store = await open(t, await cluster.database(prepared))
  for (const transaction of [{}, 'BEGIN', null, 1]) {
    await t.rejects(store.enqueue(message('a', { endpointIds: [] }), { transaction }), { code: 'SENDER_TRANSACTION_UNSUPPORTED' })
  }
})

t.test('two nodes that claim at once never get the same delivery, and leave none', async t => {
  const url = await cluster.database(prepared)
  const nodes = [await open(t, url), await open(t, url)] as const
  await nodes[0].putEndpoint(endpoint())
  await Promise.all(Array.from({ length: 200 }, (_, index) => nodes[index % 2 === 0 ? 0 : 1].enqueue(message(`e${index}`))))
  const claims = await Promise.all(Array.from({ length: 40 }, (_, index) => claim(nodes[index % 2 === 0 ? 0 : 1])))
  const ids = claims.flatMap(({ deliveries }) => deliveries.map(({ id }) => id))
  t.equal(new Set(ids).size, ids.length)
  const left = await claim(nodes[0], { firstAttempts: 500 })
  t.equal(ids.length + left.deliveries.length, 200)
})

t.test('a node that is gone loses its leases at once, one that lives keeps them', async t => {
  const url = await cluster.database(prepared)
  const gone = await openClockedStore(url)
  const living = await open(t, url)
  const heir = await open(t, url)
  await gone.putEndpoint(endpoint())
  for (const id of ['a', 'b']) await gone.enqueue(message(id))
  const [lost, held] = [await claimed(gone), await claimed(living)]
  await gone.close()
  const taken = await heir.takeInterrupted({ nowMs: NOW_MS + 1, untilMs: NOW_MS + LEASE_MS }, 10)
  t.same(taken.map(({ id }) => id), [lost.id])
  t.equal(await settle(living, held, { state: 'delivered' }), true)
})

t.test('a node hears what another stores, removes and adds', async t => {
  const url = await cluster.database(prepared)
  const [teller, listener] = [await open(t, url), await open(t, url)]
  const heard: Array<string | undefined> = []
  const until = async (count: number): Promise<void> => {
    while (heard.length < count) await new Promise(resolve => setImmediate(resolve))
  }
  listener.watch?.(endpointId => { heard.push(endpointId) })
  await teller.putEndpoint(endpoint())
  await until(1)
  await teller.enqueue(message('a'))
  await until(2)
  await listener.enqueue(message('b'))
  await teller.removeEndpoint('ep_one')
  await until(3)
  t.same(heard, [undefined, 'ep_one', undefined])
})

t.test('a session that is cut off comes back, and whoever watches is told to look', async t => {
  const url = await cluster.database(prepared)
  const store = await open(t, url)
  const told = new Promise<string | undefined>(resolve => store.watch?.(resolve))
  const client = await connect(t, url)
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')
  t.equal(await told, undefined)
  await store.putEndpoint(endpoint())
  await store.enqueue(message('a'))
  t.match(await claimed(store), { eventId: 'a' })
})

t.test('a broken session that the server still believes in does not keep its node out', async t => {
  const url = await cluster.database(prepared)
  const store = await open(t, url)
  const told = new Promise<string | undefined>(resolve => store.watch?.(resolve))
  const client = await connect(t, url)
  const { rows: [{ node }] } = await client.query('SELECT objid::int AS node FROM pg_locks WHERE locktype = \'advisory\' AND classid = $1::int::oid AND objid > 0', [LOCK_CLASS])
  const believed = new pg.Client({ connectionString: url })
  await believed.connect()
  const ended = new Promise(resolve => believed.on('error', resolve))
  const taking = believed.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, node])
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = \'advisory\' AND granted AND classid = $1::int::oid AND objid = $2::int::oid', [LOCK_CLASS, node])
  await taking
  await told
  await ended
  t.same(await store.takeInterrupted({ nowMs: NOW_MS, untilMs: NOW_MS + LEASE_MS }, 10), [])
})

t.test('an event for an endpoint that another node has just removed is stored without it', async t => {
  const url = await cluster.database(prepared)
  const [one, other] = [await open(t, url), await open(t, url)]
  await one.putEndpoint(endpoint('ep_one'))
  await one.putEndpoint(endpoint('ep_two'))
  await other.removeEndpoint('ep_one')
  const { isNew, deliveryIds } = await one.enqueue(message('a', { endpointIds: ['ep_one', 'ep_two'] }))
  t.same([isNew, deliveryIds.length], [true, 1])
})

t.test('an old event that is being stored again is not forgotten by another node meanwhile', async t => {
  const url = await cluster.database(prepared)
  const [one, other] = [await open(t, url), await open(t, url)]
  await one.putEndpoint(endpoint())
  await one.enqueue(message('old', { endpointIds: [], createdAtMs: NOW_MS - 10 }))
  const client = await connect(t, url)
  await client.query('BEGIN')
  await one.enqueue(message('old', { createdAtMs: NOW_MS - 10 }), { transaction: client })
  t.equal(await other.prune(NOW_MS - 5, 10), 0)
  await client.query('COMMIT')
  t.match(await claimed(one), { eventId: 'old' })
})

t.test('the log still names a removed endpoint', async t => {
  const store = await open(t, await cluster.database(prepared))
  await store.putEndpoint(endpoint())
  const { id } = await exhaust(store, 'a')
  await store.removeEndpoint('ep_one')
  t.match(await store.delivery(id), { endpointId: 'ep_one' })
})

t.test('two endpoints with one url are told apart from other failures', async t => {
  const store = await open(t, await cluster.database(prepared))
  await store.putEndpoint(endpoint('ep_one'))
  await t.rejects(store.putEndpoint(endpoint('ep_two', { url: endpoint('ep_one').url })), { code: 'SENDER_ENDPOINT_EXISTS' })
})

t.test('a record is not written over one that another node has written meanwhile', async t => {
  const store = await open(t, await cluster.database(prepared))
  const [first, second, third] = [endpoint(), endpoint('ep_one', { timeoutMs: 1 }), endpoint('ep_one', { timeoutMs: 2 })]
  await store.putEndpoint(first)
  await store.putEndpoint(second, first)
  await t.rejects(store.putEndpoint(third, first), { code: 'SENDER_ENDPOINT_CHANGED' })
  t.same(await store.endpoints(), [second])
})

t.test('a database of another format is refused', async t => {
  const url = await cluster.database(prepared)
  await (await openPostgresStore(url)).close()
  const client = await connect(t, url)
  await client.query('UPDATE contactsheet_sender.meta SET version = 99')
  await t.rejects(openPostgresStore(url), { code: 'SENDER_DATABASE_UNREADABLE', message: /format 99/ })
})

t.test('many nodes may make the tables at the same time', async t => {
  const url = await cluster.database()
  const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresStore(url, { connections: 2 })))
  await Promise.all(stores.map(store => store.close()))
  t.equal(stores.length, 4)
})
