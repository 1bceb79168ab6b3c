import t from 'tap'
import { answerOf, BASIC, exchangeCode, get, newCode, postForm, PUBLISH, REDIRECT_URI, start, tokenRequest } from '../harness.ts'

const flat = (message: string) => ({ error_type: 'OAuthException', code: 400, error_message: message })
const NOT_FOUND = flat('Matching code was not found or was already used')
const NOT_IDENTICAL = flat('Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request')

t.test('the answer is flat, with an array of permissions and user_id as a number that JavaScript corrupts', async t => {
  const emulator = await start(t)
  const { status, text, json } = await exchangeCode(emulator)
  const raw = /"user_id":(\d+)/.exec(text)?.[1] ?? ''
  t.equal(status, 200)
  t.match(json.access_token, /^IGAA[\w-]{150,300}ZD$/)
  t.strictSame(json.permissions, [BASIC, PUBLISH])
  t.equal(raw, emulator.control.idsOf('harbour.and.hill').id)
  t.equal(BigInt(raw) % 2n, 1n)
  t.ok(BigInt(raw) > 2n ** 53n)
  t.not(String(json.user_id), raw)
})

t.test('the answer can be switched to the shape of the documentation', async t => {
  const emulator = await start(t, { switches: { tokenAnswer: 'doc' } })
  t.match((await exchangeCode(emulator)).json, { data: [{ access_token: /^IGAA/, user_id: emulator.control.idsOf('harbour.and.hill').id, permissions: `${BASIC},${PUBLISH}` }] })
})

t.test('form fields may be urlencoded or multipart', async t => {
  const emulator = await start(t)
  const form = new FormData()
  for (const [name, value] of tokenRequest(emulator, await newCode(emulator))) form.set(name, value)
  t.equal((await postForm(`${emulator.apiBaseUrl}/oauth/access_token`, form)).status, 200)
  t.equal((await exchangeCode(emulator)).status, 200)
})

t.test('GET answers as an unsupported request', async t => {
  const emulator = await start(t)
  const answer = await get(`${emulator.apiBaseUrl}/oauth/access_token?${tokenRequest(emulator, await newCode(emulator))}`)
  t.strictSame([answer.status, answer.json.error.message], [400, 'Unsupported request - method type: get'])
})

t.test('an unknown code is refused', async t => {
  t.match(await exchangeCode(await start(t), {}, 'AQnever'), { status: 400, json: NOT_FOUND })
})

t.test('a code copied together with its #_ is unknown', async t => {
  const emulator = await start(t)
  t.match(await exchangeCode(emulator, {}, `${await newCode(emulator)}#_`), { status: 400, json: NOT_FOUND })
})

t.test('a used code is refused with its own message', async t => {
  const emulator = await start(t)
  const code = await newCode(emulator)
  await exchangeCode(emulator, {}, code)
  t.match(await exchangeCode(emulator, {}, code), { status: 400, json: flat('This authorization code has been used') })
})

t.test('a code lives one hour', async t => {
  const emulator = await start(t)
  const [early, late] = [await newCode(emulator), await newCode(emulator)]
  emulator.control.clock.advance(3_590_000)
  t.equal((await exchangeCode(emulator, {}, early)).status, 200)
  emulator.control.clock.advance(10_000)
  t.match(await exchangeCode(emulator, {}, late), { status: 400, json: NOT_FOUND })
})

t.test('a code is bound to the redirect URI it was given for', async t => {
  t.match(await exchangeCode(await start(t), { redirect_uri: `${REDIRECT_URI}/` }), { status: 400, json: NOT_IDENTICAL })
})

t.test('a wrong secret is told as a redirect that is not identical', async t => {
  t.match(await exchangeCode(await start(t), { client_secret: 'wrong' }), { status: 400, json: NOT_IDENTICAL })
})

t.test('a refused attempt does not use the code up', async t => {
  const emulator = await start(t)
  const code = await newCode(emulator)
  await exchangeCode(emulator, { client_secret: 'wrong' }, code)
  t.equal((await exchangeCode(emulator, {}, code)).status, 200)
})

t.test('a code is bound to its app', async t => {
  const emulator = await start(t, { apps: [{}, { id: '77', secret: 'other' }] })
  t.match(await exchangeCode(emulator, { client_id: '77', client_secret: 'other' }), { status: 400, json: NOT_FOUND })
})

t.test('the Meta app id is an invalid platform app', async t => {
  t.match(await exchangeCode(await start(t), { client_id: '1185920347716402' }), { status: 400, json: flat('Invalid platform app') })
})

t.test('two apps see the same account under two ids', async t => {
  const emulator = await start(t, { apps: [{}, { id: '77' }] })
  t.not(emulator.control.idsOf('harbour.and.hill').id, emulator.control.idsOf('harbour.and.hill', '77').id)
})

t.test('the API of 2015 answers that it is gone, in its own shape', async t => {
  const emulator = await start(t)
  const answer = await answerOf(await fetch(`${emulator.apiBaseUrl}/v1/users/self/media/recent`))
  t.match(answer, { status: 400, json: { meta: { error_type: 'OAuthException', code: 400 } } })
})
