import t from 'tap'
import { connect, originalOf, pathOf } from '../connected.ts'
import { inside } from '../harness.ts'

const DAY_MS = 24 * 60 * 60 * 1000

t.test('a link still reads when Instagram\'s own address has died: 30 days later, by the server\'s clock too or not', async t => {
  for (const serverAgesToo of [true, false]) {
    let ageMs = 0
    const connected = await connect(t, { changes: { now: () => Date.now() + ageMs } })
    const [mediaId = ''] = connected.mediaIds
    const picked = await connected.pick(mediaId)
    const original = await originalOf(connected, mediaId)
    connected.emulator.control.clock.advance(30 * DAY_MS)
    if (serverAgesToo) ageMs = 30 * DAY_MS
    const read = await connected.server.inject(pathOf(picked))
    t.equal(read.statusCode, 200)
    t.ok(read.rawPayload.equals(original))
  }
})

t.test('HEAD and conditional reads of a link answer without its bytes', async t => {
  const connected = await connect(t)
  const [mediaId = ''] = connected.mediaIds
  const url = pathOf(await connected.pick(mediaId))
  const original = await originalOf(connected, mediaId)
  t.match(await connected.server.inject({ method: 'HEAD', url }), { statusCode: 200, body: '', headers: { 'content-length': String(original.length) } })
  const { headers: { etag } } = await connected.server.inject(url)
  t.match(await connected.server.inject({ url, headers: { 'if-none-match': String(etag) } }), { statusCode: 304 })
})

t.test('a range of a link is read as a part, and nothing is one that begins behind its end', async t => {
  const connected = await connect(t)
  const [mediaId = ''] = connected.mediaIds
  const url = pathOf(await connected.pick(mediaId))
  const original = await originalOf(connected, mediaId)
  const read = await connected.server.inject({ url, headers: { range: 'bytes=10-19' } })
  t.match(read, { statusCode: 206, headers: { 'content-range': `bytes 10-19/${original.length}`, 'content-length': '10', 'content-type': 'image/jpeg' } })
  t.ok(read.rawPayload.equals(original.subarray(10, 20)))
  t.match(await connected.server.inject({ url, headers: { range: `bytes=${original.length}-` } }), { statusCode: 416, headers: { 'content-range': `bytes */${original.length}` } })
})

t.test('a range of a source that gives no parts gets the whole', async t => {
  const connected = await connect(t, { emulator: { switches: { cdnRanges: 'ignored' } } })
  const [mediaId = ''] = connected.mediaIds
  const url = pathOf(await connected.pick(mediaId))
  const read = await connected.server.inject({ url, headers: { range: 'bytes=10-19' } })
  t.equal(read.statusCode, 200)
  t.ok(read.rawPayload.equals(await originalOf(connected, mediaId)))
})

t.test('a link whose photo is gone answers 404 SOURCE_GONE', async t => {
  const { pick, server, emulator, mediaIds } = await connect(t, { changes: { now: () => Date.now() } })
  const [mediaId = ''] = mediaIds
  const url = pathOf(await pick(mediaId))
  emulator.control.removePost(mediaId)
  emulator.control.clock.advance(30 * DAY_MS)
  t.match(await server.inject(url), { statusCode: 404, body: /SOURCE_GONE/ })
  t.match(await server.inject({ method: 'HEAD', url }), { statusCode: 404 })
})

t.test('a link whose owner has to connect again answers 424 SOURCE_RECONNECT_REQUIRED; a copy goes on reading', async t => {
  const { pick, server, emulator, mediaIds } = await connect(t)
  const [link, copy] = [await pick(mediaIds[0] ?? ''), await pick(mediaIds[1] ?? '', { store: {} })]
  emulator.control.revoke('harbour.and.hill')
  emulator.control.clock.advance(30 * DAY_MS)
  t.match(await server.inject(pathOf(link)), { statusCode: 424, body: /SOURCE_RECONNECT_REQUIRED/ })
  t.match(await server.inject(pathOf(copy)), { statusCode: 200 })
})

t.test('a photo is named by what its bytes are, whatever its address ends in', async t => {
  const { pick, mediaIds } = await connect(t)
  const kinds = new Set<string>()
  for (const mediaId of mediaIds.slice(0, 10)) {
    const { data } = await pick(mediaId)
    kinds.add(`${data.type} ${data.filename.replace(mediaId, '')}`)
  }
  t.same([...kinds], ['image/jpeg .jpg'])
})

t.test('what cannot be picked is refused: a photo of nobody\'s, no session, no connection', async t => {
  const { send, server, mediaIds } = await connect(t)
  const pick = async (mediaId: string) => await send({ method: 'POST', url: '/api/client/instagram/pick', payload: { mediaId } })
  t.match(await pick('17900000000000000'), { statusCode: 404, body: /SOURCE_GONE/ })
  t.match(await pick('../me'), { statusCode: 404, body: /SOURCE_GONE/ })
  t.match(await send({ method: 'POST', url: '/api/client/instagram/pick', payload: {} }), { statusCode: 400 })
  t.match(await server.inject({ method: 'POST', url: '/api/client/instagram/pick', payload: { mediaId: mediaIds[0] } }), { statusCode: 401, body: /INSTAGRAM_NOT_CONNECTED/ })
})

t.test('metadata with cloud=true says what Instagram knows of the photo, for a copy too', async t => {
  const { pick, server, mediaIds } = await connect(t)
  for (const more of [{}, { store: {} }]) {
    const url = `${pathOf(await pick(mediaIds[0] ?? '', more))}/metadata`
    t.match((await server.inject({ url, query: { cloud: 'true' } })).json(), { cloud: { caption: /./, permalink: /^https/, takenAt: /Z$|\+0000$/ } })
  }
})

t.test('the host lists an account\'s files, links and copies alike', async t => {
  const { pick, server, mediaIds } = await connect(t)
  const made = [await pick(mediaIds[0] ?? ''), await pick(mediaIds[1] ?? '', { store: {} }), await pick(mediaIds[2] ?? '')]
  const { account_id: accountId } = await inside(server).database.selectFrom('contactsheet_connections').select('account_id').executeTakeFirstOrThrow()
  const first = await server.instagram.files.list({ accountId, limit: 2 })
  const second = await server.instagram.files.list({ accountId, limit: 2, ...(first.after === undefined ? {} : { after: first.after }) })
  t.same([...first.items, ...second.items].map(server.instagram.files.urlOf), made.map(({ url }) => url).reverse())
  t.equal(second.after, undefined)
})
