import t from 'tap'
import { ACCOUNT, get, graphUrl, newCode, exchangeCode, start, type Answer } from '../harness.ts'
import type { InstagramEmulator } from '../../../src/emulator/index.ts'

const me = async (emulator: InstagramEmulator, token: string): Promise<Answer> => await get(graphUrl(emulator, '/me', { access_token: token }))

t.test('a token may come in the query or as Bearer', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken(ACCOUNT)
  t.equal((await me(emulator, token)).status, 200)
  t.equal((await get(graphUrl(emulator, '/me'), { authorization: `Bearer ${token}` })).status, 200)
})

t.test('a call without a token is error 104', async t => {
  const answer = await get(graphUrl(await start(t), '/me'))
  t.match(answer, { status: 400, json: { error: { code: 104, type: 'OAuthException', message: 'An access token is required to request this resource.' } } })
})

t.test('a token of another family cannot be parsed', async t => {
  t.match(await me(await start(t), 'EAAGabc'), { status: 400, json: { error: { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' } } })
})

t.test('a token of the dead Basic Display product is an unsupported request', async t => {
  t.match(await me(await start(t), 'IGQVJabc'), { status: 400, json: { error: { code: 100, type: 'IGApiException', message: 'Unsupported request - method type: get' } } })
})

t.test('a changed token cannot be parsed', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken(ACCOUNT)
  const changed = `${token.slice(0, 60)}${token[60] === 'A' ? 'B' : 'A'}${token.slice(61)}`
  t.match(await me(emulator, changed), { status: 400, json: { error: { code: 190 } } })
})

for (const [reason, subcode] of [['removed', 458], ['passwordChanged', 460], ['roleLost', 458]] as const) {
  t.test(`tokens die with 190/${subcode} when the reason is ${reason}, and a new sign-in works`, async t => {
    const emulator = await start(t)
    const token = emulator.control.mintToken(ACCOUNT)
    emulator.control.revoke(ACCOUNT, reason)
    t.match(await me(emulator, token), { status: 400, json: { error: { code: 190, error_subcode: subcode } } })
    t.equal((await me(emulator, (await exchangeCode(emulator)).json.access_token)).status, 200)
  })
}

t.test('a lost role can be switched to the unsupported request seen in the field', async t => {
  const emulator = await start(t, { switches: { lostRole: 'unsupportedRequest' } })
  const token = emulator.control.mintToken(ACCOUNT)
  emulator.control.revoke(ACCOUNT, 'roleLost')
  t.match((await me(emulator, token)).json.error, { code: 100, type: 'IGApiException' })
})

t.test('a tester who loses the role cannot sign in again', async t => {
  const emulator = await start(t, { apps: [{ mode: 'development', testers: [ACCOUNT] }] })
  t.ok(await newCode(emulator))
  emulator.control.revoke(ACCOUNT, 'roleLost')
  await t.rejects(newCode(emulator))
})

t.test('revoking one account leaves the others alone', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken('noor.paints.light')
  emulator.control.revoke(ACCOUNT)
  t.equal((await me(emulator, token)).status, 200)
})

t.test('DELETE /me/permissions kills the token', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken(ACCOUNT)
  const response = await fetch(graphUrl(emulator, '/me/permissions', { access_token: token }), { method: 'DELETE' })
  t.strictSame(await response.json(), { success: true })
  t.equal((await me(emulator, token)).status, 400)
})

t.test('DELETE /me/permissions can be switched to a refusal', async t => {
  const emulator = await start(t, { switches: { deletePermissions: 'refused' } })
  const token = emulator.control.mintToken(ACCOUNT)
  const response = await fetch(graphUrl(emulator, '/me/permissions', { access_token: token }), { method: 'DELETE' })
  t.equal(response.status, 400)
  t.equal((await me(emulator, token)).status, 200)
})

t.test('a person removes an app on the page "Apps and websites"', async t => {
  const emulator = await start(t)
  const token = (await exchangeCode(emulator)).json.access_token
  const page = `${emulator.origin}/www/accounts/manage_access/`
  t.match(await (await fetch(page)).text(), /Contactsheet.*harbour\.and\.hill/)
  await fetch(page, { method: 'POST', body: new URLSearchParams({ username: ACCOUNT, app: emulator.app.id }) })
  t.match((await me(emulator, token)).json.error, { code: 190, error_subcode: 458 })
  t.match(await (await fetch(page)).text(), /No app is connected/)
})

t.test('a call that cannot be understood is code 100, whatever is wrong with it', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken(ACCOUNT)
  const url = graphUrl(emulator, '/me/media', { access_token: token })
  const calls: Array<[name: string, url: string, init: RequestInit]> = [
    ['broken JSON', url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
    ['another content type', url, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a' }],
    ['a field given twice', `${url}&limit=1&limit=2`, {}],
    ['a method that is not offered', url, { method: 'PUT' }],
    ['a path that leads nowhere', graphUrl(emulator, '/me/stories/today', { access_token: token }), {}]
  ]
  for (const [name, address, init] of calls) {
    const response = await fetch(address, init)
    t.match([response.status, await response.json()], [400, { error: { code: 100 } }], name)
  }
})
