import t from 'tap'
import { exchangeCode, newCode, photoLink, read, start } from '../harness.ts'

t.test('every call to a host is logged with path, parameters and status', async t => {
  const emulator = await start(t)
  await exchangeCode(emulator)
  await (await fetch(await photoLink(emulator))).arrayBuffer()
  const seen = emulator.control.requests().map(({ host, method, path, status }) => `${host} ${method} ${path.replace(/\/v\/.*/, '/v/…')} ${status}`)
  t.strictSame(seen, ['www GET /oauth/authorize 302', 'api POST /oauth/access_token 200', 'graph GET /me/media 200', 'cdn GET /v/… 200'])
})

t.test('tokens, secrets, codes and signatures are masked', async t => {
  const emulator = await start(t)
  const code = await newCode(emulator)
  const token = (await exchangeCode(emulator, {}, code)).json.access_token
  await fetch(`${emulator.graphBaseUrl}/me?access_token=${token}`)
  await fetch(`${emulator.graphBaseUrl}/access_token?grant_type=ig_exchange_token&client_secret=${emulator.app.secret}&access_token=${token}`)
  await (await fetch(await photoLink(emulator))).arrayBuffer()
  const log = JSON.stringify(emulator.control.requests())
  for (const secret of [code, token, emulator.app.secret]) t.notMatch(log, secret)
  t.match(log, /"access_token":"IGAA…\(\d+\)"/)
})

t.test('the log tells where the token was', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken('harbour.and.hill')
  await read(emulator, '/me')
  await fetch(`${emulator.graphBaseUrl}/me`, { headers: { authorization: `Bearer ${token}` } })
  await fetch(`${emulator.graphBaseUrl}/me/media`, { method: 'POST', body: new URLSearchParams({ access_token: token }) })
  await fetch(`${emulator.graphBaseUrl}/me`)
  t.strictSame(emulator.control.requests().map(({ tokenIn }) => tokenIn), ['query', 'header', 'body', 'nowhere'])
})

t.test('a call that was left without an answer is logged too, with status 0', async t => {
  const emulator = await start(t)
  for (const mishap of ['silent', 'reset'] as const) {
    emulator.control.fail({ mishap })
    await t.rejects(fetch(`${emulator.graphBaseUrl}/me?fields=id`, { signal: AbortSignal.timeout(50) }))
  }
  t.match(emulator.control.requests(), [{ path: '/me', parameters: { fields: 'id' }, status: 0 }, { path: '/me', status: 0 }])
})

t.test('the log can be emptied', async t => {
  const emulator = await start(t)
  await read(emulator, '/me')
  emulator.control.clearRequests()
  t.strictSame(emulator.control.requests(), [])
})
