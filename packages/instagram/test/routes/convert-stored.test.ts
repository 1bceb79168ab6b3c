import { createHmac } from 'node:crypto'
import fastify, { type InjectOptions, type LightMyRequestResponse } from 'fastify'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import type { InstagramOptions } from '@contactsheet/instagram'
import { eventLog } from '../connected.ts'
import { build, folder, PUBLIC_URL, SECRET } from '../harness.ts'
import { animatedGif, jpeg } from '../image/pictures.ts'

const APP = { instagramAppId: '1234567890123456', instagramAppSecret: '0123456789abcdef'.repeat(2), secret: 'the secret of the default app, long enough' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** The plugin with files that a server stored; conversions run in the test's process. */
async function serve (t: Test, changes: Partial<InstagramOptions> = {}) {
  const { events, told, onEvent } = eventLog()
  const server = await build(t, {
    secret: SECRET, publicUrl: PUBLIC_URL, app: APP, database: ':memory:', storage: { S3: { type: 'disk', directory: folder(t) } }, conversions: { processes: 0 }, onEvent, ...changes
  }, fastify())
  const basic = (secret: string): string => `Basic ${Buffer.from(`app:${secret}`).toString('base64')}`
  const send = async (options: InjectOptions): Promise<LightMyRequestResponse> => await server.inject(options)
  return {
    server,
    events,
    told,
    send,
    authorization: basic(APP.secret),
    async store (bytes: Buffer, { filename = 'photo.jpg', key = 'default', secret = APP.secret } = {}): Promise<string> {
      const answer = await send({ method: 'POST', url: `/api/store/S3?key=${key}&filename=${filename}`, headers: { 'content-type': 'application/octet-stream', authorization: basic(secret) }, payload: bytes })
      if (answer.statusCode !== 200) throw new Error(answer.body)
      return new URL((answer.json() as { url: string }).url).pathname
    }
  }
}

function handleOf (path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

t.test('every kind of failure has its status, its code, and no cache', async t => {
  const { store, send } = await serve(t, { app: { ...APP, mimetypes: ['*/*'] } })
  const path = await store(await jpeg())
  const html = await store(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), { filename: 'a.png' })
  const cut = await store((await jpeg()).subarray(0, 900))
  for (const [url, status, code] of [
    [`${path}/convert?w=0`, 400, 'CONVERSION_INVALID'],
    [`${path}/convert?wdith=10`, 400, 'CONVERSION_INVALID'],
    [`${path}/convert?w=10&w=20`, 400, 'CONVERSION_INVALID'],
    [`${path}/convert?storeLocation=S3`, 400, 'CONVERSION_INVALID'],
    [`${path}/convert?cache=maybe`, 400, 'CONVERSION_INVALID'],
    [`${path}/convert?crop=900,900,10,10`, 400, 'CONVERSION_INVALID'],
    ['/api/file/AAAAAAAAAAAAAAAAAAAA/convert?w=10', 404, 'FILE_NOT_FOUND'],
    ['/api/file/..%2f..%2fetc/convert?w=10', 404, 'FILE_NOT_FOUND'],
    [`${path}/convert?w=10&watermark=AAAAAAAAAAAAAAAAAAAA`, 404, 'FILE_NOT_FOUND'],
    [`${html}/convert?w=10`, 422, 'IMAGE_UNREADABLE'],
    [`${cut}/convert?w=10`, 422, 'IMAGE_UNREADABLE']
  ] as const) {
    const answer = await send({ url })
    t.equal(answer.statusCode, status, url)
    t.equal((answer.json() as { code: string }).code, code, url)
    t.equal(answer.headers['cache-control'], 'no-store', url)
  }
})

t.test('a file too large for conversions gets 413, one that is no picture 415, too much work 503 with a time to come back', async t => {
  const { store, send } = await serve(t, { app: { ...APP, mimetypes: ['*/*'] }, conversions: { processes: 0, maxWaiting: 0, limits: { sourceBytes: 20_000 } } })
  const [large, text, small] = await Promise.all([store(await jpeg(900, 900)), store(Buffer.from('hello'), { filename: 'a.txt' }), store(await jpeg(60, 40))])
  t.equal((await send({ url: `${large}/convert?w=10` })).statusCode, 413)
  t.equal((await send({ url: `${text}/convert?w=10` })).statusCode, 415)
  const answers = await Promise.all(Array.from({ length: 40 }, async (_, at) => await send({ url: `${small}/convert?w=${at + 1}` })))
  const refused = answers.filter(({ statusCode }) => statusCode === 503)
  t.ok(refused.length > 0)
  for (const { headers } of refused) t.match(headers, { 'retry-after': /^[1-9]/, 'cache-control': 'no-store' })
})

t.test('no answer has words of the decoder in it', async t => {
  const { store, send } = await serve(t)
  const { body } = await send({ url: `${await store((await jpeg()).subarray(0, 900))}/convert?w=10` })
  t.strictSame(Object.keys(JSON.parse(body) as object).sort(), ['code', 'error', 'message', 'statusCode'])
  t.notMatch(body, /vips|jpeg:|premature|buffer|\/tmp/i)
})

t.test('format=auto is what the browser names, and says that it depends on that', async t => {
  const { store, send } = await serve(t)
  const path = `${await store(await jpeg())}/convert?w=40&format=auto`
  for (const [accept, type] of [['image/avif,image/webp,*/*', 'image/avif'], ['image/webp,*/*', 'image/webp'], ['*/*', 'image/jpeg']] as const) {
    const answer = await send({ url: path, headers: { accept } })
    t.equal(answer.headers['content-type'], type)
    t.match(answer.headers.vary, /Accept/)
    t.equal((await send({ url: path, headers: { accept, 'if-none-match': String(answer.headers.etag) } })).statusCode, 304)
    t.equal((await send({ url: path, headers: { accept: accept === '*/*' ? 'image/webp' : '*/*', 'if-none-match': String(answer.headers.etag) } })).statusCode, 200)
  }
  t.notMatch((await send({ url: `${path.replace('auto', 'webp')}` })).headers.vary, /Accept/)
})

t.test('what is sent cannot become a page, and has the name of the file with the new ending', async t => {
  const { store, send } = await serve(t)
  const path = await store(await jpeg(), { filename: 'Küste.jpg' })
  const { headers } = await send({ url: `${path}/convert?w=40&format=webp` })
  t.match(headers, { 'x-content-type-options': 'nosniff', 'content-security-policy': /sandbox/, 'content-type': 'image/webp', 'content-disposition': /^inline; .*\.webp/ })
  t.match((await send({ url: `${path}/convert?w=40&dl=true` })).headers, { 'content-disposition': /^attachment/ })
  t.match((await send({ url: `${path}+anything.jpg/convert?w=40` })).statusCode, 200)
})

t.test('caches are told what is true: an hour, ten years, so many seconds, or not at all', async t => {
  const { store, send } = await serve(t)
  const path = `${await store(await jpeg())}/convert?w=40`
  const control = async (query: string): Promise<unknown> => (await send({ url: `${path}${query}` })).headers['cache-control']
  t.equal(await control(''), 'public, max-age=3600, stale-while-revalidate=86400')
  t.equal(await control('&cache=true'), 'public, max-age=315360000, no-transform')
  t.equal(await control('&cache=60'), 'public, max-age=60, stale-while-revalidate=86400')
  t.equal(await control('&cache=false'), 'no-cache')
})

t.test('imagesize answers JSON, and cannot be stored', async t => {
  const { store, send } = await serve(t)
  const path = await store(await jpeg(300, 200))
  t.strictSame((await send({ url: `${path}/convert?w=30&imagesize=true` })).json(), { width: 30, height: 20 })
  t.equal((await send({ method: 'POST', url: `${path}/convert?w=30&imagesize=true` })).statusCode, 400)
})

t.test('POST takes the conversion by query, by form or by both, under the names of the REST API too', async t => {
  const { store, send, told } = await serve(t)
  const path = await store(await animatedGif(60, 40, 2), { filename: 'a.gif' })
  for (const [query, form] of [
    ['w=20&format=png&location=s3&path=made/a.png', ''],
    ['', 'w=20&format=png&storeLocation=S3&storePath=made/b.png&storeAccess=public&storeRegion=eu-west-1&plugin=js_lib&_cacheBust=1'],
    ['w=20&key=default', 'format=png&path=made%2Fc.png&key=default&access=private']
  ] as const) {
    const answer = await send({ method: 'POST', url: `${path}/convert?${query}`, headers: FORM, payload: form })
    t.equal(answer.statusCode, 200, answer.body)
    t.match(answer.json(), { url: /^http/, filename: 'a.png', type: 'image/png', size: Number, key: /^made\/[abc]\.png$/, container: 'files' })
    const stored = await send({ url: new URL((answer.json() as { url: string }).url).pathname })
    t.match(await sharp(stored.rawPayload).metadata(), { format: 'png', width: 20 })
  }
  t.strictSame((await told(4)).map(({ action }) => action), ['fp.upload', 'fp.converse', 'fp.converse', 'fp.converse'])
})

t.test('POST refuses a parameter that comes twice, and places that may not be', async t => {
  const { store, send } = await serve(t)
  const path = await store(await jpeg())
  for (const [query, form, status] of [
    ['w=20', 'w=30', 400], ['', 'w=30&storeAccess=everybody', 400], ['', 'w=30&path=a&storePath=b', 400], ['', 'w=30&storePath=..%2Fa', 400],
    ['', 'w=30&storeLocation=elsewhere', 404], ['', 'w=30&storeContainer=other', 403]
  ] as const) t.equal((await send({ method: 'POST', url: `${path}/convert?${query}`, headers: FORM, payload: form })).statusCode, status, form)
})

t.test('POST without a place goes to S3, and the same conversion twice makes two files', async t => {
  const { store, send } = await serve(t)
  const path = await store(await jpeg())
  const [one, other] = [await send({ method: 'POST', url: `${path}/convert?w=20` }), await send({ method: 'POST', url: `${path}/convert?w=20` })]
  t.not((one.json() as { url: string }).url, (other.json() as { url: string }).url)
})

t.test('a handle laid over belongs to the same app', async t => {
  const other = { ...APP, instagramAppId: '9234567890123456', secret: 'the secret of the other app, long enough as well' }
  const { store, send } = await serve(t, { apps: { other } })
  const path = await store(await jpeg())
  const mark = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } }).png().toBuffer()
  const ours = await store(mark, { filename: 'mark.png' })
  const theirs = await store(mark, { filename: 'mark.png', key: 'other', secret: other.secret })
  const plain = await send({ url: `${path}/convert?w=200` })
  const marked = await send({ url: `${path}/convert?w=200&watermark=${handleOf(ours)}&watersize=50` })
  t.equal(marked.statusCode, 200)
  t.notSame(marked.rawPayload, plain.rawPayload)
  t.equal((await send({ url: `${path}/convert?w=200&watermark=${handleOf(theirs)}` })).statusCode, 404)
})

