import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { pathOf, textOf } from '../connected.ts'
import { offline, upload } from '../offline.ts'
import { gif, jpeg, multipart, png, svg } from '../pictures.ts'

const post = { method: 'POST', url: '/api/store/S3?key=default' } as const

t.test('a multipart field fileUpload is stored, and answers as the original does', async t => {
  const { server, told } = await offline(t)
  const answer = await server.inject({ ...post, ...await multipart({ fileUpload: { bytes: jpeg, filename: 'Cat crying.jpg', type: 'image/jpeg' } }) })
  t.equal(answer.statusCode, 200)
  const blob = answer.json()
  t.same(blob, { url: blob.url, filename: 'Cat crying.jpg', type: 'image/jpeg', size: jpeg.length, key: blob.key, container: 'files', writeable: true })
  t.match(blob.key, /^[A-Za-z0-9_-]{20}_Cat crying\.jpg$/)
  t.ok((await server.inject(pathOf(blob))).rawPayload.equals(jpeg))
  const [event] = await told(1)
  t.same(event, { action: 'fp.upload', timestamp: event?.timestamp, id: 1, text: { container: 'files', url: blob.url, filename: 'Cat crying.jpg', client: 'Computer', key: blob.key, type: 'image/jpeg', size: jpeg.length } })
})

t.test('a raw body is stored under the name of the query, whatever its content type', async t => {
  const { server } = await offline(t)
  for (const type of ['image/png', 'application/json', 'text/plain', 'application/octet-stream']) {
    const blob = await upload(server, png, { filename: 'cool.png', mimetype: 'image/png', path: 'abcd/', plugin: 'js_lib', _cacheBust: '1' }, { headers: { 'content-type': type } })
    t.match(blob, { filename: 'cool.png', type: 'image/png', key: /^abcd\/[A-Za-z0-9_-]{20}_cool\.png$/ })
  }
})

t.test('without a name the file is called after its bytes', async t => {
  const { server } = await offline(t)
  t.match(await upload(server, gif), { filename: 'file.gif', type: 'image/gif' })
})

t.test('base64decode takes text for the bytes it stands for', async t => {
  const { server } = await offline(t)
  const text = jpeg.toString('base64').replace(/.{76}/g, '$&\r\n')
  const blob = await upload(server, text, { base64decode: 'true' }, { headers: { 'content-type': 'text/plain' } })
  t.equal(blob.size, jpeg.length)
  t.ok((await server.inject(pathOf(blob))).rawPayload.equals(jpeg))
})

t.test('path, container, access and filename are the REST API\'s; location names are not case-sensitive', async t => {
  const { server } = await offline(t)
  const answer = await server.inject({ method: 'POST', url: '/api/store/s3', query: { path: '/myfiles/1234.png', container: 'more', access: 'public', filename: 'x.png' }, payload: png, headers: { 'content-type': 'image/png' } })
  t.match(answer.json(), { key: 'myfiles/1234.png', container: 'more', filename: 'x.png' })
  t.match(await server.inject({ method: 'POST', url: '/api/store/azure', payload: png, headers: { 'content-type': 'image/png' } }), { statusCode: 404, body: /LOCATION_UNKNOWN/ })
  t.match(await server.inject({ ...post, query: { container: 'theirs' }, payload: png, headers: { 'content-type': 'image/png' } }), { statusCode: 403, body: /CONTAINER_NOT_ALLOWED/ })
})

t.test('a key that a file has is not given to another one, until that file is removed', async t => {
  const { server } = await offline(t)
  const first = await upload(server, png, { path: 'a/b.png' })
  const again = { ...post, query: { path: 'a/b.png' }, payload: gif, headers: { 'content-type': 'image/gif' } } as const
  t.match(await server.inject(again), { statusCode: 409, body: /KEY_TAKEN/ })
  t.ok((await server.inject(pathOf(first))).rawPayload.equals(png), 'and the first one is as it was')
  await server.instagram.files.remove(first.url.slice(-20))
  t.match(await server.inject(again), { statusCode: 200 })
})

t.test('only images come in by default, judged by their bytes and not by their name', async t => {
  const { server } = await offline(t)
  for (const bytes of [Buffer.from('<html><script>alert(1)</script>'), Buffer.from('%PDF-1.7 text'), Buffer.from('plain')]) {
    const answer = await server.inject({ ...post, ...await multipart({ fileUpload: { bytes, filename: 'cat.jpg', type: 'image/jpeg' } }) })
    t.match(answer, { statusCode: 415, body: /FILE_TYPE_NOT_ALLOWED/ })
  }
})

