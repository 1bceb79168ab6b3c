import t from 'tap'
import { connect, originalOf, pathOf } from '../connected.ts'
import { offline, upload } from '../offline.ts'
import { jpeg, svg } from '../pictures.ts'
import { startS3 } from '../storage/s3-server.ts'
import { inside } from '../harness.ts'

t.test('a private file in S3 is read through the server', async t => {
  const { server } = await offline(t, { storage: { S3: await startS3(t) } })
  const blob = await upload(server, jpeg)
  t.match(blob, { container: 'bucket' })
  const read = await server.inject(pathOf(blob))
  t.equal(read.statusCode, 200)
  t.ok(read.rawPayload.equals(jpeg))
  const part = await server.inject({ url: pathOf(blob), headers: { range: 'bytes=5-9' } })
  t.same([part.statusCode, part.rawPayload], [206, jpeg.subarray(5, 10)])
})

t.test('a public file in S3 is read at a signed address, under the same kind, name and safety', async t => {
  const { server } = await offline(t, { storage: { S3: await startS3(t) } })
  const redirect = await server.inject(pathOf(await upload(server, jpeg, { access: 'public', filename: 'a.jpg' })))
  t.match(redirect, { statusCode: 302, headers: { 'cache-control': 'private, no-store' } })
  const answer = await fetch(String(redirect.headers.location))
  t.ok(Buffer.from(await answer.arrayBuffer()).equals(jpeg))
  t.match(Object.fromEntries(answer.headers), { 'content-type': 'image/jpeg', 'content-disposition': 'inline; filename="a.jpg"' })
  const drawing = await server.inject(pathOf(await upload(server, svg, { access: 'public', filename: 'a.svg' })))
  t.match(Object.fromEntries((await fetch(String(drawing.headers.location))).headers), { 'content-disposition': /^attachment/ })
})

t.test('a public file on disk is read through the server: it has no other address', async t => {
  const { server } = await offline(t)
  t.match(await server.inject(pathOf(await upload(server, jpeg, { access: 'public' }))), { statusCode: 200 })
})

t.test('pickAndStore copies into S3, and removing takes the copy away', async t => {
  const connected = await connect(t, { changes: { storage: { S3: await startS3(t) } } })
  const [mediaId = ''] = connected.mediaIds
  const stored = await connected.pick(mediaId, { store: { path: 'albums/' } })
  t.match(stored.data, { container: 'bucket', key: new RegExp(`^albums/.{20}_${mediaId}\\.jpg$`) })
  t.ok((await connected.server.inject(pathOf(stored))).rawPayload.equals(await originalOf(connected, mediaId)))
  t.match(await connected.send({ method: 'DELETE', url: pathOf(stored) }), { statusCode: 200 })
  t.equal(await inside(connected.server).locations.get('S3').location.stat(stored.data.key ?? ''), undefined)
})

t.test('a bucket that cannot be reached is told as such, and nothing is kept', async t => {
  const { server } = await offline(t, { storage: { S3: { ...await startS3(t), endpoint: 'http://127.0.0.1:1' } } })
  const answer = await server.inject({ method: 'POST', url: '/api/store/S3', payload: jpeg, headers: { 'content-type': 'image/jpeg' } })
  t.match(answer, { statusCode: 502, body: /STORAGE_UNAVAILABLE/ })
  t.same(await inside(server).database.selectFrom('contactsheet_files').selectAll().execute(), [])
})
