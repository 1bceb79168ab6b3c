import t, { type Test } from 'tap'
import { ACCOUNT, answerOf, authorize, newCode, read, start, type Answer } from '../harness.ts'
import type { InstagramEmulator, StartOptions } from '../../../src/emulator/index.ts'

async function withCall (t: Test, options: StartOptions = {}): Promise<{ emulator: InstagramEmulator, call: (method: string, path: string, body?: unknown) => Promise<Answer> }> {
  const emulator = await start(t, options)
  return {
    emulator,
    call: async (method, path, body) => await answerOf(await fetch(emulator.controlUrl + path, { method, ...body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } }))
  }
}

t.test('GET / tells accounts, apps and switches, and no secret', async t => {
  const { emulator, call } = await withCall(t)
  const { json, text } = await call('GET', '/')
  t.match(json, { accounts: [{ username: ACCOUNT, accountType: 'BUSINESS' }], apps: [{ id: emulator.app.id, mode: 'live' }], switches: { tokenAnswer: 'flat' } })
  t.notMatch(text, emulator.app.secret)
})

t.test('POST /clock moves the clock', async t => {
  const { emulator, call } = await withCall(t, { now: () => 1000 })
  t.equal((await call('POST', '/clock', { setMs: 1_800_000_000_000, advanceMs: 5 })).json.nowMs, 1_800_000_000_005)
  t.equal(emulator.control.clock.now(), 1_800_000_000_005)
  await call('POST', '/clock', { reset: true })
  t.equal(emulator.control.clock.now(), 1000)
})

t.test('PUT /answer answers the consent page', async t => {
  const { emulator, call } = await withCall(t)
  await call('PUT', '/answer', { answer: 'deny' })
  t.equal((await authorize(emulator)).searchParams.get('error'), 'access_denied')
  await call('PUT', '/answer', { answer: { account: 'noor.paints.light' } })
  t.ok(await newCode(emulator))
})

t.test('PUT /switches changes switches and refuses values that do not exist', async t => {
  const { emulator, call } = await withCall(t)
  await call('PUT', '/switches', { meAnswer: 'doc' })
  t.ok(Array.isArray((await read(emulator, '/me')).json.data))
  t.equal((await call('PUT', '/switches', { meAnswer: 'sideways' })).status, 400)
})

t.test('POST and DELETE /faults plan and forget failures', async t => {
  const { emulator, call } = await withCall(t)
  await call('POST', '/faults', { code: '17', times: 0 })
  t.equal((await read(emulator, '/me')).json.error.code, 17)
  await call('DELETE', '/faults')
  t.equal((await read(emulator, '/me')).status, 200)
  t.equal((await call('POST', '/faults', { code: '99999' })).status, 400)
  t.equal((await call('POST', '/faults', { mishap: 'earthquake' })).status, 400)
})

for (const [method, path, body, error] of [
  ['PUT', '/switches', { meAnswr: 'doc' }, 'body must not have "meAnswr"'],
  ['PUT', '/switches', { meAnswer: 'sideways' }, 'body/meAnswer must be one of "flat", "doc"'],
  ['POST', '/clock', { advance: 5 }, 'body must not have "advance"'],
  ['POST', '/clock', { advanceMs: '5' }, 'body/advanceMs must be integer'],
  ['POST', '/clock', undefined, 'body must be object'],
  ['PUT', '/answer', { answer: 'yes' }, 'body/answer must be "ask"; body/answer must be "allow"; body/answer must be "deny"; body/answer must be object'],
  ['PUT', '/answer', { answer: { account: 'nobody' } }, /^no account named "nobody"; there are harbour\.and\.hill, /],
  ['POST', '/posts', { username: ACCOUNT }, 'body must have required properties photo'],
  ['DELETE', '/posts/5', undefined, 'no media with the id "5"']
] as const) {
  t.test(`${method} ${path} ${JSON.stringify(body) ?? 'without a body'} is refused: ${error}`, async t => {
    const { emulator, call } = await withCall(t)
    const before = emulator.control.clock.now()
    t.match(await call(method, path, body), { status: 400, json: { error } })
    t.ok(emulator.control.clock.now() - before < 60_000)
    t.match((await call('GET', '/')).json, { switches: { meAnswer: 'flat' } })
    t.ok(await newCode(emulator), 'and changes nothing')
  })
}

t.test('POST /accounts adds an account of any size', async t => {
  const { emulator, call } = await withCall(t)
  t.match((await call('POST', '/accounts', { username: 'big', posts: 10_000 })).json, { id: /^\d{17}$/, userId: /^17841/ })
  t.equal((await read(emulator, '/me', { fields: 'media_count' }, 'big')).json.media_count, 10_000)
})

t.test('POST /apps changes an app by its id', async t => {
  const { emulator, call } = await withCall(t)
  await call('POST', '/apps', { id: emulator.app.id, mode: 'development' })
  await t.rejects(newCode(emulator))
  await call('POST', '/apps', { id: emulator.app.id, testers: [ACCOUNT] })
  t.ok(await newCode(emulator))
})

t.test('POST /apps adds an app, which needs an id of its own', async t => {
  const { emulator, call } = await withCall(t)
  await call('POST', '/apps', { id: '77', secret: 'other', name: 'Other' })
  t.match((await call('GET', '/')).json, { apps: [{ id: emulator.app.id }, { id: '77', name: 'Other', mode: 'live' }] })
  t.match(await call('POST', '/apps', { name: 'Without' }), { status: 400, json: { error: /give the new one an id of its own/ } })
  t.throws(() => emulator.control.addApp({ id: '77' }), { message: 'there is an app with the Instagram app id "77" already; give the new one an id of its own' })
})

t.test('POST and DELETE /posts add and remove posts', async t => {
  const { emulator, call } = await withCall(t)
  const { id } = (await call('POST', '/posts', { username: ACCOUNT, photo: 4, caption: 'new' })).json
  const first = async () => (await read(emulator, '/me/media', { limit: '1' })).json.data[0]?.id
  t.equal(await first(), id)
  await call('DELETE', `/posts/${id}`)
  t.not(await first(), id)
})

t.test('POST /tokens mints a token, POST /revoke kills it', async t => {
  const { emulator, call } = await withCall(t)
  const { access_token: token } = (await call('POST', '/tokens', { username: ACCOUNT, ageMs: 1000 })).json
  const me = async () => (await fetch(`${emulator.graphBaseUrl}/me?access_token=${token}`)).status
  t.equal(await me(), 200)
  await call('POST', '/revoke', { username: ACCOUNT, reason: 'passwordChanged' })
  t.equal(await me(), 400)
})

t.test('a name that does not exist is told with the names that do', async t => {
  const { call } = await withCall(t)
  const answer = await call('POST', '/tokens', { username: 'nobody' })
  t.equal(answer.status, 400)
  t.match(answer.json.error, /no account named "nobody"; there are harbour\.and\.hill/)
})

t.test('callbacks are sent from here too', async t => {
  const { emulator, call } = await withCall(t)
  emulator.control.updateApp({ deauthorizeUrl: `${emulator.origin}/nothing-here`, dataDeletionUrl: `${emulator.origin}/nothing-here` })
  t.match((await call('POST', '/deauthorize', { username: ACCOUNT })).json, { status: 404, problems: ['expected status 200, got 404'] })
  t.match((await call('POST', '/data-deletion', { username: ACCOUNT })).json, { status: 404 })
  t.match((await call('POST', '/webhooks', { username: ACCOUNT, url: `${emulator.origin}/nothing-here`, changes: [] })).json, { status: 404 })
})
