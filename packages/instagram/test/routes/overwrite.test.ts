import { readdirSync } from 'node:fs'
import t from 'tap'
import { connect, pathOf } from '../connected.ts'
import { basic, offline, upload } from '../offline.ts'
import { gif, jpeg, multipart, png } from '../pictures.ts'

t.test('other bytes come behind the same handle, and the old ones go', async t => {
  const directory = t.testdir()
  const { server, told } = await offline(t, { storage: { S3: { type: 'disk', directory } } })
  const before = await upload(server, jpeg, { filename: 'a.jpg', path: 'folder/' })
  const answer = await server.inject({ method: 'POST', url: pathOf(before), headers: { ...basic(), 'content-type': 'image/png' }, payload: png })
  t.same(answer.json(), { url: before.url, mimetype: 'image/png', filename: 'a.jpg', size: png.length, isWriteable: true })
  t.ok((await server.inject(pathOf(before))).rawPayload.equals(png))
  t.equal(readdirSync(`${directory}/files/folder`).length, 1)
  const event = (await told(2))[1]
  t.same(event, { action: 'fp.overwrite', timestamp: event?.timestamp, id: 2, text: { mimetype: 'image/png', url: before.url, isWriteable: true, filename: 'a.jpg', client: 'Computer', size: png.length } })
})

t.test('a multipart file and base64decode are taken as in store', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  const form = await multipart({ fileUpload: { bytes: gif, filename: 'new.gif' } })
  t.match((await server.inject({ method: 'POST', url, ...form, headers: { ...form.headers, ...basic() } })).json(), { filename: 'new.gif', mimetype: 'image/gif' })
  t.match((await server.inject({ method: 'POST', url: `${url}?base64decode=true`, headers: { ...basic(), 'content-type': 'text/plain' }, payload: png.toString('base64') })).json(), { size: png.length })
})

t.test('the tag and the date change with the bytes', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  const before = await server.inject(url)
  await server.inject({ method: 'POST', url, headers: { ...basic(), 'content-type': 'image/png' }, payload: png })
  t.match(await server.inject({ url, headers: { 'if-none-match': String(before.headers.etag) } }), { statusCode: 200 })
})

t.test('what may not come in leaves the file as it was', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  t.match(await server.inject({ method: 'POST', url, headers: { ...basic(), 'content-type': 'image/png' }, payload: 'no image' }), { statusCode: 415 })
  t.ok((await server.inject(url)).rawPayload.equals(jpeg))
})

t.test('a link cannot be written to', async t => {
  const { pick, send, mediaIds } = await connect(t)
  const url = pathOf(await pick(mediaIds[0] ?? ''))
  t.match(await send({ method: 'POST', url, payload: png, headers: { 'content-type': 'image/png' } }), { statusCode: 409, body: /FILE_NOT_WRITEABLE/ })
})

t.test('of two writers at once one wins and the other is told', async t => {
  const directory = t.testdir()
  const { server } = await offline(t, { storage: { S3: { type: 'disk', directory } } })
  const url = pathOf(await upload(server, jpeg))
  const write = async (payload: Buffer) => await server.inject({ method: 'POST', url, headers: { ...basic(), 'content-type': 'image/png' }, payload })
  const answers = await Promise.all([write(png), write(gif), write(png)])
  const codes = answers.map(({ statusCode }) => statusCode)
  t.ok(codes.includes(200))
  t.ok(codes.every(code => code === 200 || code === 409), String(codes))
  t.equal(readdirSync(`${directory}/files`).length, 1, 'the bytes of the others are gone')
})
