import t from 'tap'
import type { SenderOptions } from '../src/index.ts'
import { MINUTE_MS, NOW_MS, SECRET, UPLOAD, build, fakeNetwork, finished, nextTurn } from './helpers/build.ts'

const HOOK = 'https://receiver.example/hook'
const DAY_MS = 24 * 60 * MINUTE_MS
const endpoints = [{ url: HOOK, secret: SECRET }]
type Disabled = Parameters<NonNullable<SenderOptions['onEndpointDisabled']>>[0]

t.test('410 disables the endpoint, tells it, and keeps the delivery', async t => {
  const sender = build(t, { endpoints, transport: fakeNetwork(() => ({ status: 410 })), onEndpointDisabled: endpoint => told(endpoint) })
  let told: (endpoint: Disabled) => void = () => {}
  const disabled = new Promise<Disabled>(resolve => { told = resolve })
  await sender.send(UPLOAD)
  t.match(await disabled, { url: HOOK, reason: 'gone' })
  const [entry] = await sender.endpoints.list()
  t.match(entry, { isEnabled: false, disabledReason: 'gone' })
  const [delivery] = await finished(sender, 'pending')
  t.match((await sender.deliveries.get(delivery?.id ?? ''))?.attempts, [{ number: 1, outcome: 'gone', status: 410 }])
})

t.test('an endpoint that only failed for as many days as set is disabled', async t => {
  let now = NOW_MS
  const reasons: string[] = []
  const network = fakeNetwork(() => ({ status: 500 }))
  const sender = build(t, { disableAfterDays: 2, schedule: [], now: () => now, endpoints, transport: network, onEndpointDisabled: ({ reason }) => reasons.push(reason) })
  for (const [index, day] of [0, 1, 1.9].entries()) {
    now = NOW_MS + day * DAY_MS
    await sender.send({ ...UPLOAD, id: index })
    await finished(sender, 'exhausted', index + 1)
  }
  t.same(reasons, [])
  now = NOW_MS + 2 * DAY_MS
  await sender.send({ ...UPLOAD, id: 9 })
  while (reasons.length === 0) await nextTurn()
  t.same(reasons, ['failing'])
})

t.test('a success in between starts the days anew', async t => {
  let now = NOW_MS
  const network = fakeNetwork((_request, nth) => ({ status: nth === 2 ? 200 : 500 }))
  const sender = build(t, { disableAfterDays: 2, schedule: [], now: () => now, endpoints, transport: network })
  for (const day of [0, 1, 2.5]) {
    now = NOW_MS + day * DAY_MS
    await sender.send({ ...UPLOAD, id: day * 10 })
    await network.until(network.requests.length)
    await finished(sender, day === 1 ? 'delivered' : 'exhausted', day === 2.5 ? 2 : 1)
  }
  t.ok((await sender.endpoints.list()).every(({ isEnabled }) => isEnabled))
})

t.test('by default an endpoint is never disabled for failing', async t => {
  let now = NOW_MS
  const sender = build(t, { schedule: [], now: () => now, endpoints, transport: fakeNetwork(() => ({ status: 500 })) })
  for (const [index, day] of [0, 400].entries()) {
    now = NOW_MS + day * DAY_MS
    await sender.send({ ...UPLOAD, id: index })
    await finished(sender, 'exhausted', index + 1)
  }
  t.ok((await sender.endpoints.list()).every(({ isEnabled }) => isEnabled))
})

t.test('a resend that fails does not count against the endpoint', async t => {
  const network = fakeNetwork((_request, nth) => ({ status: nth === 1 ? 200 : 500 }))
  const sender = build(t, { schedule: [], endpoints, transport: network })
  await sender.send(UPLOAD)
  const [delivery] = await finished(sender, 'delivered')
  await sender.resend(delivery?.id ?? '')
  await finished(sender, 'exhausted')
  const [entry] = await sender.endpoints.list()
  t.equal((await sender.endpoints.get(entry?.id ?? '')).failingSinceMs, undefined)
})

for (const [how, onExhausted] of [['throws', () => { throw new Error('of the host') }], ['rejects', async () => { throw new Error('of the host') }]] as const) {
  t.test(`a callback of the host that ${how} is logged, and deliveries go on`, async t => {
    const logged: object[] = []
    const logger = { info () {}, warn () {}, error: (fields: object, message: string) => { logged.push({ ...fields, message }) } }
    const sender = build(t, { schedule: [], endpoints, logger, onExhausted, transport: fakeNetwork(() => ({ status: 500 })) })
    for (const id of [1, 2]) await sender.send({ ...UPLOAD, id })
    await finished(sender, 'exhausted', 2)
    await nextTurn()
    t.match(logged.filter(line => 'err' in line), Array.from({ length: 2 }, () => ({ err: { message: 'of the host' }, message: 'a callback of the host failed' })))
  })
}

t.test('the log names what failed, and no body, secret or header', async t => {
  const lines: string[] = []
  const write = (fields: object, message: string): void => { lines.push(JSON.stringify({ ...fields, message })) }
  const sender = build(t, { schedule: [], endpoints, logger: { info: write, warn: write, error: write }, transport: fakeNetwork(() => ({ status: 500, body: Buffer.from('inner workings') })) })
  await sender.send(UPLOAD)
  await finished(sender, 'exhausted')
  t.match(lines.map(line => JSON.parse(line)), [{ message: 'sender started' }, { message: 'attempt failed', outcome: 'failed', status: 500, attempt: 1 }, { message: /exhausted/ }])
  for (const hidden of [SECRET, UPLOAD.text.filename, 'inner workings', 'webhook-signature']) t.notOk(lines.some(line => line.includes(hidden)), hidden)
})
