import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { KNOWN_ACTIONS, verify } from '@contactsheet/webhooks'
import { HOST_KEY, MINUTE_MS, NOW_MS, SECRET, UPLOAD, build, fakeNetwork, finished } from './helpers/build.ts'

const HOOK = 'https://receiver.example/hook'
const OTHER_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

t.test('\'all\' makes one entry per event type', async t => {
  const sender = build(t, { secrets: [HOST_KEY] })
  const { entries } = await sender.endpoints.add({ url: HOOK, events: 'all' })
  t.same(entries.map(({ event }) => event).sort(), [...KNOWN_ACTIONS].sort())
  t.equal(new Set(entries.map(({ id }) => id)).size, KNOWN_ACTIONS.length)
})

t.test('adding the same endpoint twice changes nothing', async t => {
  const sender = build(t, { secrets: [HOST_KEY] })
  const first = await sender.endpoints.add({ url: HOOK, events: 'all' })
  const second = await sender.endpoints.add({ url: HOOK, events: 'all' })
  t.same(second, first)
  t.equal((await sender.endpoints.list()).length, KNOWN_ACTIONS.length)
})

t.test('adding a known url with another event gives it one more entry', async t => {
  const sender = build(t, { secrets: [HOST_KEY] })
  await sender.endpoints.add({ url: HOOK, events: ['fp.upload'] })
  const { entries } = await sender.endpoints.add({ url: HOOK, events: ['fp.delete'] })
  t.same(entries.map(({ event }) => event), ['fp.delete', 'fp.upload'])
})

t.test('a secret is generated when none is given', async t => {
  const sender = build(t, { secrets: [HOST_KEY] })
  t.match((await sender.endpoints.add({ url: HOOK })).secret, /^whsec_/)
})

t.test('secrets are not in the file in the clear', async t => {
  const directory = t.testdir()
  const sender = build(t, { database: join(directory, 'sender.sqlite'), secrets: [HOST_KEY] })
  const { secret } = await sender.endpoints.add({ url: HOOK, secret: SECRET })
  await sender.close()
  const bytes = Buffer.concat(readdirSync(directory).map(name => readFileSync(join(directory, name))))
  t.ok(bytes.includes(HOOK))
  t.notOk(bytes.includes(secret))
  t.notOk(bytes.includes(Buffer.from(secret.slice(6), 'base64')))
})

t.test('without the host\'s keys no endpoint can be stored, only declared with its secret', async t => {
  const sender = build(t, { endpoints: [{ url: HOOK, secret: SECRET }] })
  await t.rejects(sender.endpoints.add({ url: 'https://other.example/', secret: SECRET }), { code: 'SENDER_SECRETS_REQUIRED' })
  await t.rejects(build(t, { endpoints: [{ url: HOOK }] }).start(), { code: 'SENDER_SECRETS_REQUIRED', message: /give its "secret" in the option "endpoints"/ })
})

t.test('an endpoint, its secret and its settings outlive the process', async t => {
  const options = { database: join(t.testdir(), 'sender.sqlite'), secrets: [HOST_KEY], transport: fakeNetwork(() => ({ status: 200 })) }
  const before = build(t, options)
  await before.endpoints.add({ url: HOOK, secret: SECRET, headers: { 'x-token': 'abc' } })
  await before.close()
  const after = build(t, options)
  await after.send(UPLOAD)
  const [request] = await options.transport.until(1)
  t.equal(request?.headers['x-token'], 'abc')
})

t.test('another key of the host is said to be missing, not taken for a damaged file', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const before = build(t, { database, secrets: [HOST_KEY] })
  await before.endpoints.add({ url: HOOK })
  await before.close()
  await t.rejects(build(t, { database, secrets: ['quite another key of the host'] }).start(), { code: 'SENDER_SECRET_UNREADABLE' })
})

t.test('a new key in front seals everything anew, so that the old one can go', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const newKey = 'the next key of the host'
  for (const secrets of [[HOST_KEY], [newKey, HOST_KEY], [newKey]]) {
    const sender = build(t, { database, secrets })
    await sender.endpoints.add({ url: HOOK })
    await sender.close()
  }
  t.pass('opened with the new key alone')
})

t.test('a tool without the host\'s keys may change an endpoint and loses no secret', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const network = fakeNetwork(() => ({ status: 200 }))
  const before = build(t, { database, secrets: [HOST_KEY] })
  const { id } = await before.endpoints.add({ url: HOOK, secret: SECRET })
  await before.close()
  const tool = build(t, { database })
  await tool.endpoints.disable(id)
  await tool.endpoints.enable(id)
  await tool.close()
  const after = build(t, { database, secrets: [HOST_KEY], transport: network })
  await after.send(UPLOAD)
  await finished(after, 'delivered')
  t.match(verify({ headers: network.requests[0]?.headers ?? {}, body: network.requests[0]?.body ?? Buffer.alloc(0), secret: SECRET }), { valid: true })
})

t.test('a declared endpoint that is no longer declared is disabled, and comes back with its declaration', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const states: Array<string | undefined> = []
  for (const endpoints of [[{ url: HOOK, secret: SECRET, events: ['fp.upload'] }], [], [{ url: HOOK, secret: SECRET, events: ['fp.upload'] }]]) {
    const sender = build(t, { database, endpoints })
    const [entry] = await sender.endpoints.list()
    states.push(entry?.disabledReason)
    await sender.close()
  }
  t.same(states, [undefined, 'undeclared', undefined])
})

