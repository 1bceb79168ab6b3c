import pg from 'pg'
import t from 'tap'
import { createSender, type Sender, type SenderOptions } from '../../../src/index.ts'
import { startCluster } from '../../../../webhooks/test/postgres.ts'
import { startReceiver } from '../../helpers/receiver.ts'

const cluster = await startCluster()
t.teardown(() => cluster.stop())
t.setTimeout(300_000)
const HOST_SECRET = 'a host key for tests only'

/** A node at work. */
async function start (t: { teardown (end: () => unknown): void }, database: string, options: Partial<SenderOptions> = {}): Promise<Sender> {
  const sender = createSender({ database, secrets: [HOST_SECRET], allow: ['127.0.0.1'], ...options })
  await sender.start()
  t.teardown(() => sender.close())
  return sender
}

async function finished (sender: Sender, count: number): Promise<void> {
  while ((await sender.deliveries.counts()).delivered < count) await new Promise(resolve => setImmediate(resolve))
}

t.test('two nodes share the work, and each delivery is made once', async t => {
  const database = await cluster.database()
  const receiver = await startReceiver(t)
  const nodes = [await start(t, database), await start(t, database)] as const
  await nodes[0].endpoints.add({ url: receiver.url })
  await nodes[0].send({ action: 'fp.upload', id: 0 })
  await receiver.until(1)
  await Promise.all(Array.from({ length: 300 }, (_, index) => nodes[0].send({ action: 'fp.upload', id: index + 1 })))
  await receiver.until(301)
  await finished(nodes[1], 301)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  t.equal(ids.length, 301)
  t.equal(new Set(ids).size, 301)
})

t.test('an event of the caller\'s own transaction is delivered when that commits', async t => {
  const database = await cluster.database()
  const receiver = await startReceiver(t)
  const node = await start(t, database)
  await node.endpoints.add({ url: receiver.url })
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  t.teardown(() => client.end())
  for (const [id, end] of [[1, 'ROLLBACK'], [2, 'COMMIT']] as const) {
    await client.query('BEGIN')
    await node.send({ action: 'fp.upload', id }, { transaction: client })
    await client.query(end)
  }
  const [request] = await receiver.until(1)
  t.equal(request?.headers['webhook-id'], 'fp_upload_2')
})

t.test('what one node learns of an endpoint, the other knows', async t => {
  const database = await cluster.database()
  const receiver = await startReceiver(t)
  const [one, other] = [await start(t, database), await start(t, database)]
  const { id } = await one.endpoints.add({ url: receiver.url, events: ['fp.upload'] })
  while ((await other.endpoints.list()).length === 0) await new Promise(resolve => setImmediate(resolve))
  t.match(await other.send({ action: 'fp.upload', id: 1 }), { deliveries: 1 })
  await receiver.until(1)
  await other.endpoints.remove(id)
  while ((await one.endpoints.list()).length > 0) await new Promise(resolve => setImmediate(resolve))
  t.match(await one.send({ action: 'fp.upload', id: 2 }), { deliveries: 0 })
})

t.test('nodes that start together with the same declared endpoint make one of it', async t => {
  const database = await cluster.database()
  const endpoints = [{ url: 'http://127.0.0.1:9/hook', events: ['fp.upload'], secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' }]
  const nodes = await Promise.all([1, 2, 3].map(() => start(t, database, { endpoints })))
  const lists = await Promise.all(nodes.map(node => node.endpoints.list()))
  t.same(new Set(lists.flat().map(({ endpointId }) => endpointId)).size, 1)
})

t.test('changes that two nodes make of one endpoint at the same moment are all kept', async t => {
  const database = await cluster.database()
  const [one, other] = [await start(t, database), await start(t, database)]
  const { id } = await one.endpoints.add({ url: 'http://127.0.0.1:9/hook', events: ['fp.upload'] })
  while ((await other.endpoints.list()).length === 0) await new Promise(resolve => setImmediate(resolve))
  await Promise.all([one.endpoints.update(id, { timeoutMs: 1_234 }), other.endpoints.update(id, { concurrency: 7 }), other.endpoints.rotate(id), one.endpoints.disable(id)])
  const third = await start(t, database)
  t.match(await third.endpoints.get(id), { timeoutMs: 1_234, concurrency: 7, isEnabled: false })
})

t.test('nodes that start together under a new key of the host agree on what is sealed anew', async t => {
  const database = await cluster.database()
  const old = createSender({ database, secrets: [HOST_SECRET], deliver: false })
  const { id } = await old.endpoints.add({ url: 'https://receiver.example/hook' })
  await old.close()
  const nodes = await Promise.all([1, 2, 3].map(() => start(t, database, { secrets: ['the new key of the host', HOST_SECRET] })))
  t.match(await Promise.all(nodes.map(node => node.endpoints.get(id))), [{ id }, { id }, { id }])
  const later = await start(t, database, { secrets: ['the new key of the host'] })
  t.match(await later.endpoints.get(id), { id })
})

t.test('connections that break in the middle of the work lose nothing', async t => {
  const database = await cluster.database()
  const receiver = await startReceiver(t)
  const node = await start(t, database, { timeoutMs: 1_000 })
  await node.endpoints.add({ url: receiver.url })
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  t.teardown(() => client.end())
  const ids = Array.from({ length: 300 }, (_, id) => id).values()
  const caller = async (): Promise<void> => {
    for (const id of ids) while (!await node.send({ action: 'fp.upload', id }).catch(() => undefined));
  }
  const stored = Promise.all(Array.from({ length: 8 }, caller))
  for (const count of [40, 120, 200]) {
    await receiver.until(count)
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')
  }
  await stored
  const watcher = await start(t, database, { deliver: false })
  await finished(watcher, 300)
  t.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 300)
})

t.test('a tool beside the nodes stores but does not deliver', async t => {
  const database = await cluster.database()
  const tool = await start(t, database, { deliver: false })
  const receiver = await startReceiver(t)
  await tool.endpoints.add({ url: receiver.url })
  await tool.send({ action: 'fp.upload', id: 1 })
  t.match(await tool.deliveries.counts(), { pending: 1, inFlight: 0, delivered: 0 })
  const node = await start(t, database)
  await receiver.until(1)
  await finished(node, 1)
  t.equal(receiver.received.length, 1)
})
