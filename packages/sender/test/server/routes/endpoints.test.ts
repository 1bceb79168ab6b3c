import t from 'tap'
import { startReceiver } from '../../helpers/receiver.ts'
import { build, type TestApi } from '../build.ts'

const URL = 'http://127.0.0.1:9/hook'

async function added ({ ask }: TestApi, body: object = {}): Promise<{ id: string, secret: string }> {
  return (await ask<{ id: string, secret: string }>('POST', '/endpoints', { url: URL, ...body })).body
}

t.test('an added endpoint is listed by entry, without its secret', async t => {
  const api = await build(t)
  const { id, secret } = await added(api, { events: ['fp.upload', 'fp.delete'] })
  t.match(secret, /^whsec_/)
  const { body } = await api.ask<{ entries: Array<{ endpointId: string, event: string }> }>('GET', '/endpoints')
  t.same(body.entries.map(({ endpointId, event }) => [endpointId, event]), [[id, 'fp.delete'], [id, 'fp.upload']])
  t.notOk(JSON.stringify(body).includes('whsec_'))
  t.notOk('secrets' in (await api.ask<object>('GET', `/endpoints/${id}`)).body)
})

t.test('an address that is not public is refused with the reason', async t => {
  const { ask } = await build(t)
  t.match(await ask('POST', '/endpoints', { url: 'https://169.254.169.254/' }), { status: 400, body: { code: 'SENDER_ADDRESS_REFUSED' } })
})

t.test('settings change one by one', async t => {
  const api = await build(t)
  const { id } = await added(api, { timeoutMs: 1_000, headers: { 'x-team': 'photos' } })
  t.equal((await api.ask('PATCH', `/endpoints/${id}`, { concurrency: 3, rateLimit: { count: 5, perMs: 1_000 } })).status, 204)
  t.match((await api.ask('GET', `/endpoints/${id}`)).body,
    { timeoutMs: 1_000, concurrency: 3, rateLimit: { count: 5, perMs: 1_000 }, headers: { 'x-team': 'photos' } })
})

t.test('one entry can be removed alone, then the endpoint', async t => {
  const api = await build(t)
  const { id } = await added(api, { events: ['fp.upload', 'fp.delete'] })
  t.equal((await api.ask('DELETE', `/endpoints/${id}:fp.delete`)).status, 204)
  t.same((await api.ask<{ events: string[] }>('GET', `/endpoints/${id}`)).body.events, ['fp.upload'])
  t.equal((await api.ask('DELETE', `/endpoints/${id}`)).status, 204)
  t.equal((await api.ask('GET', `/endpoints/${id}`)).status, 404)
})

t.test('disabling holds events back, enabling lets them go', async t => {
  const receiver = await startReceiver(t)
  const api = await build(t)
  const { id } = await added(api, { url: receiver.url })
  await api.ask('POST', `/endpoints/${id}/disable`)
  t.match((await api.ask('GET', `/endpoints/${id}`)).body, { isEnabled: false, disabledReason: 'manual' })
  await api.ask('POST', '/events', { event: { action: 'fp.upload', id: 1 } })
  t.equal(receiver.received.length, 0)
  await api.ask('POST', `/endpoints/${id}/enable`)
  t.equal((await receiver.until(1)).length, 1)
})

t.test('a rotation answers the new secret', async t => {
  const api = await build(t)
  const { id, secret } = await added(api)
  const { status, body } = await api.ask<{ secret: string }>('POST', `/endpoints/${id}/rotate`, { overlapMs: 1_000 })
  t.equal(status, 200)
  t.match(body.secret, /^whsec_/)
  t.not(body.secret, secret)
})

t.test('a ping tells how it went', async t => {
  const receiver = await startReceiver(t, response => { response.writeHead(503).end() })
  const api = await build(t)
  const { id } = await added(api, { url: receiver.url })
  t.match(await api.ask('POST', `/endpoints/${id}/ping`), { status: 200, body: { isDelivered: false, status: 503, timings: { totalMs: Number } } })
})

t.test('a recovery says how many series it made', async t => {
  const api = await build(t)
  await api.ask('POST', '/events', { event: { action: 'fp.upload', id: 1 } })
  const { id } = await added(api)
  t.same((await api.ask('POST', `/endpoints/${id}/recover`, { sinceMs: 0 })).body, { recovered: 1 })
  t.same((await api.ask('POST', `/endpoints/${id}/recover`, { sinceMs: 0 })).body, { recovered: 0 })
})

t.test('a field that does not exist is refused or dropped, never kept', async t => {
  const api = await build(t)
  const { id } = await added(api, { unknown: 'field' })
  t.notOk('unknown' in (await api.ask<object>('GET', `/endpoints/${id}`)).body)
})
