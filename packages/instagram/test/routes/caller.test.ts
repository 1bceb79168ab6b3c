import t from 'tap'
import fastifyCookie from '@fastify/cookie'
import fastify, { type FastifyRequest } from 'fastify'
import { createBrowser, signIn, ticketOf, type Browser } from '../browser-profile.ts'
import { build, emulate, inside, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(120_000)

const STATUS = '/api/client/instagram/status'
const HTTPS_URL = 'https://app.localhost'

const secretOf = ({ cookies }: Browser) => String([...cookies].find(([name]) => name.startsWith('contactsheet-'))?.[1])

t.test('over http on this machine the session cookie is plain, and no script reads it', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  t.match((await server.inject(STATUS)).headers['set-cookie'], /^contactsheet-[0-9a-z]{8}-[0-9a-f]{8}=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/)
})

t.test('over https the session cookie is bound to the host and partitioned', async t => {
  const server = await build(t, optionsFor(t, await emulate(t), { publicUrl: HTTPS_URL }))
  t.match((await server.inject(STATUS)).headers['set-cookie'], /^__Host-contactsheet-[0-9a-z]{8}-[0-9a-f]{8}=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; Secure; Partitioned; SameSite=None$/)
})

t.test('the cookie of a sign-in over https is bound to the host and dies with the sign-in', async t => {
  const server = await build(t, optionsFor(t, await emulate(t), { publicUrl: HTTPS_URL }))
  const { headers } = await server.inject('/api/client/instagram/auth/open')
  const cookie = [headers['set-cookie']].flat().find(line => line?.startsWith('__Host-contactsheet-sign-in-'))
  t.match(cookie, /=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
})

t.test('a whole sign-in works over https', async t => {
  const server = await build(t, optionsFor(t, await emulate(t), { publicUrl: HTTPS_URL }))
  const browser = createBrowser(server, HTTPS_URL)
  t.equal((await signIn(browser)).status, 200)
  t.match((await browser.open(STATUS)).json(), { status: 'connected' })
  t.same([...browser.cookies.keys()].filter(name => name.includes('sign-in')), [], 'the cookie of the sign-in is gone')
})

t.test('a session is made once, and only where one is needed', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  await browser.open('/api/client/instagram/media')
  t.equal(browser.cookies.size, 0)
  await browser.open(STATUS)
  t.equal(browser.cookies.size, 1)
  t.notOk((await browser.open(STATUS)).headers.has('set-cookie'))
})

for (const value of ['x', 'a'.repeat(42), 'a'.repeat(44), '"'.repeat(43), `${'a'.repeat(42)}%00`]) {
  t.test(`a cookie ${JSON.stringify(value.slice(0, 12))} that we never set is no session`, async t => {
    const server = await build(t, optionsFor(t, await emulate(t)))
    t.match((await server.inject({ url: STATUS, headers: { cookie: `contactsheet-mdabcdef-01234567=${value}` } })).headers['set-cookie'], /^contactsheet-/)
  })
}

t.test('the cookie’s value is not in the database', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  const rows = await inside(server).database.selectFrom('contactsheet_connections').selectAll().execute()
  t.notMatch(JSON.stringify(rows), secretOf(browser))
})

t.test('the host may name the session: it follows the person into another browser', async t => {
  const session = (request: FastifyRequest): string => String(request.headers['x-user'] ?? '')
  const server = await build(t, optionsFor(t, await emulate(t), { session }))
  const ada = { 'x-user': 'ada' }
  const ticket = String((await server.inject({ url: STATUS, headers: ada })).json<{ signIn: string }>().signIn)
  const window = createBrowser(server, PUBLIC_URL)
  t.equal((await window.visit(`/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}`, { headers: { 'sec-fetch-site': 'same-origin' } })).status, 200)
  t.match((await server.inject({ url: STATUS, headers: ada })).json(), { status: 'connected' })
  t.match((await server.inject({ url: STATUS, headers: { 'x-user': 'bob' } })).json(), { status: 'disconnected' })
})

t.test('when sessions are the host’s, who has none is asked to sign in there', async t => {
  const server = await build(t, optionsFor(t, await emulate(t), { session: async () => '' }))
  const untyped = await build(t, optionsFor(t, await emulate(t), { session: (() => undefined) as unknown as () => string }))
  t.equal((await untyped.inject(STATUS)).statusCode, 401)
  for (const url of [STATUS, '/api/client/instagram/auth/open']) t.equal((await server.inject(url)).statusCode, 401, url)
  t.match((await server.inject(STATUS)).json(), { statusCode: 401, code: 'SESSION_MISSING' })
})

t.test('an identity of the host never equals a cookie of ours', async t => {
  const emulator = await emulate(t)
  const folderOptions = optionsFor(t, emulator)
  const server = await build(t, folderOptions)
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  const secret = secretOf(browser)
  const { session_id: ours } = await inside(server).database.selectFrom('contactsheet_connections').select('session_id').executeTakeFirstOrThrow()
  const theirs = await build(t, optionsFor(t, emulator, { session: () => secret }))
  await signIn(createBrowser(theirs, PUBLIC_URL))
  const { session_id: host } = await inside(theirs).database.selectFrom('contactsheet_connections').select('session_id').executeTakeFirstOrThrow()
  t.not(host, ours)
})

