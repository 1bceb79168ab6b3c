import { Readable } from 'node:stream'
import t from 'tap'
import { pathOf } from '../connected.ts'
import { basic, offline, signPolicy, upload } from '../offline.ts'
import { jpeg, png, sideways } from '../pictures.ts'

t.test('HEAD says what GET would, without the bytes', async t => {
  const { server } = await offline(t)
  const blob = await upload(server, jpeg, { filename: 'a.jpg' })
  const head = await server.inject({ method: 'HEAD', url: pathOf(blob) })
  t.match(head, { statusCode: 200, body: '' })
  t.match(head.headers, { 'content-type': 'image/jpeg', 'content-length': String(jpeg.length), 'content-disposition': 'inline; filename="a.jpg"', 'x-file-name': 'a.jpg', 'accept-ranges': 'bytes' })
})

t.test('what follows a + after the handle is for people only', async t => {
  const { server } = await offline(t)
  const blob = await upload(server, jpeg)
  t.match(await server.inject(`${pathOf(blob)}+any name.jpg`), { statusCode: 200 })
})

t.test('attack: guessing handles meets 404, for every spelling of a wrong one', async t => {
  const { server } = await offline(t)
  for (const handle of ['AAAAAAAAAAAAAAAAAAAA', 'short', 'A'.repeat(21), '%00', '..%2F..%2Fetc%2Fpasswd', 'AAAAAAAAAAAAAAAAAAA%27', '+name']) {
    for (const suffix of ['', '/metadata']) t.match(await server.inject(`/api/file/${handle}${suffix}`), { statusCode: 404, body: /FILE_NOT_FOUND/ }, handle)
    t.match(await server.inject({ method: 'DELETE', url: `/api/file/${handle}` }), { statusCode: 404 }, handle)
  }
})

t.test('one range is answered with 206', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  for (const [range, start, end] of [['bytes=0-9', 0, 9], ['bytes=10-', 10, jpeg.length - 1], ['bytes=-5', jpeg.length - 5, jpeg.length - 1], ['bytes=5-5', 5, 5], ['bytes=0-99999', 0, jpeg.length - 1], ['bytes=0-0', 0, 0]] as const) {
    const part = await server.inject({ url, headers: { range } })
    t.match(part, { statusCode: 206, headers: { 'content-range': `bytes ${start}-${end}/${jpeg.length}`, 'content-length': String(end - start + 1) } }, range)
    t.same(part.rawPayload, jpeg.subarray(start, end + 1))
  }
})

t.test('several ranges, nonsense, and another If-Range get the whole; a range behind the end gets 416', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  for (const headers of [{ range: 'bytes=0-1,4-5' }, { range: 'bytes=a-b' }, { range: 'pages=1-2' }, { range: 'bytes=0-1', 'if-range': '"other"' }]) {
    t.match(await server.inject({ url, headers }), { statusCode: 200 })
  }
  const { headers: { etag, 'last-modified': modified } } = await server.inject(url)
  t.match(await server.inject({ url, headers: { range: 'bytes=0-1', 'if-range': String(etag) } }), { statusCode: 206 })
  t.match(await server.inject({ url, headers: { range: 'bytes=0-1', 'if-range': String(modified) } }), { statusCode: 206 })
  t.match(await server.inject({ url, headers: { range: 'bytes=99999-' } }), { statusCode: 416, body: /RANGE_NOT_SATISFIABLE/, headers: { 'content-range': `bytes */${jpeg.length}` } })
})

t.test('nothing is sent again to who has it already', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  const { headers: { etag, 'last-modified': modified } } = await server.inject(url)
  t.match(etag, /^"[0-9a-f]{64}"$/)
  for (const headers of [{ 'if-none-match': String(etag) }, { 'if-none-match': `"x", W/${String(etag)}` }, { 'if-modified-since': String(modified) }]) {
    const answer = await server.inject({ url, headers })
    t.match(answer, { statusCode: 304, body: '', headers: { etag } })
  }
  t.match(await server.inject({ url, headers: { 'if-none-match': '"other"' } }), { statusCode: 200 })
})

t.test('cache and dl mean what they meant', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg, { filename: 'a.jpg' }))
  const header = async (query: Record<string, string>, name: string) => (await server.inject({ url, query })).headers[name]
  t.equal(await header({ cache: 'true' }, 'cache-control'), 'public, max-age=315360000, no-transform')
  t.equal(await header({ cache: 'false' }, 'cache-control'), 'no-cache')
  t.equal(await header({}, 'cache-control'), 'private, no-cache')
  t.equal(await header({ dl: 'true' }, 'content-disposition'), 'attachment; filename="a.jpg"')
  t.equal(await header({ policy: '', signature: '', _cacheBust: '1', plugin: 'js_lib' }, 'content-disposition'), 'inline; filename="a.jpg"')
})

