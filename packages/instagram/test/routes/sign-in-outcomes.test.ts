import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { StartOptions } from '@contactsheet/instagram/emulator'
import { createBrowser, signIn, ticketOf } from '../browser-profile.ts'
import { build, emulate, inside, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(120_000)

const DEVELOPMENT = { apps: [{ mode: 'development', testers: [] }] } as const

/** How Instagram behaves, and what the person is told, in the window and in the dialog alike. */
for (const [name, options, code, status] of [
  ['the person cancels', { answer: 'deny' }, 'INSTAGRAM_DECLINED', 403],
  ['the account has no role in an app under test', { ...DEVELOPMENT, switches: { roleRefusal: 'redirect' } }, 'INSTAGRAM_ROLE_MISSING', 403]
] as ReadonlyArray<readonly [string, StartOptions, string, number]>) {
  t.test(`${name}: ${code}`, async t => {
    const server = await build(t, optionsFor(t, await emulate(t, options)))
    const browser = createBrowser(server, PUBLIC_URL)
    const ticket = await ticketOf(browser)
    const page = await browser.visit(`/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}`)
    t.equal(page.status, status)
    t.match(page.body, 'data-close="no"', 'the window stays to be read')
    const told = (await browser.open(`/api/client/instagram/events?signIn=${encodeURIComponent(ticket)}`)).body
    t.match(told, `event: failed\ndata: {"code":"${code}","message":"`)
    t.match((await browser.open('/api/client/instagram/status')).json(), { status: 'disconnected' })
  })
}

for (const switches of [
  { tokenAnswer: 'flat', meAnswer: 'flat' }, { tokenAnswer: 'doc', meAnswer: 'flat' }, { tokenAnswer: 'flat', meAnswer: 'doc' }, { tokenAnswer: 'doc', meAnswer: 'doc' }
] as const) {
  t.test(`a sign-in works with a token answer as in ${switches.tokenAnswer} and a profile as in ${switches.meAnswer} form`, async t => {
    const emulator = await emulate(t, { switches })
    const server = await build(t, optionsFor(t, emulator))
    t.equal((await signIn(createBrowser(server, PUBLIC_URL))).status, 200)
    const row = await inside(server).database.selectFrom('contactsheet_connections').selectAll().executeTakeFirstOrThrow()
    const me = await (await fetch(`${emulator.graphBaseUrl}/me?fields=id,user_id&access_token=${emulator.control.mintToken('harbour.and.hill')}`)).text()
    const digits = (field: string) => new RegExp(`"${field}":"?(\\d+)`).exec(me)?.[1]
    t.equal(row.account_id, digits('id'), 'no digit of the id is lost')
    t.equal(row.professional_id, digits('user_id'))
    t.ok(BigInt(row.account_id) > 2n ** 53n)
  })
}

/** What goes wrong on the server's own way to Instagram, by answering single steps in Instagram's place. */
const STEPS = {
  exchange: /\/access_token\?grant_type=ig_exchange_token/,
  profile: /\/me\?/
} as const

for (const [name, step, answer, code, status] of [
  ['the long token is refused for a missing permission', 'exchange', () => refusal(10), 'INSTAGRAM_PERMISSION_MISSING', 403],
  ['the long token is refused as invalid', 'exchange', () => refusal(190), 'INSTAGRAM_ROLE_MISSING', 403],
  ['the app has reached its limit', 'exchange', () => refusal(4), 'INSTAGRAM_LIMIT_REACHED', 429],
  ['the exchange answers without a token', 'exchange', () => Response.json({}), 'INSTAGRAM_UNAVAILABLE', 502],
  ['the profile is refused as "Unsupported request"', 'profile', () => refusal(100), 'INSTAGRAM_ROLE_MISSING', 403],
  ['the account is a personal one', 'profile', () => Response.json({ id: '1', username: 'sam', account_type: 'PERSONAL' }), 'INSTAGRAM_ACCOUNT_PERSONAL', 403],
  ['the account is restricted', 'profile', () => refusal(368), 'INSTAGRAM_ACCOUNT_RESTRICTED', 403],
  ['the profile has no id', 'profile', () => Response.json({ username: 'sam' }), 'INSTAGRAM_UNAVAILABLE', 502],
  ['the profile is a page for people', 'profile', () => new Response('<html>', { status: 400 }), 'INSTAGRAM_UNAVAILABLE', 502]
] as ReadonlyArray<readonly [string, keyof typeof STEPS, () => Response, string, number]>) {
  t.test(`${name}: ${code}`, async t => {
    const patched: typeof fetch = async (input, init) => STEPS[step].test(String(input)) ? answer() : await fetch(input, init)
    const server = await build(t, optionsFor(t, await emulate(t), { fetch: patched }))
    const browser = createBrowser(server, PUBLIC_URL)
    const ticket = await ticketOf(browser)
    const page = await browser.visit(`/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}`)
    t.equal(page.status, status)
    const told = (await browser.open(`/api/client/instagram/events?signIn=${encodeURIComponent(ticket)}`)).body
    t.match(told, `"code":"${code}"`)
    if (code === 'INSTAGRAM_LIMIT_REACHED') t.match(told, '"retryAfterSeconds":300')
    t.same(await inside(server).database.selectFrom('contactsheet_connections').selectAll().execute(), [])
  })
}

for (const [name, breakIt, code] of [
  ['Instagram refuses the code', (url: URL) => url.searchParams.set('code', 'another'), 'INSTAGRAM_SIGN_IN_REFUSED'],
  ['Instagram sends the person back without an answer', (url: URL) => url.searchParams.delete('code'), 'INSTAGRAM_SIGN_IN_REFUSED']
] as const) {
  t.test(`${name}: ${code}`, async t => {
    const server = await build(t, optionsFor(t, await emulate(t)))
    const page = await signIn(createBrowser(server, PUBLIC_URL), { through (url) { if (url.searchParams.has('code')) breakIt(url); return url } })
    t.equal(page.status, 502)
    t.match(page.body, 'was not connected')
    t.match(await inside(server).database.selectFrom('contactsheet_sign_ins').select('outcome').executeTakeFirstOrThrow(), { outcome: new RegExp(code) })
  })
}

t.test('Instagram is down when the code is exchanged: INSTAGRAM_UNAVAILABLE', async t => {
  const emulator = await emulate(t)
  const instagram = { ...emulator.pluginOptions, apiBaseUrl: 'http://127.0.0.1:1' }
  const server = await build(t, optionsFor(t, emulator, { instagram }))
  t.match(await signIn(createBrowser(server, PUBLIC_URL)), { status: 502, body: /does not answer properly/ })
})

t.test('a redirect of the code’s exchange takes code and secret nowhere', async t => {
  const emulator = await emulate(t)
  for (const statusCode of [301, 302, 303, 307, 308]) {
    const heard: string[] = []
    const api = createServer((request, response) => {
      heard.push(`${request.method} ${request.url}`)
      response.writeHead(statusCode, { location: '/elsewhere' }).end()
    })
    await new Promise<void>(resolve => { api.listen(0, '127.0.0.1', resolve) })
    t.teardown(() => { api.close() })
    const apiBaseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
    const server = await build(t, optionsFor(t, emulator, { instagram: { ...emulator.pluginOptions, apiBaseUrl } }))
    t.match(await signIn(createBrowser(server, PUBLIC_URL)), { status: 502, body: /does not answer properly/ })
    t.same(heard, ['POST /oauth/access_token'], String(statusCode))
  }
})

t.test('a fault of ours is told to the dialog too, and says nothing of its cause', async t => {
  const broken: typeof fetch = async () => { throw new Error('not used') }
  const server = await build(t, optionsFor(t, await emulate(t), { fetch: broken }))
  inside(server).connections.save = async () => { throw new Error('disk full at /var/lib') }
  inside(server).ladder.exchange = async () => ({ token: 'IGAA', issuedAtMs: 0, expiresAtMs: Date.now() + 1e9 })
  inside(server).ladder.profile = async () => ({ id: '1', username: 'sam' })
  const page = await signIn(createBrowser(server, PUBLIC_URL))
  t.equal(page.status, 500)
  t.notMatch(page.body, 'disk full')
  t.match(await inside(server).database.selectFrom('contactsheet_sign_ins').select('outcome').executeTakeFirstOrThrow(), { outcome: /SIGN_IN_FAILED/ })
})

function refusal (code: number): Response {
  return Response.json({ error: { message: 'translated text', code } }, { status: 400 })
}
