import t from 'tap'
import { createBrowser, signIn } from '../browser-profile.ts'
import { build, emulate, inside, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(240_000)

const MEDIA = '/api/client/instagram/media'
const STATUS = '/api/client/instagram/status'
const DAY_MS = 24 * 60 * 60_000

/** A connected browser, on the emulator's own clock. */
async function connected (t: Parameters<typeof build>[0], options: Parameters<typeof emulate>[1] = {}) {
  const emulator = await emulate(t, options)
  const server = await build(t, optionsFor(t, emulator, { now: emulator.control.clock.now }))
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  const calls = () => emulator.control.requests().filter(({ path }) => path.includes('/me/media')).length
  return { emulator, server, browser, calls }
}

for (const [reason, switches] of [['removed', {}], ['passwordChanged', {}], ['roleLost', {}], ['roleLost', { lostRole: 'unsupportedRequest' }]] as const) {
  t.test(`a token that died (${reason}${'lostRole' in switches ? ', told as code 100' : ''}) asks to connect again, in the answer and in the status`, async t => {
    const { emulator, browser } = await connected(t, { switches })
    emulator.control.revoke('harbour.and.hill', reason)
    t.match(await browser.open(MEDIA), { status: 401, body: /INSTAGRAM_RECONNECT_REQUIRED/ })
    t.match((await browser.open(STATUS)).json(), { status: 'reconnect', username: 'harbour.and.hill', signIn: String })
    t.match(await browser.open(MEDIA), { status: 401 })
  })
}

t.test('after connecting again the list works again', async t => {
  const { emulator, browser } = await connected(t)
  emulator.control.revoke('harbour.and.hill', 'passwordChanged')
  await browser.open(MEDIA)
  await signIn(browser)
  t.match((await browser.open(STATUS)).json(), { status: 'connected' })
  t.equal((await browser.open(MEDIA)).status, 200)
})

for (const [name, plan, status, code] of [
  ['code 1 once', { code: '1' }, 200, undefined],
  ['code 2 twice', { code: '2', times: 2 }, 200, undefined],
  ['status 500 once', { mishap: 'http500' }, 200, undefined],
  ['a page for people once', { mishap: 'html' }, 200, undefined],
  ['a broken connection once', { mishap: 'reset' }, 200, undefined],
  ['half an answer once', { mishap: 'truncated' }, 200, undefined],
  ['an answer cut short once', { mishap: 'cutShort' }, 200, undefined],
  ['code 1 for ever', { code: '1', times: 0 }, 502, 'INSTAGRAM_UNAVAILABLE'],
  ['status 500 for ever', { mishap: 'http500', times: 0 }, 502, 'INSTAGRAM_UNAVAILABLE'],
  ['code 10', { code: '10' }, 403, 'INSTAGRAM_PERMISSION_MISSING'],
  ['code 200', { code: '200' }, 403, 'INSTAGRAM_PERMISSION_MISSING'],
  ['code 368', { code: '368' }, 403, 'INSTAGRAM_ACCOUNT_RESTRICTED'],
  ['code 190/463', { code: '190/463' }, 401, 'INSTAGRAM_RECONNECT_REQUIRED']
] as ReadonlyArray<readonly [string, Parameters<Awaited<ReturnType<typeof emulate>>['control']['fail']>[0], number, string | undefined]>) {
  t.test(`Instagram answers ${name}: ${code ?? 'the list comes all the same'}`, async t => {
    const { emulator, browser } = await connected(t, { switches: { userMessages: 'ja' } })
    emulator.control.fail({ path: '/me/media', ...plan })
    const page = await browser.open(MEDIA)
    t.equal(page.status, status)
    if (code !== undefined) t.equal(page.json().code, code)
  })
}

for (const throttleStatus of [400, 403] as const) {
  for (const code of ['17', '613', '80002'] as const) {
    t.test(`a limit (code ${code}, status ${throttleStatus}) is told with the time to wait, and Instagram is left alone meanwhile`, async t => {
      const { emulator, browser, calls } = await connected(t, { switches: { throttleStatus, usageHeaders: 'off' } })
      const before = calls()
      emulator.control.fail({ path: '/me/media', code })
      const page = await browser.open(MEDIA)
      t.equal(page.status, 429)
      t.equal(page.headers.get('retry-after'), '300')
      t.match(page.json(), { code: 'INSTAGRAM_LIMIT_REACHED' })
      t.equal((await browser.open(MEDIA)).status, 429)
      t.equal(calls(), before + 1)
      emulator.control.clock.advance(301_000)
      t.equal((await browser.open(MEDIA)).status, 200)
    })
  }
}

t.test('every session of a limited account waits, another account does not', async t => {
  const { emulator, server, browser } = await connected(t, { switches: { usageHeaders: 'off' } })
  const [same, other] = [createBrowser(server, PUBLIC_URL), createBrowser(server, PUBLIC_URL)]
  await signIn(same)
  await signIn(other, { account: 'noor.paints.light' })
  emulator.control.fail({ path: '/me/media', code: '80002' })
  t.equal((await browser.open(MEDIA)).status, 429)
  t.equal((await same.open(MEDIA)).status, 429)
  t.equal((await other.open(MEDIA)).status, 200)
})

t.test('fields that Instagram withdraws are done without', async t => {
  const { browser } = await connected(t, { switches: { facebookLoginFields: 'refused', childPermalink: 'omitted' } })
  const page = await browser.open(MEDIA)
  t.equal(page.status, 200)
  const { items } = page.json() as { items: Array<{ id: string, caption?: string, thumbnail?: string }> }
  t.ok(items.length > 10)
  t.ok(items.every(item => item.caption === undefined && item.thumbnail !== undefined))
})

t.test('an empty account has an empty list', async t => {
  const { browser } = await connected(t, { answer: { account: 'quiet.studio' } })
  t.same((await browser.open(MEDIA)).json(), { items: [] })
})

t.test('an account with a bare profile can be connected and listed', async t => {
  const { browser } = await connected(t, { answer: { account: 'bare.profile' } })
  t.equal((await browser.open(MEDIA)).status, 200)
})

t.test('a list of ten thousand is read to its end, each photo once', async t => {
  const { browser } = await connected(t, { answer: { account: 'ten.thousand.days' } })
  const ids = new Set<string>()
  let after = ''
  do {
    const page = (await browser.open(`${MEDIA}?limit=100${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`)).json() as { items: Array<{ id: string }>, after?: string }
    for (const { id } of page.items) ids.add(id)
    after = page.after ?? ''
  } while (after !== '')
  t.equal(ids.size, 10_000)
})

t.test('a token is refreshed at Instagram when it nears its end, and lives on for 60 days', async t => {
  const { emulator, server, browser } = await connected(t)
  emulator.control.clock.advance(52 * DAY_MS)
  t.equal((await browser.open(MEDIA)).status, 200)
  t.equal(emulator.control.requests().filter(({ path }) => path.includes('refresh_access_token')).length, 1)
  emulator.control.clock.advance(45 * DAY_MS)
  t.equal((await browser.open(MEDIA)).status, 200, '97 days after the sign-in')
  await inside(server).keepHouse(new AbortController().signal)
  t.match((await browser.open(STATUS)).json(), { status: 'connected' })
})

t.test('upkeep alone keeps a connection alive that nobody uses', async t => {
  const { emulator, server, browser } = await connected(t)
  for (let week = 0; week < 30; week++) {
    emulator.control.clock.advance(7 * DAY_MS)
    await inside(server).keepHouse(new AbortController().signal)
  }
  t.match((await browser.open(STATUS)).json(), { status: 'connected' })
  t.equal((await browser.open(MEDIA)).status, 200)
})

t.test('a connection that nobody kept alive asks to connect again', async t => {
  const { emulator, browser } = await connected(t)
  emulator.control.clock.advance(61 * DAY_MS)
  t.match(await browser.open(MEDIA), { status: 401, body: /INSTAGRAM_RECONNECT_REQUIRED/ }, 'Instagram was asked, and refused its token')
  t.match((await browser.open(STATUS)).json(), { status: 'reconnect' })
})

t.test('a link that died at Instagram’s is looked up anew before it is used', async t => {
  const { emulator, server, browser } = await connected(t)
  const { items } = (await browser.open(MEDIA)).json() as { items: Array<{ thumbnail: string }> }
  emulator.control.clock.advance(10 * DAY_MS)
  const { items: [again] } = (await browser.open(`${MEDIA}?limit=1`)).json() as { items: Array<{ thumbnail: string }> }
  t.equal((await server.inject(String(again?.thumbnail))).statusCode, 200)
  t.equal((await server.inject(String(items[0]?.thumbnail))).statusCode, 404, 'a preview link of ten days ago is too old')
})

for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=', `after=${'x'.repeat(1001)}`, 'after=%00', 'after=a%20b', 'videos=maybe']) {
  t.test(`the query ${query.slice(0, 20)} is refused with 400, and Instagram is not asked`, async t => {
    const { browser, calls } = await connected(t)
    const before = calls()
    t.equal((await browser.open(`${MEDIA}?${query}`)).status, 400)
    t.equal(calls(), before)
  })
}