t.test('a watermark by address goes through the guarded fetcher', async t => {
  const { store, send } = await serve(t)
  const path = await store(await jpeg())
  for (const address of ['https://127.0.0.1/a.png', 'https://169.254.169.254/latest', 'https://[::1]/a.png', 'https://10.0.0.1/a.png']) {
    const answer = await send({ url: `${path}/convert?watermark=${encodeURIComponent(address)}` })
    t.equal(answer.statusCode, 400, address)
    t.match(answer.json(), { code: 'URL_NOT_ALLOWED' })
  }
})

t.test('a removed file and an overwritten one are not answered from a cache', async t => {
  const { store, send, authorization } = await serve(t)
  const path = await store(await jpeg(300, 200, 1))
  const first = await send({ url: `${path}/convert?w=50` })
  const form = { method: 'POST', url: path, headers: { 'content-type': 'image/jpeg', authorization } } as const
  t.equal((await send({ ...form, payload: await jpeg(300, 150, 2) })).statusCode, 200)
  const second = await send({ url: `${path}/convert?w=50`, headers: { 'if-none-match': String(first.headers.etag) } })
  t.equal(second.statusCode, 200)
  t.match(await sharp(second.rawPayload).metadata(), { width: 50, height: 25 })
  await send({ method: 'DELETE', url: path, headers: { authorization } })
  t.equal((await send({ url: `${path}/convert?w=50` })).statusCode, 404)
})

