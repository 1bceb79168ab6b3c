import t from 'tap'
import { connect, originalOf, pathOf, textOf } from '../connected.ts'
import { inside } from '../harness.ts'

t.test('a picked photo reads back byte for byte as the CDN serves it', async t => {
  const connected = await connect(t)
  const [mediaId = ''] = connected.mediaIds
  const picked = await connected.pick(mediaId)
  t.match(picked, { data: { filename: `${mediaId}.jpg`, type: 'image/jpeg', client: 'Instagram' } })
  t.match(picked.url, /^http:\/\/app\.localhost\/api\/file\/[A-Za-z0-9_-]{20}$/)

  const original = await originalOf(connected, mediaId)
  t.equal(picked.data.size, original.length)
  const read = await connected.server.inject(pathOf(picked))
  t.equal(read.statusCode, 200)
  t.ok(read.rawPayload.equals(original))
  t.match(read.headers, { 'content-type': 'image/jpeg', 'content-length': String(original.length), 'x-file-name': `${mediaId}.jpg`, 'content-disposition': `inline; filename="${mediaId}.jpg"` })
})

t.test('a pick tells fp.upload with the fields of Filestack\'s page, in seconds, with the id of the outbox', async t => {
  const connected = await connect(t)
  const [mediaId = ''] = connected.mediaIds
  const before = Math.floor(Date.now() / 1000)
  const picked = await connected.pick(mediaId)
  const [event] = await connected.told(1)
  t.same(event, {
    action: 'fp.upload',
    timestamp: event?.timestamp,
    id: 1,
    text: { url: picked.url, client: 'Instagram', type: 'image/jpeg', filename: `${mediaId}.jpg`, size: picked.data.size }
  })
  t.ok(Number(event?.timestamp) - before < 60)
})

t.test('pickAndStore keeps a copy under <20 random characters>_<filename> and tells where', async t => {
  const connected = await connect(t)
  const [mediaId = ''] = connected.mediaIds
  const stored = await connected.pick(mediaId, { store: { location: 's3' } })
  t.match(stored.data.key, new RegExp(`^[A-Za-z0-9_-]{20}_${mediaId}\\.jpg$`))
  const [event] = await connected.told(1)
  t.same(textOf(event), {
    container: 'files', url: stored.url, filename: `${mediaId}.jpg`, client: 'Instagram', key: stored.data.key, type: 'image/jpeg', size: stored.data.size
  })
  const original = await originalOf(connected, mediaId)
  await connected.emulator.close()
  t.ok((await connected.server.inject(pathOf(stored))).rawPayload.equals(original), 'and needs Instagram no more')
})

const OUTSIDE = [[{ maxSize: 1_000 }, 413, /FILE_TOO_LARGE/], [{ minSize: 100_000_000 }, 400, /FILE_TOO_SMALL/]] as const
const choose = (payload: object) => ({ method: 'POST', url: '/api/client/instagram/pick', payload }) as const

t.test('a photo outside the limits of the page is refused before anything is kept or told, by link and by copy', async t => {
  const { server, send, pick, mediaIds, told } = await connect(t)
  const [mediaId = ''] = mediaIds
  for (const [limits, status, code] of OUTSIDE) {
    for (const store of [undefined, { location: 'S3', path: 'refused.jpg' }]) {
      t.match(await send(choose({ mediaId, ...limits, store })), { statusCode: status, body: code })
    }
  }
  t.equal(await inside(server).locations.get('S3').location.stat('refused.jpg'), undefined)
  const picked = await pick(mediaId, { minSize: 1_000, maxSize: 10_000_000 })
  t.match(await told(1), [{ action: 'fp.upload', id: 1, text: { url: picked.url } }], 'the first event is of the photo that fits')
})

t.test('where the CDN does not say the size, the bytes are counted, and the limits hold all the same', async t => {
  const { server, send, pick, mediaIds, told } = await connect(t)
  const [mediaId = ''] = mediaIds
  const { fetcher, locations } = inside(server)
  const download = fetcher.download.bind(fetcher)
  fetcher.download = async (url, { range: _, ...options }) => ({ ...await download(url, { ...options, maxBytes: Infinity }), size: undefined, range: undefined })
  for (const store of [undefined, { location: 'S3', path: 'refused.jpg' }]) {
    t.match(await send(choose({ mediaId, minSize: 100_000_000, store })), { statusCode: 400, body: /FILE_TOO_SMALL/ })
  }
  t.match(await send(choose({ mediaId, maxSize: 1_000, store: { location: 'S3', path: 'refused.jpg' } })), { statusCode: 413, body: /FILE_TOO_LARGE/ })
  t.match(await send(choose({ mediaId, maxSize: 1_000 })), { statusCode: 413, body: /FILE_TOO_LARGE/ })
  t.equal(await locations.get('S3').location.stat('refused.jpg'), undefined)
  const picked = await pick(mediaId, { minSize: 1_000 })
  t.ok(Number(picked.data.size) > 1_000)
  t.match(await told(1), [{ id: 1 }])
  t.equal((await pick(mediaId)).data.size, undefined, 'without limits nothing is counted')
})

t.test('the limits of the page cannot widen those of the app', async t => {
  const { server, send, mediaIds } = await connect(t)
  const app = inside(server).options.apps.get('default')
  t.ok(app)
  Object.assign(app ?? {}, { maxSize: 1_000 })
  t.match(await send(choose({ mediaId: mediaIds[0], maxSize: 1e12 })), { statusCode: 413, body: /FILE_TOO_LARGE/ })
})

t.test('filepicker.remove(pickedBlob) without a policy works for the browser session that made the handle', async t => {
  const { pick, send, mediaIds, told } = await connect(t)
  const picked = await pick(mediaIds[0] ?? '')
  const remove = { method: 'POST', url: `${pathOf(picked)}/remove`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'key=default' } as const
  const removed = await send(remove)
  t.same([removed.statusCode, removed.body], [200, 'success'])
  t.match(await send(remove), { statusCode: 404, body: /FILE_NOT_FOUND/ }, 'a second time there is nothing to remove')
  t.match(await send({ url: pathOf(picked) }), { statusCode: 404 })
  t.same((await told(2))[1], { action: 'fp.delete', timestamp: (await told(2))[1]?.timestamp, id: 2, text: { url: picked.url } })
})

t.test('another browser, or none, may not remove it', async t => {
  const { pick, server, mediaIds } = await connect(t)
  const picked = await pick(mediaIds[0] ?? '')
  for (const headers of [{}, { cookie: 'contactsheet=something-else-that-is-forty-three-characters-x' }]) {
    t.match(await server.inject({ method: 'DELETE', url: pathOf(picked), headers }), { statusCode: 403, body: /ACCESS_DENIED/ })
  }
})
