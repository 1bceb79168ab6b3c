import t from 'tap'
import sharp from 'sharp'
import { createBrowser, signIn } from '../browser-profile.ts'
import { createThumbnailLinks } from '../../src/auth/thumbnail-links.ts'
import { build, emulate, optionsFor, PUBLIC_URL, SECRET } from '../harness.ts'

t.setTimeout(120_000)

const DAY_MS = 24 * 60 * 60_000
const ACCOUNT = { appKey: 'default', accountId: '17' }

async function connected (t: Parameters<typeof build>[0], changes: Parameters<typeof optionsFor>[2] = {}) {
  const emulator = await emulate(t)
  const server = await build(t, optionsFor(t, emulator, changes))
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  const { items } = (await browser.open('/api/client/instagram/media?videos=true&limit=30')).json() as { items: Array<{ kind: string, thumbnail: string }> }
  const thumbnailOf = (kind: string) => String(items.find(item => item.kind === kind)?.thumbnail)
  return { emulator, server, browser, thumbnailOf }
}

t.test('photos, albums and videos have previews, at each of the widths', async t => {
  const { server, thumbnailOf } = await connected(t)
  for (const kind of ['image', 'carousel', 'video']) {
    const answer = await server.inject(thumbnailOf(kind))
    t.match(answer.headers, { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=86400, immutable', 'x-content-type-options': 'nosniff' }, kind)
    t.equal((await sharp(answer.rawPayload).metadata()).width, 320, kind)
  }
  for (const width of [160, 480, 640, 960, 1080]) {
    const { rawPayload } = await server.inject(`${thumbnailOf('image')}?w=${width}`)
    t.equal((await sharp(rawPayload).metadata()).width, width)
  }
})

t.test('a width that is not on the list is refused, so that nobody fills the cache', async t => {
  const { server, thumbnailOf } = await connected(t)
  for (const width of ['321', '0', '-1', '1e3', 'x', '']) t.equal((await server.inject(`${thumbnailOf('image')}?w=${width}`)).statusCode, 400, width)
})

t.test('a browser that has the preview is answered 304', async t => {
  const { server, thumbnailOf } = await connected(t)
  const { headers } = await server.inject(thumbnailOf('image'))
  const again = await server.inject({ url: thumbnailOf('image'), headers: { 'if-none-match': String(headers.etag) } })
  t.equal(again.statusCode, 304)
})

t.test('after disconnecting, previews are no longer answered', async t => {
  const { server, browser, thumbnailOf } = await connected(t)
  t.equal((await server.inject(thumbnailOf('image'))).statusCode, 200)
  await browser.open('/api/client/instagram/unauth')
  t.match(await server.inject(thumbnailOf('image')), { statusCode: 401, body: /INSTAGRAM_RECONNECT_REQUIRED/ })
})

t.test('a preview link lasts at least a day and at most two', async t => {
  let now = Date.UTC(2026, 10, 24, 23, 59)
  const links = createThumbnailLinks([SECRET], '/', () => now)
  const path = links.pathOf(ACCOUNT, '5')
  t.equal(links.pathOf(ACCOUNT, '5'), path, 'and is the same text meanwhile, for the browser’s cache')
  const token = path.slice('/api/thumbnail/'.length)
  t.same(links.read(token), { ...ACCOUNT, mediaId: '5' })
  now += DAY_MS
  t.same(links.read(token), { ...ACCOUNT, mediaId: '5' })
  now += DAY_MS
  t.equal(links.read(token), undefined)
})

t.test('a link signed with an older secret of the list is good, one of another secret is not', async t => {
  const tokenOf = (secret: string) => createThumbnailLinks([secret], '/', Date.now).pathOf(ACCOUNT, '5').slice('/api/thumbnail/'.length)
  const links = createThumbnailLinks(['the newest secret, 32 characters long', SECRET], '/', Date.now)
  t.ok(links.read(tokenOf(SECRET)))
  t.equal(links.read(tokenOf('a secret that nobody here has listed')), undefined)
})

t.test('a link that was changed is refused', async t => {
  const { server, thumbnailOf } = await connected(t)
  const [text = '', signature = ''] = thumbnailOf('image').slice('/api/thumbnail/'.length).split('.')
  const other = Buffer.from(JSON.stringify(['default', '1', '2', 99999])).toString('base64url')
  for (const token of [`${other}.${signature}`, `${text}.${'A'.repeat(43)}`]) t.match(await server.inject(`/api/thumbnail/${token}`), { statusCode: 404, body: /THUMBNAIL_EXPIRED/ })
  for (const token of ['x', `${text}.`, `${text}.${signature}.x`]) t.equal((await server.inject(`/api/thumbnail/${token}`)).statusCode, 400)
})
