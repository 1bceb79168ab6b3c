import t from 'tap'
import { get, graphUrl, newCode, photoLink, read, start, exchangeCode, authorizeUrl } from '../harness.ts'
import { GRAPH_ERRORS } from '../../../src/emulator/errors.ts'
import type { FaultPlan, GraphErrorKey, InstagramEmulator } from '../../../src/emulator/index.ts'

for (const code of Object.keys(GRAPH_ERRORS) as GraphErrorKey[]) {
  t.test(`error ${code} comes when planned, once, in the Graph shape`, async t => {
    const emulator = await start(t)
    emulator.control.fail({ code })
    const [number, subcode] = code.split('/').map(Number)
    const answer = await read(emulator, '/me')
    t.match(answer, { status: 400, json: { error: { code: number, message: String, fbtrace_id: /^A[\w-]{20,}$/ } } })
    t.equal(answer.json.error.error_subcode, subcode)
    t.match(answer.json.error.type, /^(OAuthException|IGApiException)$/)
    t.equal((await read(emulator, '/me')).status, 200)
  })
}

t.test('OAuth errors carry www-authenticate', async t => {
  const emulator = await start(t)
  emulator.control.fail({ code: '190/460' })
  t.match((await read(emulator, '/me')).headers.get('www-authenticate'), /^OAuth "Facebook Platform" "invalid_token" "Error validating access token: /)
})

t.test('throttle errors can be switched to 403', async t => {
  const emulator = await start(t, { switches: { throttleStatus: 403 } })
  for (const code of ['4', '17', '613', '80002'] as const) {
    emulator.control.fail({ code })
    t.match(await read(emulator, '/me'), { status: 403, json: { error: { code: Number(code) } } })
  }
})

t.test('a failure can be bound to a path, a method, and a number of calls', async t => {
  const emulator = await start(t)
  emulator.control.fail({ code: '2', path: '/media', method: 'GET', times: 2 })
  t.equal((await read(emulator, '/me')).status, 200)
  const statuses = []
  for (let call = 0; call < 3; call++) statuses.push((await read(emulator, '/v25.0/me/media')).status)
  t.strictSame(statuses, [400, 400, 200])
})

t.test('the method of a failure may be written in small letters', async t => {
  const emulator = await start(t)
  emulator.control.fail({ code: '2', method: 'get' })
  t.equal((await read(emulator, '/me')).json.error.code, 2)
})

for (const [name, plan, message] of [
  ['an error that does not exist', { code: '99999' }, /^no error "99999"; there are 1, 2, 3,/],
  ['an error named like something every object has', { code: 'toString' }, /^no error "toString"/],
  ['an error of the CDN, which knows none', { host: 'cdn', code: '1' }, /plan a mishap or an answer/],
  ['two ways of failing at once', { code: '1', mishap: 'html' }, /^a failure is one of code, mishap and answer/],
  ['no way of failing', { path: '/me' }, /^a failure is one of code, mishap and answer/]
] as const) {
  t.test(`${name} cannot be planned, from the start neither`, async t => {
    const emulator = await start(t)
    t.throws(() => emulator.control.fail(plan as FaultPlan), { message })
    await t.rejects(start(t, { faults: [plan as FaultPlan] }), { message })
    t.equal((await read(emulator, '/me')).status, 200)
  })
}

t.test('a failure of times 0 lasts until it is cleared', async t => {
  const emulator = await start(t)
  emulator.control.fail({ code: '2', times: 0 })
  for (let call = 0; call < 5; call++) t.equal((await read(emulator, '/me')).status, 400)
  emulator.control.clearFaults()
  t.equal((await read(emulator, '/me')).status, 200)
})

t.test('failures may be planned from the start', async t => {
  const emulator = await start(t, { faults: [{ code: '2' }] })
  t.equal((await read(emulator, '/me')).json.error.code, 2)
  t.equal((await read(emulator, '/me')).status, 200)
})

t.test('the token endpoint fails in its flat shape', async t => {
  const emulator = await start(t)
  const code = await newCode(emulator)
  emulator.control.fail({ host: 'api', code: '1', status: 500 })
  t.match(await exchangeCode(emulator, {}, code), { status: 500, json: { error_type: 'OAuthException', error_message: 'An unknown error has occurred.' } })
  t.equal((await exchangeCode(emulator, {}, code)).status, 200)
})

t.test('HTML comes with status 200 where JSON belongs', async t => {
  const emulator = await start(t)
  emulator.control.fail({ mishap: 'html' })
  const { status, headers, text } = await read(emulator, '/me')
  t.match([status, headers.get('content-type'), text], [200, /^text\/html/, /this content isn’t available right now/])
})

t.test('a plain server failure is 500 with HTML', async t => {
  const emulator = await start(t)
  emulator.control.fail({ mishap: 'http500' })
  const { status, headers } = await read(emulator, '/me')
  t.match([status, headers.get('content-type')], [500, /^text\/html/])
})

t.test('an answer may be cut short', async t => {
  const emulator = await start(t)
  emulator.control.fail({ mishap: 'cutShort' })
  const response = await fetch(graphUrl(emulator, '/me/media', { access_token: emulator.control.mintToken('harbour.and.hill') }))
  const text = await response.text()
  t.equal(response.status, 200)
  t.throws(() => JSON.parse(text))
})

t.test('an answer of the test’s own making replaces the real one', async t => {
  const emulator = await start(t)
  emulator.control.fail({ answer: { status: 418, contentType: 'application/json', body: '{"data":"surprise"}' } })
  t.match(await read(emulator, '/me/media'), { status: 418, json: { data: 'surprise' } })
})

t.test('an answer may be late', async t => {
  const emulator = await start(t)
  emulator.control.fail({ delayMs: 80 })
  await t.rejects(fetch(graphUrl(emulator, '/me'), { signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' })
})

t.test('an answer may never come', async t => {
  const emulator = await start(t)
  emulator.control.fail({ mishap: 'silent' })
  await t.rejects(fetch(graphUrl(emulator, '/me'), { signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' })
})

t.test('a connection may be reset', async t => {
  const emulator = await start(t)
  emulator.control.fail({ mishap: 'reset' })
  await t.rejects(fetch(graphUrl(emulator, '/me')), { cause: { code: 'ECONNRESET' } })
})

t.test('the authorize page may fail too', async t => {
  const emulator = await start(t)
  emulator.control.fail({ host: 'www', mishap: 'http500' })
  t.equal((await get(authorizeUrl(emulator))).status, 500)
})

async function photoWith (emulator: InstagramEmulator, mishap: 'notFound' | 'html' | 'wrongType' | 'truncated' | 'wrongLength' | 'slow'): Promise<Response> {
  const link = await photoLink(emulator)
  emulator.control.fail({ host: 'cdn', mishap, delayMs: 100 })
  return await fetch(link)
}

t.test('a photo may be gone', async t => {
  t.equal((await photoWith(await start(t), 'notFound')).status, 404)
})

t.test('a photo may be an HTML page', async t => {
  const response = await photoWith(await start(t), 'html')
  t.match([response.status, response.headers.get('content-type')], [200, /^text\/html/])
})

t.test('a photo may come under a wrong type', async t => {
  const response = await photoWith(await start(t), 'wrongType')
  t.match([response.status, response.headers.get('content-type')], [200, 'application/octet-stream'])
})

for (const mishap of ['truncated', 'wrongLength'] as const) {
  t.test(`a photo may arrive ${mishap}: fewer bytes than announced`, async t => {
    const response = await photoWith(await start(t), mishap)
    t.ok(Number(response.headers.get('content-length')) > 0)
    await t.rejects(response.arrayBuffer())
  })
}

t.test('a photo may drip in, whole in the end', async t => {
  const emulator = await start(t)
  const whole = await (await fetch(await photoLink(emulator))).arrayBuffer()
  const response = await photoWith(emulator, 'slow')
  t.ok(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(whole)))
})