t.test('an error is never kept by a cache', async t => {
  const { server } = await offline(t)
  t.match((await server.inject('/api/file/AAAAAAAAAAAAAAAAAAAA?cache=true')).headers, { 'cache-control': 'no-store' })
})

t.test('base64encode answers text', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  t.equal((await server.inject({ url, query: { base64encode: 'true' } })).body, jpeg.toString('base64'))
})

t.test('a name in any script is told in full', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg, { filename: '写真 "1".jpg' }))
  t.match((await server.inject(url)).headers, { 'content-disposition': /^inline; filename="\?\? _1_\.jpg"; filename\*=UTF-8''%E5%86%99%E7%9C%9F/, 'x-file-name': encodeURIComponent('写真 _1_.jpg') })
})

t.test('metadata without flags is everything cheap; with flags only what was asked for', async t => {
  const { server } = await offline(t)
  const before = Date.now()
  const blob = await upload(server, png, { filename: 'a.png' })
  const url = `${pathOf(blob)}/metadata`
  const all = (await server.inject(url)).json()
  t.same(all, { size: png.length, mimetype: 'image/png', filename: 'a.png', uploaded: all.uploaded, writeable: true, location: 'S3', path: blob.key, container: 'files' })
  t.ok(all.uploaded >= before && all.uploaded <= Date.now(), 'uploaded is in milliseconds')
  t.same((await server.inject({ url, query: { size: 'true', width: 'true' } })).json(), { size: png.length, width: 60 })
  t.same((await server.inject({ url, query: { height: 'true', mimetype: 'false' } })).json(), { height: 40 })
})

t.test('metadata counts hashes', async t => {
  const { server } = await offline(t)
  const { createHash } = await import('node:crypto')
  const url = `${pathOf(await upload(server, png))}/metadata`
  const facts = (await server.inject({ url, query: { md5: 'true', sha1: 'true', sha224: 'true', sha256: 'true', sha384: 'true', sha512: 'true' } })).json()
  for (const name of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']) t.equal(facts[name], createHash(name).update(png).digest('hex'), name)
  t.equal((await server.inject({ url, query: { sha256: 'true' } })).json().sha256, facts.sha256)
})

t.test('width and height are those of the upright picture, and null for what is none', async t => {
  const { server } = await offline(t, {}, { mimetypes: ['*/*'] })
  const size = async (bytes: Buffer | string) => (await server.inject({ url: `${pathOf(await upload(server, bytes))}/metadata`, query: { width: 'true', height: 'true' } })).json()
  t.same(await size(sideways), { width: 40, height: 60 })
  t.same(await size('words'), { width: null, height: null })
})

t.test('exif needs a policy that names it', async t => {
  const { server } = await offline(t)
  const url = `${pathOf(await upload(server, sideways))}/metadata`
  t.match(await server.inject({ url, query: { exif: 'true' } }), { statusCode: 403, body: /POLICY_REQUIRED/ })
  t.match(await server.inject({ url, query: { exif: 'true', ...signPolicy({}) } }), { statusCode: 403, body: /POLICY_DENIES/ })
  t.match((await server.inject({ url, query: { exif: 'true', ...signPolicy({ call: ['stat', 'exif'] }) } })).json(), { exif: { Make: 'Contactsheet' } })
  t.match((await server.inject({ url, query: { exif: 'true' }, headers: basic() })).json(), { exif: { Make: 'Contactsheet' } })
  t.same((await server.inject({ url: `${pathOf(await upload(server, png))}/metadata`, query: { exif: 'true' }, headers: basic() })).json(), { exif: null })
})

t.test('bytes that break are a 500 that no cache keeps, and break nothing else', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  const { files } = server.instagram
  const { open } = files
  files.open = async (...given) => ({ ...await open(...given), body: new Readable({ read () { this.destroy(new Error('the disk broke')) } }) })
  for (const query of [{ cache: 'true' }, { base64encode: 'true' }]) {
    const { statusCode, headers } = await server.inject({ url, query })
    t.equal(statusCode, 500)
    t.match(headers['cache-control'], /^no-/)
  }
  files.open = open
  t.match(await server.inject(url), { statusCode: 200 })
})
