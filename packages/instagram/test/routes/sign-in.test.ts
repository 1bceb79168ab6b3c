import t from 'tap'
import { createBrowser, atCallback, signIn, ticketOf, type Browser } from '../browser-profile.ts'
import { build, emulate, inside, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(120_000)

const STATUS = '/api/client/instagram/status'
const statusOf = async (browser: Browser) => (await browser.open(STATUS)).json()
const openUrl = (ticket: string, more = '') => `/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}${more}`

t.test('a person signs in through Instagram and the session is connected', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  t.match(await statusOf(browser), { status: 'disconnected', signIn: String })
  const page = await signIn(browser)
  t.equal(page.status, 200)
  t.match(page.body, 'You are connected as harbour.and.hill')
  t.same(await statusOf(browser), { status: 'connected', username: 'harbour.and.hill', accountType: 'BUSINESS' })
})

t.test('a link without a dialog signs in the session of its own window', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  t.equal((await browser.visit('/api/client/instagram/auth/open')).status, 200)
  t.match(await statusOf(browser), { status: 'connected' })
})

t.test('the last page lets nothing in, keeps its opener, and names the exact origin', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const page = await signIn(createBrowser(server, PUBLIC_URL))
  t.match(page.headers.get('content-security-policy'), /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/)
  t.equal(page.headers.get('cross-origin-opener-policy'), 'unsafe-none')
  t.equal(page.headers.get('cache-control'), 'no-store')
  t.match(page.body, /postMessage\(message, location\.origin\)/)
  t.match(page.body, /data-close="yes"/)
})

t.test('a full-page sign-in goes back to where it came from', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  const returnTo = encodeURIComponent('/dialog/open/?key=default')
  const page = await browser.visit(openUrl(await ticketOf(browser), `&mode=redirect&returnTo=${returnTo}`), { through: url => url.pathname === '/dialog/open/' ? undefined : url })
  t.equal(page.url, `${PUBLIC_URL}/dialog/open/?key=default&signIn=connected`)
  t.match(await statusOf(browser), { status: 'connected' })
})

t.test('a full-page sign-in that fails goes back with its code', async t => {
  const server = await build(t, optionsFor(t, await emulate(t, { answer: 'deny' })))
  const browser = createBrowser(server, PUBLIC_URL)
  const page = await browser.visit('/api/client/instagram/auth/open?mode=redirect&returnTo=/here', { through: url => url.pathname === '/here' ? undefined : url })
  t.equal(page.url, `${PUBLIC_URL}/here?signIn=failed&code=INSTAGRAM_DECLINED`)
})

for (const returnTo of ['https://evil.test/', '//evil.test/', '/\\evil.test', 'javascript:alert(1)', 'data:text/html,x', '']) {
  t.test(`a full-page sign-in never goes on to ${JSON.stringify(returnTo)}`, async t => {
    const server = await build(t, optionsFor(t, await emulate(t)))
    const page = await createBrowser(server, PUBLIC_URL).open(`/api/client/instagram/auth/open?mode=redirect&returnTo=${encodeURIComponent(returnTo)}`)
    if (page.status === 302) t.match(new URL(page.headers.get('location') ?? '').searchParams.get('redirect_uri'), PUBLIC_URL)
    else t.equal(page.status, 400)
    const rows = await inside(server).database.selectFrom('contactsheet_sign_ins').select('return_to').execute()
    t.ok(rows.every(row => row.return_to === `${PUBLIC_URL}/`))
  })
}

t.test('a full-page sign-in may go back to a page of the app', async t => {
  const emulator = await emulate(t)
  const app = { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret, origins: ['https://shop.test'] }
  const server = await build(t, optionsFor(t, emulator, { app }))
  const page = await createBrowser(server, PUBLIC_URL).visit('/api/client/instagram/auth/open?mode=redirect&returnTo=https://shop.test/upload', { through: url => url.host === 'shop.test' ? undefined : url })
  t.equal(page.url, 'https://shop.test/upload?signIn=connected')
})