t.test('the app\'s own types, extensions and sizes hold on the server', async t => {
  const { server } = await offline(t, {}, { mimetypes: ['image/png', 'text/*'], extensions: ['.PNG', 'txt'], maxSize: 1000 })
  const send = async (payload: Buffer | string, filename: string) => (await server.inject({ ...post, query: { filename }, payload, headers: { 'content-type': 'text/plain' } })).statusCode
  t.equal(await send(png, 'a.png'), 200)
  t.equal(await send('words', 'a.txt'), 200)
  t.equal(await send(png, 'a.jpg'), 415)
  t.equal(await send(jpeg, 'a.png'), 415)
  t.equal(await send('w'.repeat(1001), 'a.txt'), 413)
})

t.test('attack: 0 bytes are refused', async t => {
  const { server } = await offline(t, {}, { mimetypes: ['*/*'] })
  t.match(await server.inject({ ...post, ...await multipart({ fileUpload: { bytes: Buffer.alloc(0), filename: 'a.jpg' } }) }), { statusCode: 400, body: /FILE_EMPTY/ })
  t.match(await server.inject({ ...post, payload: '', headers: { 'content-type': 'image/jpeg' } }), { statusCode: 400 })
})

t.test('a body without the field, or with no body at all, is told what to send', async t => {
  const { server } = await offline(t)
  t.match(await server.inject({ ...post, ...await multipart({ other: 'x', file: { bytes: jpeg, filename: 'a.jpg' } }) }), { statusCode: 400, body: /REQUEST_INVALID/ })
  t.match(await server.inject(post), { statusCode: 400, body: /REQUEST_INVALID/ })
  t.match(await server.inject({ method: 'POST', url: '/api/pick', payload: jpeg, headers: { 'content-type': 'image/jpeg' } }), { statusCode: 400, body: /REQUEST_INVALID/ })
})

t.test('attack: path traversal in filename, path and container never leaves the container', async t => {
  const { server } = await offline(t)
  const evil = await server.inject({ ...post, ...await multipart({ fileUpload: { bytes: jpeg, filename: '../../../etc/passwd' } }) })
  t.match(evil.json(), { key: /^[A-Za-z0-9_-]{20}_[^/]*$/ })
  for (const path of ['../x', 'a/../../x', '..\\x', 'a/./x', '%2e%2e/x/../y']) {
    t.match(await server.inject({ ...post, query: { path }, payload: jpeg, headers: { 'content-type': 'image/jpeg' } }), { statusCode: 400, body: /KEY_INVALID/ }, path)
  }
  for (const container of ['..', '../files', '.parts', '/']) {
    t.match(await server.inject({ ...post, query: { container }, payload: jpeg, headers: { 'content-type': 'image/jpeg' } }), { statusCode: 403 }, container)
  }
})

t.test('attack: CRLF in a file name does not reach a header', async t => {
  const { server } = await offline(t)
  const blob = await upload(server, jpeg, { filename: 'a.jpg\r\nset-cookie: session=stolen' })
  const read = await server.inject(pathOf(blob))
  t.equal(read.statusCode, 200)
  t.notOk('set-cookie' in read.headers)
})

t.test('attack: SVG comes in where it is allowed, and goes out as an attachment in a sandbox', async t => {
  const { server } = await offline(t)
  const blob = await upload(server, svg, { filename: 'drawing.jpg' })
  t.equal(blob.type, 'image/svg+xml')
  const read = await server.inject(pathOf(blob))
  t.match(read.headers, { 'content-type': 'image/svg+xml', 'content-disposition': /^attachment/, 'x-content-type-options': 'nosniff', 'content-security-policy': /sandbox/ })
})

t.test('attack: a polyglot is what its first bytes are, and can be nothing else', async t => {
  const { server } = await offline(t)
  const polyglot = Buffer.concat([gif, Buffer.from('/*<html><script>alert(document.domain)</script>*/')])
  const blob = await upload(server, polyglot, { filename: 'index.html', mimetype: 'text/html' })
  const read = await server.inject(pathOf(blob))
  t.match(read.headers, { 'content-type': 'image/gif', 'x-content-type-options': 'nosniff', 'content-security-policy': /default-src 'none'.*sandbox/ })
})

t.test('attack: what calls itself HTML is only ever saved, where such files are allowed at all', async t => {
  const { server } = await offline(t, {}, { mimetypes: ['*/*'] })
  const blob = await upload(server, '<script>alert(1)</script>', { filename: 'a.html' }, { headers: { 'content-type': 'text/html' } })
  t.equal(blob.type, 'text/html')
  t.match((await server.inject(pathOf(blob))).headers, { 'content-disposition': /^attachment/, 'content-security-policy': /sandbox/ })
  t.match(await upload(server, 'no picture', { filename: 'a.jpg' }, { headers: { 'content-type': 'image/jpeg' } }), { type: 'application/octet-stream' })
})

