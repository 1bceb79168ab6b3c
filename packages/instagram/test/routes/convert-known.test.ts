import fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import type { InstagramOptions } from '@contactsheet/instagram'
import { pathOf } from '../connected.ts'
import { build, folder, inside, PUBLIC_URL, SECRET } from '../harness.ts'
import { APP_SECRET, signPolicy, upload } from '../offline.ts'
import { jpeg } from '../pictures.ts'

/** A server, and the address of a conversion that it has answered before. */
async function known (t: Test, { changes = {}, query = {}, host = fastify() }: { changes?: Partial<InstagramOptions>, query?: Record<string, string>, host?: FastifyInstance } = {}) {
  const server = await build(t, {
    secret: SECRET,
    publicUrl: PUBLIC_URL,
    database: ':memory:',
    conversions: { processes: 0 },
    storage: { S3: { type: 'disk', directory: folder(t) } },
    app: { instagramAppId: '1234567890', instagramAppSecret: '0123456789abcdef0123456789abcdef', secret: APP_SECRET, origins: ['https://app.example'] },
    ...changes
  }, host)
  const url = `${pathOf(await upload(server, jpeg))}/convert?${new URLSearchParams({ w: '20', ...query }).toString()}`
  const ask = async (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET'): Promise<LightMyRequestResponse> => await server.inject({ method, url, headers })
  const first = await ask()
  t.equal(first.statusCode, 200, first.body.slice(0, 200))
  return { ask, first, etag: String(first.headers.etag), outcomes: () => inside(server).converter.metrics().outcomes }
}

const undated = ({ date: _date, ...headers }: LightMyRequestResponse['headers']): LightMyRequestResponse['headers'] => headers

t.test('an answer that is known is the one that was made', async t => {
  const { ask, first, outcomes } = await known(t)
  const again = await ask()
  t.strictSame(undated(again.headers), undated(first.headers))
  t.ok(again.rawPayload.equals(first.rawPayload))
  t.strictSame(outcomes(), { converted: 1, memory: 1 })
})

t.test('HEAD of a known answer has its headers and no bytes', async t => {
  const { ask, first } = await known(t)
  const { statusCode, headers, rawPayload } = await ask({}, 'HEAD')
  t.equal(statusCode, 200)
  t.strictSame(undated(headers), undated(first.headers))
  t.equal(rawPayload.length, 0)
})

t.test('a known tag gets 304 with what caches must hear again, unless the caller wants none from a cache', async t => {
  const { ask, etag } = await known(t)
  const unchanged = await ask({ 'if-none-match': etag })
  t.equal(unchanged.statusCode, 304)
  t.match(unchanged.headers, { etag, 'cache-control': /^public/, vary: 'Origin', 'content-security-policy': /sandbox/ })
  t.equal((await ask({ 'if-none-match': etag, 'cache-control': 'no-cache' })).statusCode, 200)
})

t.test('attack: a policy that ends between two equal requests opens nothing more, whatever is known', async t => {
  let nowMs = Date.now()
  const policy = signPolicy({ expiry: Math.floor(nowMs / 1_000) + 60, call: ['convert'] })
  const { ask, etag } = await known(t, { query: policy, changes: { now: () => nowMs } })
  t.equal((await ask()).statusCode, 200)
  nowMs += 61_000
  t.match(await ask(), { statusCode: 403, body: /POLICY_EXPIRED/ })
  t.match(await ask({ 'if-none-match': etag }), { statusCode: 403, body: /POLICY_EXPIRED/ })
})

t.test('attack: Basic auth that is wrong gets no known answer', async t => {
  const { ask, etag } = await known(t)
  t.match(await ask({ authorization: 'Basic YXBwOndyb25n', 'if-none-match': etag }), { statusCode: 403, body: /ACCESS_DENIED/ })
})

t.test('a known answer lets in the pages of the app, and no others', async t => {
  const { ask, etag } = await known(t)
  for (const headers of [{}, { 'if-none-match': etag }] as Array<Record<string, string>>) {
    t.match((await ask({ ...headers, origin: 'https://app.example' })).headers, { vary: 'Origin', 'access-control-allow-origin': 'https://app.example' })
    t.equal((await ask({ ...headers, origin: 'https://other.example' })).headers['access-control-allow-origin'], undefined)
  }
})

t.test('hooks of the host see a known answer before it is sent, and may add to it or replace it', async t => {
  const host = fastify()
  host.addHook('onSend', async (_request, reply, payload) => {
    reply.header('x-seen', String(reply.getHeader('etag')))
    return payload instanceof Buffer ? Buffer.concat([payload, Buffer.from('!')]) : payload
  })
  const { ask, first, etag } = await known(t, { host })
  const again = await ask()
  t.equal(again.headers['x-seen'], etag)
  t.ok(again.rawPayload.equals(first.rawPayload))
  t.equal(again.rawPayload.at(-1), '!'.charCodeAt(0))
  t.equal((await ask({ 'if-none-match': etag })).headers['x-seen'], etag)
})

for (const hook of ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const) {
  t.test(`a host that refuses in ${hook} refuses what is known too`, async t => {
    const host = fastify()
    let isOpen = true
    host.addHook(hook as 'onRequest', async (_request, reply) => { if (!isOpen) await reply.code(401).send('not you') })
    const { ask, etag } = await known(t, { host })
    isOpen = false
    for (const headers of [{}, { 'if-none-match': etag }] as Array<Record<string, string>>) t.match(await ask(headers), { statusCode: 401, body: 'not you' })
  })
}

t.test('a host that authorizes each request is asked for a known answer as well', async t => {
  let isOpen = true
  const { ask } = await known(t, { changes: { authorize: async () => { if (!isOpen) throw Object.assign(new Error('not you'), { statusCode: 401 }) } } })
  isOpen = false
  t.match(await ask(), { statusCode: 401 })
})