t.test('a callback that comes twice changes nothing the second time', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  const { url } = await signIn(browser, { through: atCallback })
  const pages = await Promise.all([browser.open(url), browser.open(url)])
  t.same(pages.map(page => page.status).sort(), [200, 409])
  t.equal((await browser.open(url)).status, 409)
  t.match(await statusOf(browser), { status: 'connected' })
})

t.test('a callback in another browser is refused: nobody is signed in to an account that was planted on them', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const attacker = createBrowser(server, PUBLIC_URL)
  const victim = createBrowser(server, PUBLIC_URL)
  await statusOf(victim)
  const { url } = await signIn(attacker, { through: atCallback })
  const page = await victim.open(url)
  t.equal(page.status, 403)
  t.match(page.body, 'belongs to another browser')
  t.match(await statusOf(victim), { status: 'disconnected' })
  t.equal((await attacker.open(url)).status, 200, 'and the state is still good for the one who started')
})

t.test('a start with a foreign ticket is refused: nobody is lured into connecting their account to a stranger', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const attacker = createBrowser(server, PUBLIC_URL)
  const ticket = await ticketOf(attacker)
  for (const site of ['cross-site', 'same-site', 'none', undefined]) {
    const victim = createBrowser(server, PUBLIC_URL)
    const page = await victim.open(openUrl(ticket), site === undefined ? {} : { 'sec-fetch-site': site })
    t.equal(page.status, 403, `Sec-Fetch-Site: ${site ?? 'absent'}`)
    t.notOk(page.headers.has('location'))
  }
  t.match(await statusOf(attacker), { status: 'disconnected' })
})

t.test('a window whose cookies are not the dialog’s (a dialog framed by a foreign site) signs in for the dialog when a page of ours opened it', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const frame = createBrowser(server, PUBLIC_URL)
  const window = createBrowser(server, PUBLIC_URL)
  const ticket = await ticketOf(frame)
  t.equal((await window.visit(openUrl(ticket), { headers: { 'sec-fetch-site': 'same-origin' } })).status, 200)
  t.match(await statusOf(frame), { status: 'connected' })
  t.match(await statusOf(window), { status: 'disconnected' })
})

t.test('a ticket of one app does not start a sign-in of another', async t => {
  const emulator = await emulate(t)
  const apps = { other: { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret } }
  const server = await build(t, optionsFor(t, emulator, { apps }))
  const browser = createBrowser(server, PUBLIC_URL)
  t.equal((await browser.open(openUrl(await ticketOf(browser, 'other')))).status, 400)
})

t.test('ten minutes at Instagram are the most', async t => {
  let now = Date.now()
  const server = await build(t, optionsFor(t, await emulate(t), { now: () => now }))
  const browser = createBrowser(server, PUBLIC_URL)
  const { url } = await signIn(browser, { through: atCallback })
  now += 10 * 60_000
  const page = await browser.open(url)
  t.equal(page.status, 400)
  t.match(page.body, 'too old')
  t.match(await statusOf(browser), { status: 'disconnected' })
})

for (const query of ['', '?code=1', '?state=', '?state=unknown&code=1', '?state=a&state=b&code=1', `?state=${'x'.repeat(300)}&code=1`]) {
  t.test(`a callback ${query.slice(0, 40) || 'without a query'} that nobody started is refused as a page`, async t => {
    const server = await build(t, optionsFor(t, await emulate(t)))
    const page = await createBrowser(server, PUBLIC_URL).open(`/api/client/instagram/authCallback/open${query}`)
    t.equal(page.status, 400)
    t.match(page.headers.get('content-type'), 'text/html')
  })
}

t.test('an unknown app key is refused as a page', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  t.match(await createBrowser(server, PUBLIC_URL).open('/api/client/instagram/auth/open?key=nobody'), { status: 403, body: /<h1>/ })
})

t.test('the code is taken without the "#_" that some people copy along', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  const page = await signIn(browser, { through: url => { if (url.searchParams.has('code')) url.searchParams.set('code', `${url.searchParams.get('code')}#_`); return url } })
  t.equal(page.status, 200)
})