t.test('where policies are required, one for convert opens this file, and caches must not share the answer', async t => {
  const { store, send } = await serve(t, { security: { required: true } })
  const [path, other] = [await store(await jpeg()), await store(await jpeg(60, 40))]
  const sign = (policy: object): string => {
    const text = Buffer.from(JSON.stringify({ expiry: Math.floor(Date.now() / 1_000) + 60, ...policy })).toString('base64url')
    return `policy=${text}&signature=${createHmac('sha256', APP.secret).update(text).digest('hex')}`
  }
  t.equal((await send({ url: `${path}/convert?w=20` })).statusCode, 403)
  t.equal((await send({ url: `${path}/convert?w=20&${sign({ call: ['read'] })}` })).statusCode, 403)
  const allowed = await send({ url: `${path}/convert?w=20&${sign({ call: ['convert'], handle: handleOf(path) })}` })
  t.equal(allowed.statusCode, 200)
  t.match(allowed.headers['cache-control'], /^private/)
  t.equal((await send({ url: `${path}/convert?w=20&watermark=${handleOf(other)}&${sign({ call: ['convert'], handle: handleOf(path) })}` })).statusCode, 403)
  t.equal((await send({ url: `${path}/convert?w=20&watermark=${handleOf(other)}&${sign({ call: ['convert'] })}` })).statusCode, 200)
})

t.test('HEAD says what GET would send', async t => {
  const { store, send } = await serve(t)
  const path = await store(await jpeg())
  const answer = await send({ method: 'HEAD', url: `${path}/convert?w=20` })
  t.equal(answer.statusCode, 200)
  t.match(answer.headers, { 'content-type': 'image/jpeg', etag: /^"/, 'content-length': /^\d+$/ })
  t.equal(answer.rawPayload.length, 0)
})
