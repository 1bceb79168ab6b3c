import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { verify } from '@contactsheet/webhooks'
import { MINUTE_MS, NOW_MS, SECRET, UPLOAD, build, fakeNetwork, finished } from './helpers/build.ts'
import { startReceiver } from './helpers/receiver.ts'

t.test('an event reaches its endpoint at once, signed', async t => {
  const receiver = await startReceiver(t)
  const sender = build(t, { endpoints: [{ url: receiver.url, events: 'all', secret: SECRET }] })
  t.same(await sender.send(UPLOAD), { id: 'fp_upload_100946', deliveries: 1 })
  const [request] = await receiver.until(1)
  t.same(JSON.parse(String(request?.body)), UPLOAD)
  t.match(verify({ headers: request?.headers ?? {}, body: request?.body ?? Buffer.alloc(0), secret: SECRET }), { valid: true })
})

t.test('a failed delivery is tried again 5 minutes, 1 hour and 12 hours after the first attempt', async t => {
  const receiver = await startReceiver(t, response => { response.writeHead(500).end('broken') })
  let now = NOW_MS
  const sender = build(t, { endpoints: [{ url: receiver.url, secret: SECRET }], now: () => now })
  await sender.send(UPLOAD)
  for (const [attempt, offset] of [5, 60, 720].entries()) {
    await receiver.until(attempt + 1)
    const [waiting] = await finished(sender, 'pending')
    t.equal(waiting?.dueAtMs, NOW_MS + offset * MINUTE_MS)
    now = NOW_MS + offset * MINUTE_MS
    sender.wake()
  }
  const [delivery] = await finished(sender, 'exhausted')
  const log = await sender.deliveries.get(delivery?.id ?? '')
  t.same(log?.attempts.map(({ number, outcome, status }) => ({ number, outcome, status })), [1, 2, 3, 4].map(number => ({ number, outcome: 'failed', status: 500 })))
})

t.test('the same event sent twice is delivered once', async t => {
  const receiver = await startReceiver(t)
  const sender = build(t, { endpoints: [{ url: receiver.url, secret: SECRET }] })
  const sent = await Promise.all([sender.send(UPLOAD), sender.send(UPLOAD)])
  t.same(sent.map(({ deliveries }) => deliveries), [1, 0])
  await finished(sender, 'delivered')
  t.equal(receiver.received.length, 1)
})

t.test('an event stored before a SIGKILL is delivered after the next start', async t => {
  const receiver = await startReceiver(t)
  const database = join(t.testdir(), 'sender.sqlite')
  const child = spawn(process.execPath, ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning',
    join(import.meta.dirname, 'helpers/send-and-hang.ts'), database, receiver.url, SECRET], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')

  const sender = build(t, { database, endpoints: [{ url: receiver.url, secret: SECRET }] })
  await sender.start()
  const [request] = await receiver.until(1)
  t.equal(request?.headers['webhook-id'], 'fp_upload_1')
  const [delivery] = await finished(sender, 'delivered')
  const log = await sender.deliveries.get(delivery?.id ?? '')
  t.same(log?.attempts.map(({ number, run, outcome }) => ({ number, run, outcome })), [
    { number: 1, run: 0, outcome: 'interrupted' },
    { number: 1, run: 1, outcome: 'delivered' }
  ])
})

t.test('a second process on the same file is refused with a clear error', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  await build(t, { database }).start()
  await t.rejects(build(t, { database }).start(), { code: 'SENDER_DATABASE_LOCKED', message: /another process delivers from/ })
})

t.test('a database that could not be opened is opened by the next call', async t => {
  const receiver = await startReceiver(t)
  const folder = join(t.testdir(), 'mounted-later')
  const sender = build(t, { database: join(folder, 'sender.sqlite'), endpoints: [{ url: receiver.url, secret: SECRET }] })
  await t.rejects(Promise.all([sender.start(), sender.send(UPLOAD)]), { code: 'SENDER_DATABASE_UNREADABLE' })
  await mkdir(folder)
  t.same(await sender.send(UPLOAD), { id: 'fp_upload_100946', deliveries: 1 })
  await receiver.until(1)
})

