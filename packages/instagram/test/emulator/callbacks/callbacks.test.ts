import { createHmac } from 'node:crypto'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { ACCOUNT, read, start, get, graphUrl } from '../harness.ts'
import { signRequest } from '../../../src/emulator/callbacks/signed-request.ts'

const SECRET = 'a1b2C3D4e5F6a7b8C9d0E1f2A3b4C5d6'
const META_SECRET = 'f0e1d2c3b4a5968778695a4b3c2d1e0f'

/** An app's server that keeps what it was sent and answers as told. */
async function listener (t: Test, answer: { status?: number, body?: string } = {}) {
  const received: Array<{ type: string | undefined, headers: Record<string, unknown>, body: string }> = []
  const server = Fastify()
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) => body)
  server.all('/', async (request, reply) => {
    received.push({ type: request.headers['content-type'], headers: request.headers, body: String(request.body) })
    const challenge = (request.query as Record<string, string>)['hub.challenge']
    return reply.code(answer.status ?? 200).send(challenge ?? answer.body ?? '')
  })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  t.teardown(() => server.close())
  return { url, received }
}

function open (body: string, secret: string) {
  const [mac, payload = ''] = (new URLSearchParams(body).get('signed_request') ?? '').split('.')
  return { isGenuine: mac === createHmac('sha256', secret).update(payload).digest('base64url'), payload: JSON.parse(Buffer.from(payload, 'base64url').toString()) }
}

t.test('signed_request is what the published rule gives', t => {
  t.equal(signRequest(SECRET, { user_id: '25568454926143110', algorithm: 'HMAC-SHA256', issued_at: 1_757_000_000 }),
    'EGdFBxZBln9OouTKfCrZQDERR-5CM3g9S7OtEpAgd7M.eyJ1c2VyX2lkIjoiMjU1Njg0NTQ5MjYxNDMxMTAiLCJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc1NzAwMDAwMH0')
  t.end()
})

t.test('removing the app kills the tokens and posts a signed_request about the app-scoped id', async t => {
  const app = await listener(t)
  const emulator = await start(t, { apps: [{ deauthorizeUrl: app.url }] })
  const token = emulator.control.mintToken(ACCOUNT)
  const result = await emulator.control.deauthorize(ACCOUNT)
  t.strictSame([result.status, result.problems], [200, []])
  t.match(app.received[0]?.type, /^application\/x-www-form-urlencoded/)
  t.match(open(app.received[0]?.body ?? '', SECRET), { isGenuine: true, payload: { user_id: emulator.control.idsOf(ACCOUNT).id, algorithm: 'HMAC-SHA256', issued_at: Number } })
  t.match((await get(graphUrl(emulator, '/me', { access_token: token }))).json.error, { code: 190, error_subcode: 458 })
})

t.test('the callbacks can be signed with the Meta app secret', async t => {
  const app = await listener(t)
  const emulator = await start(t, { apps: [{ deauthorizeUrl: app.url }], switches: { callbackSecret: 'meta' } })
  await emulator.control.deauthorize(ACCOUNT)
  const bodies = [app.received[0]?.body ?? '', String(new URLSearchParams({ signed_request: emulator.control.signedRequest(ACCOUNT) }))]
  for (const body of bodies) t.strictSame([SECRET, META_SECRET].map(secret => open(body, secret).isGenuine), [false, true])
})

t.test('a data deletion answer with url and confirmation_code has no problems', async t => {
  const app = await listener(t, { body: '{"url":"https://app.example/deletion?id=abc123","confirmation_code":"abc123"}' })
  const emulator = await start(t, { apps: [{ dataDeletionUrl: app.url }] })
  t.match(await emulator.control.requestDataDeletion(ACCOUNT), { status: 200, problems: [] })
  t.ok(open(app.received[0]?.body ?? '', SECRET).isGenuine)
})

for (const [name, answer, problems] of [
  ['nothing', {}, 2],
  ['HTML', { body: '<p>done</p>' }, 2],
  ['a relative url', { body: '{"url":"/deletion","confirmation_code":"abc"}' }, 1],
  ['no confirmation_code', { body: '{"url":"https://app.example/"}' }, 1],
  ['status 500', { status: 500 }, 1]
] as const) {
  t.test(`a data deletion answer of ${name} is told as a problem`, async t => {
    const app = await listener(t, answer)
    const emulator = await start(t, { apps: [{ dataDeletionUrl: app.url }] })
    t.equal((await emulator.control.requestDataDeletion(ACCOUNT)).problems.length, problems)
  })
}

t.test('an app without callback address is told so', async t => {
  const emulator = await start(t)
  await t.rejects(emulator.control.deauthorize(ACCOUNT), { message: 'the app "Contactsheet" has no deauthorizeUrl' })
})

t.test('an app at whose address nobody answers is told with the address and the reason', async t => {
  const emulator = await start(t)
  const gone = await start(t)
  await gone.close()
  emulator.control.updateApp({ deauthorizeUrl: gone.origin, dataDeletionUrl: gone.origin })
  const message = new RegExp(`^nobody answers at ${gone.origin}.*ECONNREFUSED`)
  await t.rejects(emulator.control.deauthorize(ACCOUNT), { message })
  await t.rejects(emulator.control.requestDataDeletion(ACCOUNT), { message })
  await t.rejects(emulator.control.sendWebhook(ACCOUNT, gone.origin, []), { message })
  await t.rejects(emulator.control.verifyWebhook(gone.origin, 'token'), { message })
})

t.test('a webhook is signed over its bytes, in which other letters are escaped', async t => {
  const app = await listener(t)
  const emulator = await start(t)
  await emulator.control.sendWebhook(ACCOUNT, app.url, [{ field: 'comments', value: { text: 'café' } }])
  const [{ headers, body } = { headers: {} as Record<string, unknown>, body: '' }] = app.received
  t.match(body, 'caf\\u00e9')
  t.equal(headers['x-hub-signature-256'], `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`)
  t.match(JSON.parse(body), { object: 'instagram', entry: [{ id: emulator.control.idsOf(ACCOUNT).userId, time: Number, changes: [{ field: 'comments', value: { text: 'café' } }] }] })
})

t.test('a webhook endpoint proves itself by the bare challenge', async t => {
  const { url } = await listener(t)
  const emulator = await start(t)
  t.ok(await emulator.control.verifyWebhook(url, 'token'))
  const mute = await listener(t, { status: 403 })
  t.notOk(await emulator.control.verifyWebhook(mute.url, 'token'))
})

t.test('an account subscribes to its events', async t => {
  const emulator = await start(t)
  const response = await fetch(graphUrl(emulator, '/me/subscribed_apps', { subscribed_fields: 'comments', access_token: emulator.control.mintToken(ACCOUNT) }), { method: 'POST' })
  t.strictSame(await response.json(), { success: true })
  t.equal((await read(emulator, '/me')).status, 200)
})