async function website (t: Test): Promise<{ origin: string, host: string }> {
  const server = createServer((request, response) => {
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    if (request.url?.startsWith('/ranged') === true && start !== undefined && end !== undefined) {
      const part = jpeg.subarray(Number(start), Number(end) + 1)
      response.writeHead(206, { 'content-range': `bytes ${start}-${Number(start) + part.length - 1}/${jpeg.length}`, 'content-length': part.length }).end(part)
    } else if (request.url?.startsWith('/cat') === true) response.writeHead(200, { 'content-type': 'text/html', ...(request.url.includes('unknown') ? {} : { 'content-length': jpeg.length }) }).end(jpeg)
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  t.teardown(() => { server.closeAllConnections(); server.close() })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin: `http://${host}`, host }
}

t.test('url= keeps a copy of what is at an address, named after it', async t => {
  const { origin, host } = await website(t)
  const { server, told } = await offline(t, { urlHosts: [host] })
  const form = { ...post, headers: { 'content-type': 'application/x-www-form-urlencoded' } } as const
  const answer = await server.inject({ ...form, payload: new URLSearchParams({ url: `${origin}/cat%20nap.jpg?size=large` }).toString() })
  t.match(answer.json(), { filename: 'cat nap.jpg', type: 'image/jpeg', size: jpeg.length })
  t.match((await told(1))[0], { text: { client: 'URL' } })
  t.match(await server.inject({ ...post, query: { url: `${origin}/cat.jpg`, filename: 'named.jpg' } }), { statusCode: 200, body: /named\.jpg/ }, 'in the query too')
  t.match(await server.inject({ ...post, ...await multipart({ url: `${origin}/cat.jpg` }) }), { statusCode: 200 }, 'and in a multipart form')
})

t.test('an address that cannot be fetched is the caller\'s mistake, and said so: 400, never 200', async t => {
  const { origin, host } = await website(t)
  const { server } = await offline(t, { urlHosts: [host] })
  t.match(await server.inject({ ...post, query: { url: `${origin}/missing.jpg` } }), { statusCode: 400, body: /URL_UNREACHABLE/ })
  for (const url of ['http://169.254.169.254/latest/', 'https://127.0.0.1/', 'https://[::ffff:7f00:1]/', 'https://a@example.com/', 'file:///etc/passwd', 'nonsense']) {
    t.match(await server.inject({ ...post, query: { url } }), { statusCode: 400, body: /URL_NOT_ALLOWED/ }, url)
  }
})

t.test('POST /api/pick makes a link to an address, which reads what is there', async t => {
  const { origin, host } = await website(t)
  const { server, told } = await offline(t, { urlHosts: [host] })
  const answer = await server.inject({ method: 'POST', url: '/api/pick?key=default', payload: `url=${encodeURIComponent(`${origin}/cat.jpg`)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  t.equal(answer.statusCode, 200)
  const blob = answer.json()
  t.same(blob, { url: blob.url, filename: 'cat.jpg', type: 'image/jpeg', size: jpeg.length, writeable: false })
  t.same(textOf((await told(1))[0]), { url: blob.url, client: 'URL', type: 'image/jpeg', filename: 'cat.jpg', size: jpeg.length })
  const read = await server.inject(pathOf(blob))
  t.ok(read.rawPayload.equals(jpeg))
  t.notOk('etag' in read.headers || 'last-modified' in read.headers, 'which may be something else tomorrow')
})

t.test('a part of a link is the part that its source gives', async t => {
  const { origin, host } = await website(t)
  const { server } = await offline(t, { urlHosts: [host] })
  const blob = (await server.inject({ method: 'POST', url: '/api/pick', query: { url: `${origin}/ranged.jpg` } })).json()
  t.equal(blob.size, jpeg.length, 'the whole size is known from the first part')
  const part = await server.inject({ url: pathOf(blob), headers: { range: 'bytes=10-19' } })
  t.match(part, { statusCode: 206, headers: { 'content-range': `bytes 10-19/${jpeg.length}`, 'content-length': '10', 'content-type': 'image/jpeg' } })
  t.same(part.rawPayload, jpeg.subarray(10, 20))
})

t.test('a link to an address that does not say its size has none, and neither has its event', async t => {
  const { origin, host } = await website(t)
  const { server, told } = await offline(t, { urlHosts: [host] })
  const blob = (await server.inject({ method: 'POST', url: '/api/pick', query: { url: `${origin}/cat-unknown.jpg` } })).json()
  t.notOk('size' in blob)
  t.same(Object.keys(textOf((await told(1))[0])), ['url', 'client', 'type', 'filename'])
  const read = await server.inject({ url: pathOf(blob), headers: { range: 'bytes=0-1' } })
  t.equal(read.statusCode, 200, 'and no part of it can be promised')
})

t.test('more calls from one address than allowed get 429 with the time to wait', async t => {
  const { server } = await offline(t, { rateLimit: { max: 2, windowMs: 60_000 } })
  await upload(server, jpeg)
  await upload(server, jpeg)
  const answer = await server.inject({ ...post, payload: jpeg, headers: { 'content-type': 'image/jpeg' } })
  t.match(answer, { statusCode: 429, body: /REQUEST_LIMIT_REACHED/ })
  t.match(answer.headers, { 'retry-after': /^\d+$/ })
})
