import t from 'tap'
import { authorize, get, graphUrl, newCode, postForm, REDIRECT_URI, start, tokenRequest } from './harness.ts'

t.test('authorize, short token, long token, profile, media list and photo work in a row', async t => {
  const emulator = await start(t)
  const location = await authorize(emulator)
  t.equal(location.origin + location.pathname, REDIRECT_URI)
  t.equal(location.searchParams.get('state'), 's1')
  t.equal(location.hash, '#_')

  const short = await postForm(`${emulator.apiBaseUrl}/oauth/access_token`, tokenRequest(emulator, location.searchParams.get('code') ?? ''))
  t.equal(short.status, 200)

  const long = await get(graphUrl(emulator, '/access_token', { grant_type: 'ig_exchange_token', client_secret: emulator.app.secret, access_token: short.json.access_token }))
  t.equal(long.json.token_type, 'bearer')
  const token: string = long.json.access_token

  const me = await get(graphUrl(emulator, '/v25.0/me', { fields: 'id,user_id,username,account_type', access_token: token }))
  t.match(me.json, { username: 'harbour.and.hill', account_type: 'BUSINESS', user_id: /^17841\d+$/ })

  const list = await get(graphUrl(emulator, '/me/media', { fields: 'id,media_type,media_url,children{id,media_url}', access_token: token }))
  t.equal(list.json.data.length, 25)
  const photo = await fetch(list.json.data[0]?.media_url ?? '')
  t.equal(photo.headers.get('content-type'), 'image/jpeg')
  t.ok((await photo.arrayBuffer()).byteLength > 50_000)
})

t.test('a long-lived token that is a day old is refreshed', async t => {
  const emulator = await start(t)
  const token = emulator.control.mintToken('harbour.and.hill')
  emulator.control.clock.advance(25 * 3_600_000)
  const refreshed = await get(graphUrl(emulator, '/refresh_access_token', { grant_type: 'ig_refresh_token', access_token: token }))
  t.equal(refreshed.status, 200)
  t.not(refreshed.json.access_token, token)
})

t.test('a code is good once', async t => {
  const emulator = await start(t)
  const request = tokenRequest(emulator, await newCode(emulator))
  await postForm(`${emulator.apiBaseUrl}/oauth/access_token`, request)
  const again = await postForm(`${emulator.apiBaseUrl}/oauth/access_token`, request)
  t.strictSame([again.status, again.json], [400, { error_type: 'OAuthException', code: 400, error_message: 'This authorization code has been used' }])
})
