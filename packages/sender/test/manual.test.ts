import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { HOST_KEY, NOW_MS, SECRET, UPLOAD, build, fakeNetwork, finished, textOf } from './helpers/build.ts'

const HOOK = 'https://receiver.example/hook'
const endpoints = [{ url: HOOK, secret: SECRET }]

t.test('a resend is a new series, marked, with the whole schedule', async t => {
  const network = fakeNetwork(() => ({ status: 500 }))
  const sender = build(t, { schedule: [], endpoints, transport: network })
  await sender.send(UPLOAD)
  const [old] = await finished(sender, 'exhausted')
  const id = await sender.resend(old?.id ?? '')
  await finished(sender, 'exhausted', 2)
  t.match(await sender.deliveries.get(id), { origin: 'resend', series: 1, eventId: old?.eventId, attempts: [{ number: 1 }] })
})

t.test('resending an unknown delivery is not found', async t => {
  await t.rejects(build(t).resend('999'), { code: 'SENDER_NOT_FOUND' })
})

t.test('recover sends again what was exhausted, once, however often it is asked', async t => {
  let isUp = false
  const network = fakeNetwork(() => ({ status: isUp ? 200 : 500 }))
  const sender = build(t, { schedule: [], endpoints, transport: network })
  for (const id of [1, 2, 3]) await sender.send({ ...UPLOAD, id })
  await finished(sender, 'exhausted', 3)
  isUp = true
  const [entry] = await sender.endpoints.list()
  const request = { endpoint: entry?.id ?? '', since: new Date(0), perSecond: 1_000 }
  t.same([await sender.recover(request), await sender.recover(request)], [3, 0])
  await finished(sender, 'delivered', 3)
  t.equal(await sender.recover(request), 0)
})

t.test('recover gives an endpoint what was sent before it existed', async t => {
  const network = fakeNetwork(() => ({ status: 200 }))
  const sender = build(t, { secrets: [HOST_KEY], transport: network })
  await sender.send(UPLOAD)
  const { id } = await sender.endpoints.add({ url: HOOK })
  t.equal(await sender.recover({ endpoint: id, since: 0 }), 1)
  t.match(await finished(sender, 'delivered'), [{ origin: 'recover', eventId: 'fp_upload_100946' }])
})

t.test('a recovery is spread over time', async t => {
  const sender = build(t, { schedule: [], now: () => NOW_MS, endpoints, transport: fakeNetwork(() => ({ status: 500 })) })
  for (const id of [1, 2, 3]) await sender.send({ ...UPLOAD, id })
  const [{ endpointId: endpoint } = { endpointId: '' }] = await finished(sender, 'exhausted', 3)
  await sender.recover({ endpoint, since: 0, perSecond: 2 })
  const waiting = await sender.deliveries.list({ state: 'pending' })
  t.same(waiting.map(({ dueAtMs }) => (dueAtMs ?? 0) - NOW_MS).filter(ms => ms > 0).sort(), [1_000, 500])
})

for (const bad of [{ since: new Date('yesterday') }, { since: NaN }, { since: 0, perSecond: 0 }, { since: 0, perSecond: -1 }, { since: 0, perSecond: NaN }]) {
  t.test(`a recovery with since ${String(bad.since)} and perSecond ${String('perSecond' in bad ? bad.perSecond : 'absent')} is refused instead of recovering nothing`, async t => {
    const sender = build(t, { endpoints })
    const [entry] = await sender.endpoints.list()
    await t.rejects(sender.recover({ endpoint: entry?.endpointId ?? '', ...bad }), { code: 'SENDER_OPTION_INVALID' })
  })
}

t.test('a ping tells how it went, is in the log, and is never retried', async t => {
  const network = fakeNetwork(() => ({ status: 503 }))
  const sender = build(t, { endpoints, transport: network })
  const [entry] = await sender.endpoints.list()
  const { eventId, ...result } = await sender.ping(entry?.id ?? '')
  t.match(result, { isDelivered: false, status: 503, error: undefined })
  t.match(JSON.parse(textOf(network.requests[0])), { action: 'ping', id: eventId })
  t.match(await sender.deliveries.list({ eventId }), [{ origin: 'ping', state: 'exhausted', attemptsMade: 1 }])
})

t.test('a disabled endpoint can be pinged', async t => {
  const sender = build(t, { secrets: [HOST_KEY], transport: fakeNetwork(() => ({ status: 200 })) })
  const { id } = await sender.endpoints.add({ url: HOOK })
  await sender.endpoints.disable(id)
  t.match(await sender.ping(id), { isDelivered: true, status: 200 })
})

t.test('a ping does not wait behind a full lane', async t => {
  const network = fakeNetwork(request => textOf(request).includes('ping') ? { status: 200 } : undefined)
  const sender = build(t, { concurrency: 1, endpoints, transport: network })
  for (const id of [1, 2]) await sender.send({ ...UPLOAD, id })
  await network.until(1)
  const [entry] = await sender.endpoints.list()
  t.equal((await sender.ping(entry?.id ?? '')).isDelivered, true)
  for (const id of [1, 2]) {
    await network.until(id + 1)
    network.open[0]?.answer({ status: 200 })
  }
})

t.test('an erased event is in no file, and what the receiver answered neither', async t => {
  const directory = t.testdir()
  const network = fakeNetwork(() => ({ status: 200, body: Buffer.from('thanks, Erika Mustermann') }))
  const sender = build(t, { database: join(directory, 'sender.sqlite'), endpoints, transport: network })
  const { id } = await sender.send({ action: 'fp.upload', id: 7, text: { filename: 'erika-mustermann.jpg' } })
  await finished(sender, 'delivered')
  const holds = (text: string) => readdirSync(directory).some(name => readFileSync(join(directory, name)).includes(text))
  t.same([holds('erika-mustermann'), holds('Erika')], [true, true])
  t.equal(await sender.erase(id), true)
  t.same([holds('erika-mustermann'), holds('Erika')], [false, false])
  t.equal(await sender.erase(id), false)
})

t.test('what is finished and older than the retention is forgotten', async t => {
  let now = NOW_MS
  const sender = build(t, { retentionDays: 30, now: () => now, endpoints, transport: fakeNetwork(() => ({ status: 200 })) })
  await sender.send(UPLOAD)
  await finished(sender, 'delivered')
  t.equal(await sender.prune(), 0)
  now += 31 * 24 * 60 * 60 * 1000
  t.equal(await sender.prune(), 1)
  t.same(await sender.deliveries.list(), [])
})

t.test('without a retention nothing is forgotten', async t => {
  let now = NOW_MS
  const sender = build(t, { now: () => now, endpoints, transport: fakeNetwork(() => ({ status: 200 })) })
  await sender.send(UPLOAD)
  await finished(sender, 'delivered')
  now += 1e12
  t.equal(await sender.prune(), 0)
})

t.test('deliveries are counted by state', async t => {
  const sender = build(t, { endpoints, transport: fakeNetwork(() => ({ status: 200 })) })
  await sender.send(UPLOAD)
  await finished(sender, 'delivered')
  t.same(await sender.deliveries.counts(), { pending: 0, inFlight: 0, delivered: 1, exhausted: 0, cancelled: 0 })
})
