import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { createSignInNews } from '../../src/auth/sign-in-news.ts'
import { createBrowser, signIn, ticketOf } from '../browser-profile.ts'
import { build, emulate, folder, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(120_000)

const eventsUrl = (ticket: string) => `/api/client/instagram/events?signIn=${encodeURIComponent(ticket)}`
const openUrl = (ticket: string) => `/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}`
/** After so long a browser opens an ended stream again; the test does it in a twentieth of that. */
const RETRY_MS = 2000
const CONNECTED = 'event: connected\ndata: {"username":"harbour.and.hill"}\n\n'

t.test('the dialog hears of the connection from the server, whether it asks before or after', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  const ticket = await ticketOf(browser)
  const early = browser.open(eventsUrl(ticket))
  await browser.visit(openUrl(ticket))
  const stream = await early
  t.equal(stream.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  t.equal(stream.headers.get('cache-control'), 'no-store')
  t.match(stream.body, /^retry: 2000\n\n/)
  t.ok(stream.body.endsWith(CONNECTED))
  t.ok((await browser.open(eventsUrl(ticket))).body.endsWith(CONNECTED))
})

t.test('the dialog hears of a sign-in that ended on another node', async t => {
  const emulator = await emulate(t)
  const database = `${folder(t)}/shared.sqlite`
  const [one, two] = [await build(t, optionsFor(t, emulator, { database })), await build(t, optionsFor(t, emulator, { database }))]
  const dialog = createBrowser(one, PUBLIC_URL)
  const ticket = await ticketOf(dialog)
  const stream = dialog.open(eventsUrl(ticket))
  await createBrowser(two, PUBLIC_URL).visit(openUrl(ticket), { headers: { 'sec-fetch-site': 'same-origin' } })
  t.ok((await stream).body.endsWith(CONNECTED))
})

t.test('a new try is told by its own ticket, not by what came before', async t => {
  const emulator = await emulate(t, { answer: 'deny' })
  const server = await build(t, optionsFor(t, emulator))
  const browser = createBrowser(server, PUBLIC_URL)
  const first = await ticketOf(browser)
  await browser.visit(openUrl(first))
  const second = await ticketOf(browser)
  emulator.control.answer({ account: 'harbour.and.hill' })
  await browser.visit(openUrl(second))
  t.match((await browser.open(eventsUrl(first))).body, 'event: failed')
  t.match((await browser.open(eventsUrl(second))).body, 'event: connected')
})

t.test('the latest outcome counts when one ticket is tried twice', async t => {
  let now = Date.now()
  const emulator = await emulate(t, { answer: 'deny' })
  const server = await build(t, optionsFor(t, emulator, { now: () => now }))
  const browser = createBrowser(server, PUBLIC_URL)
  const ticket = await ticketOf(browser)
  await browser.visit(openUrl(ticket))
  now += 1000
  emulator.control.answer({ account: 'harbour.and.hill' })
  await browser.visit(openUrl(ticket))
  t.match((await browser.open(eventsUrl(ticket))).body, 'event: connected')
})

t.test('a stream is refused to another session, and for what is no ticket', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  const ticket = await ticketOf(browser)
  t.match(await createBrowser(server, PUBLIC_URL).open(eventsUrl(ticket)), { status: 403, body: /SIGN_IN_FOREIGN/ })
  t.match(await browser.open(eventsUrl('nonsense')), { status: 400, body: /SIGN_IN_EXPIRED/ })
  t.match(await browser.open('/api/client/instagram/events'), { status: 400 })
})

t.test('closing the server ends its streams', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  const stream = browser.open(eventsUrl(await ticketOf(browser)))
  await server.close()
  t.match((await stream).body, /^retry: 2000\n\n/)
})

t.test('the fourth stream of a session ends the first, so that a browser keeps connections for its windows', async t => {
  const news = createSignInNews()
  const left = new AbortController()
  const streams = [1, 2, 3, 4].map(() => news.admit('session', left.signal))
  t.same(streams.map(stream => stream.aborted), [true, false, false, false])
  t.equal(news.admit('another', left.signal).aborted, false)
  t.same(streams.map(stream => stream.aborted), [true, false, false, false])
})

t.test('a stream that has left makes room', async t => {
  const news = createSignInNews()
  const streams = [1, 2, 3, 4].map(() => {
    const left = new AbortController()
    const stream = news.admit('session', left.signal)
    left.abort()
    return stream
  })
  t.ok(streams.every(stream => stream.aborted))
  const kept = [1, 2, 3].map(() => news.admit('session', new AbortController().signal))
  t.ok(kept.every(stream => !stream.aborted))
})

t.test('a dozen dialogs of one browser that all listen are all told', async t => {
  const emulator = await emulate(t)
  const credentials = { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret }
  const keys = Array.from({ length: 12 }, (_, index) => `app${index}`)
  const server = await build(t, optionsFor(t, emulator, { apps: Object.fromEntries(keys.map(key => [key, credentials])) }))
  const browser = createBrowser(server, PUBLIC_URL)
  await browser.open('/api/client/instagram/status')
  const told = await Promise.all(keys.map(async key => {
    const ticket = await ticketOf(browser, key)
    const listen = async (): Promise<string> => {
      const { body } = await browser.open(`${eventsUrl(ticket)}&key=${key}`)
      if (body.includes('event: ')) return body
      await pause(RETRY_MS / 20)
      return await listen()
    }
    const listening = listen()
    await browser.visit(`${openUrl(ticket)}&key=${key}`)
    return await listening
  }))
  t.ok(told.every(body => body.endsWith(CONNECTED)))
})

t.test('a sign-in that fails is told with the time to wait', async t => {
  const limited: typeof fetch = async () => Response.json({ error: { code: 80002 } }, { status: 400, headers: { 'x-business-use-case-usage': '{"1":[{"estimated_time_to_regain_access":7}]}' } })
  const server = await build(t, optionsFor(t, await emulate(t), { fetch: limited }))
  const browser = createBrowser(server, PUBLIC_URL)
  const page = await signIn(browser)
  t.equal(page.status, 429)
  t.match(page.body, /Try again in 7 minutes\./)
})