t.test('a start that declares nothing leaves the endpoints alone', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  for (const options of [{ endpoints: [{ url: HOOK, secret: SECRET }] }, {}]) {
    const sender = build(t, { database, ...options })
    t.ok((await sender.endpoints.list()).every(({ isEnabled }) => isEnabled))
    await sender.close()
  }
})

t.test('a disabled endpoint gets nothing, and what waited when it is enabled', async t => {
  const network = fakeNetwork(() => ({ status: 200 }))
  const sender = build(t, { secrets: [HOST_KEY], transport: network })
  const { id } = await sender.endpoints.add({ url: HOOK })
  await sender.endpoints.disable(id)
  await sender.send(UPLOAD)
  t.match(await sender.deliveries.list(), [{ state: 'pending', attemptsMade: 0 }])
  await sender.endpoints.enable(id)
  await finished(sender, 'delivered')
  t.equal(network.requests.length, 1)
})

t.test('removing one entry keeps the others', async t => {
  const sender = build(t, { secrets: [HOST_KEY] })
  const { id } = await sender.endpoints.add({ url: HOOK, events: ['fp.upload', 'fp.delete'] })
  await sender.endpoints.remove(`${id}:fp.upload`)
  t.same((await sender.endpoints.list()).map(({ event }) => event), ['fp.delete'])
  await sender.endpoints.remove(`${id}:fp.delete`)
  t.same(await sender.endpoints.list(), [])
})

t.test('settings can be changed while running, and are read back without secrets', async t => {
  const network = fakeNetwork(() => ({ status: 200 }))
  const sender = build(t, { secrets: [HOST_KEY], transport: network })
  const { id } = await sender.endpoints.add({ url: HOOK, events: ['fp.delete'], timeoutMs: 2_000 })
  await sender.endpoints.update(id, { events: ['fp.upload'], headers: { 'x-a': '1' } })
  await sender.send(UPLOAD)
  const [request] = await network.until(1)
  t.match(request, { timeoutMs: 2_000, headers: { 'x-a': '1' } })
  const record = await sender.endpoints.get(id)
  t.match(record, { id, url: HOOK, events: ['fp.upload'], timeoutMs: 2_000 })
  t.notOk('secrets' in record)
})

t.test('while secrets rotate every request is signed with all of them; afterwards with the new one', async t => {
  const network = fakeNetwork(() => ({ status: 200 }))
  let now = NOW_MS
  const sender = build(t, { secrets: [HOST_KEY], transport: network, now: () => now })
  const { id } = await sender.endpoints.add({ url: HOOK, secret: SECRET })
  const signatures = async (id: number): Promise<number> => {
    await sender.send({ ...UPLOAD, id })
    const requests = await network.until(id)
    return requests.at(-1)?.headers['webhook-signature']?.split(' ').length ?? 0
  }
  t.equal(await signatures(1), 1)
  t.equal(await sender.endpoints.rotate(id, { secret: OTHER_SECRET, overlapMs: MINUTE_MS }), OTHER_SECRET)
  t.equal(await signatures(2), 2)
  now += MINUTE_MS
  t.equal(await signatures(3), 1)
})

t.test('an overlap that is no duration is refused: the earlier secrets must not end by accident', async t => {
  const sender = build(t, { secrets: [HOST_KEY], transport: fakeNetwork(() => ({ status: 200 })) })
  const { id } = await sender.endpoints.add({ url: HOOK, secret: SECRET })
  for (const overlapMs of [NaN, -1, 0.5, Infinity]) await t.rejects(sender.endpoints.rotate(id, { overlapMs }), { code: 'SENDER_ENDPOINT_INVALID', message: /overlapMs/ })
})

t.test('however often secrets rotate within the overlap, requests go on being signed, by the newest sixteen', async t => {
  const network = fakeNetwork(() => ({ status: 200 }))
  const sender = build(t, { secrets: [HOST_KEY], transport: network })
  const { id } = await sender.endpoints.add({ url: HOOK })
  let newest = ''
  for (let time = 0; time < 20; time++) newest = await sender.endpoints.rotate(id)
  await sender.send(UPLOAD)
  const [request] = await network.until(1)
  t.equal(request?.headers['webhook-signature']?.split(' ').length, 16)
  t.match(verify({ headers: request?.headers ?? {}, body: request?.body ?? Buffer.alloc(0), secret: newest }), { valid: true })
})

t.test('an unknown endpoint is not found, whatever is asked of it', async t => {
  const sender = build(t, { secrets: [HOST_KEY] })
  const { get, update, remove, enable, disable, rotate } = sender.endpoints
  const calls: Array<(id: string) => Promise<unknown>> = [get, enable, id => disable(id), remove, id => rotate(id), id => update(id, {})]
  for (const call of calls) await t.rejects(call('ep_none'), { code: 'SENDER_NOT_FOUND' })
})

for (const url of ['http://receiver.example/', 'https://10.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/', 'https://2130706433/']) {
  t.test(`${url} cannot be an endpoint`, async t => {
    await t.rejects(build(t, { allow: [], secrets: [HOST_KEY] }).endpoints.add({ url }), { code: 'SENDER_ADDRESS_REFUSED' })
  })
}