t.test('every attempt has the same bytes and id, and its own timestamp and signatures', async t => {
  const network = fakeNetwork(() => ({ status: 500 }))
  let now = NOW_MS
  const sender = build(t, { endpoints: [{ url: 'https://receiver.example/', secret: SECRET }], transport: network, now: () => now })
  await sender.send(UPLOAD)
  await finished(sender, 'pending')
  now += 5 * MINUTE_MS
  sender.wake()
  const [first, second] = await network.until(2)
  t.same(second?.body, first?.body)
  t.equal(second?.headers['webhook-id'], first?.headers['webhook-id'])
  t.equal(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp']), 300)
  t.equal(second?.headers['FS-Timestamp'], second?.headers['webhook-timestamp'])
  t.not(second?.headers['FS-Signature'], first?.headers['FS-Signature'])
  for (const request of [first, second]) {
    const nowMs = Number(request?.headers['webhook-timestamp']) * 1000
    t.match(verify({ headers: request?.headers ?? {}, body: request?.body ?? Buffer.alloc(0), secret: SECRET, now: () => nowMs }), { valid: true })
  }
})

t.test('an overdue slot fires once and at once after a downtime, and the last slot keeps its place', async t => {
  const network = fakeNetwork(() => ({ status: 500 }))
  const database = join(t.testdir(), 'sender.sqlite')
  let now = NOW_MS
  const options = { database, endpoints: [{ url: 'https://receiver.example/', secret: SECRET }], transport: network, now: () => now }
  const before = build(t, options)
  await before.send(UPLOAD)
  await finished(before, 'pending')
  await before.close()

  now = NOW_MS + 3 * 60 * MINUTE_MS
  const after = build(t, options)
  await after.start()
  await network.until(2)
  const [afterSecond] = await finished(after, 'pending')
  t.match(afterSecond, { attemptsMade: 2, dueAtMs: now + 5 * MINUTE_MS })
  now += 5 * MINUTE_MS
  after.wake()
  await network.until(3)
  const [afterThird] = await finished(after, 'pending')
  t.match(afterThird, { attemptsMade: 3, dueAtMs: NOW_MS + 720 * MINUTE_MS })
})

t.test('nothing is sent a millisecond early', async t => {
  const network = fakeNetwork(() => ({ status: 500 }))
  let now = NOW_MS
  const sender = build(t, { endpoints: [{ url: 'https://receiver.example/', secret: SECRET }], transport: network, now: () => now })
  await sender.send(UPLOAD)
  await finished(sender, 'pending')
  now = NOW_MS + 5 * MINUTE_MS - 1
  sender.wake()
  await sender.send({ ...UPLOAD, id: 2 })
  await network.until(2)
  t.same(network.requests.map(({ headers }) => headers['webhook-id']), ['fp_upload_100946', 'fp_upload_2'])
})

t.test('an event that nobody listens to is stored and goes nowhere', async t => {
  const sender = build(t, { endpoints: [{ url: 'https://receiver.example/', events: ['fp.delete'], secret: SECRET }], transport: fakeNetwork() })
  t.equal((await sender.send(UPLOAD)).deliveries, 0)
})

t.test('a delivery that used up its schedule is told', async t => {
  const told = new Promise(resolve => {
    const sender = build(t, { schedule: [], endpoints: [{ url: 'https://receiver.example/', secret: SECRET }], transport: fakeNetwork(() => ({ status: 500 })), onExhausted: resolve })
    sender.send(UPLOAD)
  })
  t.match(await told, { eventId: 'fp_upload_100946', action: 'fp.upload' })
})

t.test('closing waits for what is under way and keeps its outcome', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const network = fakeNetwork()
  const options = { database, endpoints: [{ url: 'https://receiver.example/', secret: SECRET }], transport: network }
  const sender = build(t, options)
  await sender.send(UPLOAD)
  await network.until(1)
  const closed = sender.close()
  network.open[0]?.answer({ status: 200 })
  await closed
  const [delivery] = await build(t, options).deliveries.list()
  t.equal(delivery?.state, 'delivered')
})

t.test('after closing every call is refused', async t => {
  const sender = build(t)
  await sender.start()
  await sender.close()
  await t.rejects(sender.send(UPLOAD), { code: 'SENDER_CLOSED' })
  await t.rejects(sender.start(), { code: 'SENDER_CLOSED' })
})

t.test('closing twice, or while a call waits for the start, is fine', async t => {
  const sender = build(t)
  const call = sender.deliveries.list()
  await Promise.all([t.rejects(call, { code: 'SENDER_CLOSED' }), sender.close(), sender.close()])
})

t.test('what was being stored when the sender closed is stored or refused, never forgotten', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const options = { database, endpoints: [{ url: 'https://receiver.example/', secret: SECRET }], transport: fakeNetwork(() => ({ status: 200 })) }
  const sender = build(t, options)
  await sender.start()
  const some = (from: number) => Array.from({ length: 25 }, (_, index) => sender.send({ ...UPLOAD, id: from + index }))
  const before = some(0)
  await Promise.resolve().then(() => {}).then(() => {})
  const after = some(25)
  const closing = sender.close()
  const accepted = (await Promise.allSettled([...before, ...after])).filter(({ status }) => status === 'fulfilled')
  await closing
  t.equal(accepted.length, 25)
  t.equal((await build(t, options).deliveries.list()).length, accepted.length)
})