t.test('authorize is asked before every route, and its refusal counts', async t => {
  const asked: string[] = []
  const authorize = async (request: FastifyRequest): Promise<void> => {
    asked.push(request.url)
    throw Object.assign(new Error('members only'), { statusCode: 418 })
  }
  const routes: Array<{ method: string, url: string }> = []
  const server = fastify()
  server.addHook('onRoute', ({ method, url }) => { for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') routes.push({ method: one, url }) })
  await build(t, optionsFor(t, await emulate(t), { authorize }), server)
  t.ok(routes.length > 15)
  for (const { method, url } of routes) {
    const path = url.replace('*', 'x').replaceAll(/:\w+/g, 'x')
    const answer = await server.inject({ method: method as 'GET', url: path })
    t.equal(answer.statusCode, 418, `${method} ${url}`)
  }
  t.equal(asked.length, routes.length)
})

t.test('an unknown key is refused, wherever it stands', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  t.match(await server.inject(`${STATUS}?key=nobody`), { statusCode: 403, body: /APP_UNKNOWN/ })
  t.match(await server.inject({ method: 'POST', url: '/api/client/instagram/pick', payload: { key: 'nobody', mediaId: '1' } }), { statusCode: 403, body: /APP_UNKNOWN/ })
})

for (const [name, hostOptions] of [
  ['signs them', { secret: 'the host’s', parseOptions: { signed: true } }],
  ['reads them itself', { hook: false }]
] as const) {
  t.test(`a host that has cookies already and ${name} keeps its own way`, async t => {
    const server = fastify()
    await server.register(fastifyCookie, hostOptions)
    await build(t, optionsFor(t, await emulate(t)), server)
    const browser = createBrowser(server, PUBLIC_URL)
    t.equal((await signIn(browser)).status, 200)
    t.match((await browser.open(STATUS)).json(), { status: 'connected' })
  })
}

t.test('a foreign page cannot disconnect a person', async t => {
  const emulator = await emulate(t)
  const app = { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret, origins: ['https://shop.test'] }
  const server = await build(t, optionsFor(t, emulator, { app }))
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  for (const url of ['/api/client/instagram/unauth', '/api/clients/unauth']) {
    t.equal((await browser.open(url, { 'sec-fetch-site': 'cross-site' })).status, 403)
    t.equal((await browser.open(url, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' })).status, 403)
    t.equal((await browser.open(url, { 'sec-fetch-site': 'same-site' })).status, 403)
    t.equal((await browser.open(url, { origin: 'https://evil.test' })).status, 403)
    t.equal((await browser.open(url, { origin: 'null' })).status, 403)
  }
  t.match((await browser.open(STATUS)).json(), { status: 'connected' })
  t.equal((await browser.open('/api/clients/unauth', { 'sec-fetch-site': 'cross-site', origin: 'https://shop.test' })).status, 200)
  t.match((await browser.open(STATUS)).json(), { status: 'disconnected' })
})

t.test('dialogs that open at once in a browser without a session disturb each other’s sign-in in no way', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  const tickets = await Promise.all(Array.from({ length: 5 }, async () => await ticketOf(browser)))
  t.equal(browser.cookies.size, 5)
  for (const ticket of tickets) {
    t.equal((await browser.visit(`/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}`)).status, 200)
    t.match((await browser.open(`/api/client/instagram/events?signIn=${encodeURIComponent(ticket)}`)).body, 'event: connected')
    t.match((await browser.open(STATUS)).json(), { status: 'connected' })
  }
  await browser.open('/api/client/instagram/unauth')
  t.match((await browser.open(STATUS)).json(), { status: 'disconnected' })
})

t.test('sessions that came up together are given back after two hours, but for the oldest and those with a connection', async t => {
  let now = Date.now()
  const server = await build(t, optionsFor(t, await emulate(t), { now: () => now }))
  const browser = createBrowser(server, PUBLIC_URL)
  const sessions = (await Promise.all(Array.from({ length: 4 }, async () => await browser.open(STATUS)))).map(({ headers, json }) => ({
    name: String(headers.get('set-cookie')?.split('=')[0]),
    ticket: String(json().signIn)
  })).sort((one, other) => one.name < other.name ? -1 : 1)
  const namesLeft = () => [...browser.cookies.keys()].filter(name => sessions.some(session => session.name === name)).sort()
  await browser.visit(`/api/client/instagram/auth/open?signIn=${encodeURIComponent(String(sessions[2]?.ticket))}`)
  await browser.open(STATUS)
  t.equal(namesLeft().length, 4)
  now += 3 * 60 * 60_000
  await browser.open(STATUS)
  t.same(namesLeft(), [sessions[0]?.name, sessions[2]?.name])
  t.match((await browser.open(STATUS)).json(), { status: 'connected' })
})
