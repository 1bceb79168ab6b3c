import t from 'tap'
import { ACCOUNT, exchangeCode, get, graphUrl, start, type Answer } from '../harness.ts'
import type { InstagramEmulator } from '../../../src/emulator/index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function exchange (emulator: InstagramEmulator, token: string, secret = emulator.app.secret): Promise<Answer> {
  return await get(graphUrl(emulator, '/access_token', { grant_type: 'ig_exchange_token', client_secret: secret, access_token: token }))
}

async function refresh (emulator: InstagramEmulator, token: string): Promise<Answer> {
  return await get(graphUrl(emulator, '/refresh_access_token', { grant_type: 'ig_refresh_token', access_token: token }))
}

async function isAlive (emulator: InstagramEmulator, token: string): Promise<boolean> {
  return (await get(graphUrl(emulator, '/me', { access_token: token }))).status === 200
}

t.test('a short token becomes a long one of a little under 60 days', async t => {
  const emulator = await start(t)
  const { json } = await exchange(emulator, (await exchangeCode(emulator)).json.access_token)
  t.match(json, { access_token: /^IGAA/, token_type: 'bearer', expires_in: 5_183_944 })
})

t.test('the exchange wants the Instagram app secret', async t => {
  const emulator = await start(t)
  const short = emulator.control.mintToken(ACCOUNT, { kind: 'short' })
  t.match(await exchange(emulator, short, 'f0e1d2c3b4a5968778695a4b3c2d1e0f'), { status: 400, json: { error: { code: 1, message: 'Error validating client secret.' } } })
})

t.test('the exchange wants a short token', async t => {
  const emulator = await start(t)
  t.match(await exchange(emulator, emulator.control.mintToken(ACCOUNT)), { status: 400, json: { error: { code: 100 } } })
})

t.test('a short token lives one hour', async t => {
  const emulator = await start(t)
  const short = emulator.control.mintToken(ACCOUNT, { kind: 'short' })
  emulator.control.clock.advance(HOUR - 1000)
  t.ok(await isAlive(emulator, short))
  emulator.control.clock.advance(1000)
  t.match(await exchange(emulator, short), { status: 400, json: { error: { code: 190, error_subcode: 463 } } })
})

t.test('a long token is refreshed from 24 hours on and not before', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken(ACCOUNT)
  emulator.control.clock.advance(DAY - 1000)
  t.match(await refresh(emulator, token), { status: 400, json: { error: { code: 100 } } })
  emulator.control.clock.advance(1000)
  t.match(await refresh(emulator, token), { status: 200, json: { token_type: 'bearer', expires_in: 5_183_944 } })
})

t.test('a refreshed token lives its 60 days from the refresh', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken(ACCOUNT, { ageMs: 55 * DAY })
  const renewed = (await refresh(emulator, token)).json.access_token
  emulator.control.clock.advance(59 * DAY)
  t.notOk(await isAlive(emulator, token))
  t.ok(await isAlive(emulator, renewed))
})

t.test('an expired token cannot be revived', async t => {
  const emulator = await start(t)
  t.match(await refresh(emulator, emulator.control.mintToken(ACCOUNT, { ageMs: 61 * DAY })), {
    status: 400,
    json: { error: { code: 190, error_subcode: 463, message: /^Error validating access token: Session has expired on \w+day, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d P[SD]T\. The current time is / } }
  })
})

t.test('a short token cannot be refreshed', async t => {
  const emulator = await start(t)
  t.match(await refresh(emulator, emulator.control.mintToken(ACCOUNT, { kind: 'short' })), { status: 400, json: { error: { code: 100 } } })
})

t.test('a refresh wants the basic scope', async t => {
  const emulator = await start(t)
  t.match(await refresh(emulator, emulator.control.mintToken(ACCOUNT, { ageMs: 2 * DAY, scopes: [] })), { status: 400, json: { error: { code: 100 } } })
})

t.test('tokens outlive a restart of the emulator', async t => {
  const first = await start(t)
  const token = first.control.mintToken(ACCOUNT)
  t.ok(await isAlive(await start(t), token))
})

t.test('a token sealed with another secret is not understood', async t => {
  const token = (await start(t, { secret: 'one' })).control.mintToken(ACCOUNT)
  t.notOk(await isAlive(await start(t, { secret: 'two' }), token))
})
