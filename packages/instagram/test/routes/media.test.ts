import t from 'tap'
import { createBrowser, signIn } from '../browser-profile.ts'
import { build, emulate, inside, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(120_000)

interface Item { id: string, kind: string, thumbnail?: string, caption?: string, children?: Item[] }

t.test('photos are listed page by page with our own cursor, albums open into their photos, videos are left out', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  const items: Item[] = []
  for (let after = ''; ;) {
    const page = await browser.open(`/api/client/instagram/media?limit=20${after === '' ? '' : `&after=${after}`}`)
    t.equal(page.status, 200)
    t.notMatch(page.body, /IGAA|access_token|oe=/)
    const body = page.json() as { items: Item[], after?: string }
    items.push(...body.items)
    if (body.after === undefined) break
    after = body.after
  }
  t.equal(new Set(items.map(item => item.id)).size, items.length)
  t.ok(items.length > 30)
  t.same([...new Set(items.map(item => item.kind))].sort(), ['carousel', 'image'])
  const albums = items.filter(item => item.kind === 'carousel')
  t.same(albums.map(album => album.children?.map(child => child.kind)), [['image', 'image', 'image', 'image'], ['image', 'image', 'image']])
  t.ok(items.every(item => item.thumbnail?.startsWith('/api/thumbnail/')))
})

t.test('a photo that was listed is found with a link that works, without another call to Instagram', async t => {
  const emulator = await emulate(t)
  let calls = 0
  const counting: typeof fetch = async (...given) => { calls++; return await fetch(...given) }
  const server = await build(t, optionsFor(t, emulator, { fetch: counting }))
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  const { items } = (await browser.open('/api/client/instagram/media')).json() as { items: Item[] }
  const row = await inside(server).database.selectFrom('contactsheet_connections').selectAll().executeTakeFirstOrThrow()
  const before = calls
  const found = await inside(server).media.find({ appKey: 'default', accountId: row.account_id }, items[0]?.id ?? '')
  t.equal(calls, before)
  t.equal((await fetch(found.url)).headers.get('content-type'), 'image/jpeg')
})

t.test('a session that is not connected gets 401', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  t.match(await server.inject('/api/client/instagram/media'), { statusCode: 401, body: /INSTAGRAM_NOT_CONNECTED/ })
})

t.test('disconnecting deletes the token and tells where to remove the app', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  t.same((await browser.open('/api/client/instagram/unauth')).json(), { ok: true, manageUrl: 'https://www.instagram.com/accounts/manage_access/' })
  t.same(await inside(server).database.selectFrom('contactsheet_connections').selectAll().execute(), [])
  t.match((await browser.open('/api/client/instagram/media')), { status: 401 })
})
