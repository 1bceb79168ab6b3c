import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import { verify } from '@contactsheet/webhooks'
import { createSender, type Delivery, type Sender, type SenderOptions } from '../src/index.ts'
import { startReceiver } from './helpers/receiver.ts'

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
const UPLOAD = {
  action: 'fp.upload',
  timestamp: 1443444905,
  id: 100946,
  text: { url: 'https://www.filestackapi.com/api/file/WAunDTTqQfCNWwUUyf6n', client: 'Instagram', type: 'image/jpeg', filename: '1579337399020824.jpg', size: 139154 }
} as const

const MINUTE_MS = 60_000

function build (t: Tap, options: Partial<SenderOptions> = {}): Sender {
  const sender = createSender({ database: ':memory:', allow: ['127.0.0.1'], ...options })
  t.teardown(() => sender.close())
  return sender
}
type Tap = { teardown (close: () => unknown): void }

async function finished (sender: Sender, state: Delivery['state']): Promise<Delivery[]> {
  for (;;) {
    const found = await sender.deliveries.list({ state })
    if (found.length > 0) return found
    await new Promise(resolve => setImmediate(resolve))
  }
}

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
  let now = Date.UTC(2026, 0, 1)
  const sender = build(t, { endpoints: [{ url: receiver.url, secret: SECRET }], now: () => now })
  const start = now
  await sender.send(UPLOAD)
  for (const [attempt, offset] of [5, 60, 720].entries()) {
    await receiver.until(attempt + 1)
    const [waiting] = await finished(sender, 'pending')
    t.equal(waiting?.dueAtMs, start + offset * MINUTE_MS)
    now = start + offset * MINUTE_MS
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
