import t from 'tap'
import { HOST_KEY, MINUTE_MS, NOW_MS, SECRET, UPLOAD, build, fakeNetwork, finished, nextTurn } from './helpers/build.ts'

const url = (name: string): string => `https://${name}.example/`
const declared = (...names: string[]) => names.map(name => ({ url: url(name), secret: SECRET, events: ['fp.upload'] }))

t.test('an endpoint never has more requests under way than its slots', async t => {
  const network = fakeNetwork()
  const sender = build(t, { concurrency: 3, endpoints: declared('one'), transport: network })
  await Promise.all(Array.from({ length: 10 }, (_, id) => sender.send({ ...UPLOAD, id: id + 1 })))
  let most = 0
  for (let answered = 0; answered < 10; answered++) {
    await network.until(Math.min(10, answered + 3))
    most = Math.max(most, network.open.length)
    network.open[0]?.answer({ status: 200 })
  }
  await finished(sender, 'delivered', 10)
  t.equal(most, 3)
})

t.test('endpoints that hang do not take the room of one that answers', async t => {
  const hanging = Array.from({ length: 20 }, (_, index) => `hangs${index}`)
  const network = fakeNetwork(request => request.url.hostname === 'answers.example' ? { status: 200 } : undefined)
  const sender = build(t, { totalConcurrency: 64, concurrency: 32, breaker: false, endpoints: declared(...hanging, 'answers'), transport: network })
  for (let id = 1; id <= 50; id++) await sender.send({ ...UPLOAD, id })
  const delivered = await finished(sender, 'delivered', 50)
  t.equal(delivered.length, 50)
  t.ok(network.open.length <= 63, 'a slot was left')
  for (const request of [...network.open]) request.answer({ status: 200 })
  await settleAll(network)
})

t.test('more than its fair share of all slots an endpoint earns by answering', async t => {
  const network = fakeNetwork()
  const others = declared('two', 'three', 'four').map(endpoint => ({ ...endpoint, events: ['fp.delete'] }))
  const sender = build(t, { totalConcurrency: 64, breaker: false, endpoints: [...declared('one'), ...others], transport: network })
  await Promise.all(Array.from({ length: 40 }, (_, id) => sender.send({ ...UPLOAD, id: id + 1 })))
  await turns()
  t.equal(network.open.length, 8, 'an eighth of all: half of them over four endpoints')
  for (const request of [...network.open]) request.answer({ status: 200 })
  await turns()
  t.equal(network.open.length, 16)
  for (const request of [...network.open]) request.answer({ error: 'timeout' })
  await turns()
  t.equal(network.open.length, 8, 'and loses by silence')
  await settleAll(network)
})

t.test('first attempts go through while as many retries as may go hang', async t => {
  let now = NOW_MS
  const network = fakeNetwork((_request, nth) => nth <= 8 ? { status: 500 } : undefined)
  const sender = build(t, { concurrency: 4, now: () => now, endpoints: declared('one'), transport: network })
  for (let id = 1; id <= 8; id++) await sender.send({ ...UPLOAD, id })
  await network.until(8)
  await finished(sender, 'pending', 8)
  now += 5 * MINUTE_MS
  sender.wake()
  await network.until(8 + 3)
  await sender.send({ ...UPLOAD, id: 99 })
  await network.until(8 + 4)
  t.equal(network.requests.at(-1)?.headers['webhook-id'], 'fp_upload_99')
  await settleAll(network)
})

t.test('an open circuit makes no attempt and uses none up; one probe closes it', async t => {
  let now = NOW_MS
  let isUp = false
  const network = fakeNetwork(() => isUp ? { status: 200 } : { error: 'connection-refused' })
  const sender = build(t, { now: () => now, breaker: { failures: 3, pauseMs: 1_000 }, endpoints: [{ ...declared('one')[0], url: url('one'), concurrency: 1 }], transport: network })
  for (let id = 1; id <= 6; id++) await sender.send({ ...UPLOAD, id })
  await network.until(3)
  for (let turn = 0; turn < 20; turn++) await nextTurn()
  t.equal(network.requests.length, 3)
  t.same((await sender.deliveries.list({ state: 'pending' })).map(({ attemptsMade }) => attemptsMade).sort(), [0, 0, 0, 1, 1, 1])
  isUp = true
  now += 1_000
  sender.wake()
  await finished(sender, 'delivered', 3)
  t.equal(network.requests.length, 6)
})

t.test('a receiver\'s own errors do not open its circuit', async t => {
  const network = fakeNetwork(() => ({ status: 500 }))
  const sender = build(t, { breaker: { failures: 2 }, endpoints: declared('one'), transport: network })
  for (let id = 1; id <= 10; id++) await sender.send({ ...UPLOAD, id })
  await network.until(10)
  t.equal(network.requests.length, 10)
})

t.test('in order: the second event waits until the first is delivered', async t => {
  const network = fakeNetwork()
  const sender = build(t, { endpoints: [{ url: url('one'), secret: SECRET, ordered: true }], transport: network })
  for (const id of [1, 2]) await sender.send({ ...UPLOAD, id })
  await network.until(1)
  for (let turn = 0; turn < 10; turn++) await nextTurn()
  t.equal(network.requests.length, 1)
  network.open[0]?.answer({ status: 200 })
  await network.until(2)
  t.same(network.requests.map(({ headers }) => headers['webhook-id']), ['fp_upload_1', 'fp_upload_2'])
  await settleAll(network)
})

t.test('a rate limit delays, and loses nothing', async t => {
  let now = NOW_MS
  const network = fakeNetwork(() => ({ status: 200 }))
  const sender = build(t, { now: () => now, endpoints: [{ url: url('one'), secret: SECRET, rateLimit: { count: 2, perMs: 1_000 } }], transport: network })
  for (let id = 1; id <= 5; id++) await sender.send({ ...UPLOAD, id })
  await finished(sender, 'delivered', 2)
  const counts: number[] = []
  for (let second = 0; second < 2; second++) {
    counts.push(network.requests.length)
    now += 1_000
    sender.wake()
    await finished(sender, 'delivered', Math.min(5, 4 + second * 2))
  }
  t.same(counts, [2, 4])
  t.equal(network.requests.length, 5)
})

t.test('an endpoint that was removed while its request was under way is forgotten quietly', async t => {
  const network = fakeNetwork()
  const sender = build(t, { secrets: [HOST_KEY], transport: network })
  const { id } = await sender.endpoints.add({ url: url('one'), secret: SECRET })
  await sender.send(UPLOAD)
  await network.until(1)
  await sender.endpoints.remove(id)
  network.open[0]?.answer({ status: 500 })
  await finished(sender, 'cancelled')
  t.same(await sender.endpoints.list(), [])
})

/** Long enough for everything that can start to have started. */
async function turns (): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await nextTurn()
}

/** Answers everything that hangs, so that the sender can close. */
async function settleAll (network: ReturnType<typeof fakeNetwork>): Promise<void> {
  while (network.open.length > 0) {
    for (const request of [...network.open]) request.answer({ status: 200 })
    for (let turn = 0; turn < 5; turn++) await nextTurn()
  }
}
