import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import type { DownloadRule } from '../../src/domain/ports.ts'
import { createFetcher } from '../../src/fetcher/download.ts'
import type { Resolve } from '../../src/fetcher/pinned-lookup.ts'

const MIB = 1024 * 1024

interface Setup { resolve?: Resolve, silenceMs?: number, deadlineMs?: number }

/** A server on this machine that is listed as a host of Instagram's, and a fetcher. */
async function setUp (t: Test, listener: RequestListener, { resolve, ...times }: Setup = {}) {
  const server = createServer(listener)
  await listen(server)
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const fetcher = createFetcher({ cdnHosts: [host], urlHosts: [], ...times, ...(resolve === undefined ? {} : { resolve }) })
  t.teardown(async () => {
    await fetcher.close()
    server.closeAllConnections()
    server.close()
  })
  const get = async (path: string, { rule = 'instagram' as DownloadRule, maxBytes = MIB, ...options }: { rule?: DownloadRule, maxBytes?: number, range?: string, signal?: AbortSignal } = {}) =>
    await fetcher.download(path.includes(':') ? path : `http://${host}${path}`, { rule, maxBytes, ...options })
  return { host, get, read: async (path: string, maxBytes?: number) => await buffer((await get(path, maxBytes === undefined ? {} : { maxBytes })).body) }
}

async function listen (server: Server): Promise<void> {
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
}

t.test('bytes come through, with the size and the type that the server said', async t => {
  const { get } = await setUp(t, (request, response) => {
    t.equal(request.headers['accept-encoding'], 'identity')
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': 5 }).end('bytes')
  })
  const download = await get('/a.jpg')
  t.match(download, { size: 5, mimetype: 'image/jpeg', range: undefined })
  t.equal(String(await buffer(download.body)), 'bytes')
})

t.test('a range is asked for and told', async t => {
  const { get } = await setUp(t, (request, response) => {
    t.equal(request.headers.range, 'bytes=1-3')
    response.writeHead(206, { 'content-range': 'bytes 1-3/5', 'content-length': 3 }).end('yte')
  })
  const download = await get('/a.jpg', { range: 'bytes=1-3' })
  t.same(download.range, { start: 1, end: 3, total: 5 })
  await buffer(download.body)
})

t.test('names are asked of the system\'s resolver', async t => {
  const { host } = await setUp(t, (_request, response) => { response.end('bytes') })
  const named = host.replace('127.0.0.1', 'localhost')
  const fetcher = createFetcher({ cdnHosts: [named], urlHosts: [] })
  t.teardown(async () => { await fetcher.close() })
  t.equal(String(await buffer((await fetcher.download(`http://${named}/`, { rule: 'instagram', maxBytes: MIB })).body)), 'bytes')
  await t.rejects(fetcher.download('https://does-not-exist.invalid/', { rule: 'public', maxBytes: MIB }), { code: 'DOWNLOAD_FAILED' })
})

t.test('a redirect to an allowed place is followed, a relative one too', async t => {
  const { read } = await setUp(t, (request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
    else response.end('here')
  })
  t.equal(String(await read('/a')), 'here')
})

for (const [name, location] of [
  ['169.254.169.254', 'http://169.254.169.254/latest/meta-data/'], ['a private address', 'https://10.0.0.1/'], ['this machine', 'http://127.0.0.1:1/'],
  ['an IPv6 form of this machine', 'https://[::ffff:127.0.0.1]/'], ['a file', 'file:///etc/passwd'], ['userinfo@', 'https://user@scontent.cdninstagram.com/'], ['nonsense', 'https://%']
] as const) {
  t.test(`attack: a redirect to ${name} is refused`, async t => {
    const { get } = await setUp(t, (_request, response) => { response.writeHead(302, { location }).end() })
    await t.rejects(get('/'), { code: 'URL_NOT_ALLOWED' })
  })
}

t.test('attack: a circle of redirects ends', async t => {
  let count = 0
  const { get } = await setUp(t, (_request, response) => {
    count++
    response.writeHead(302, { location: '/' }).end()
  })
  await t.rejects(get('/'), { code: 'DOWNLOAD_FAILED' })
  t.equal(count, 6)
})

t.test('attack: a name that leads to a private address is refused before a connection is made', async t => {
  for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '::ffff:127.0.0.1']) {
    const { get } = await setUp(t, () => t.fail('connected'), { resolve: async () => [{ address, family: address.includes(':') ? 6 : 4 }] })
    await t.rejects(get('https://innocent.example/', { rule: 'public' }), { code: 'URL_NOT_ALLOWED' }, address)
  }
})

t.test('attack: one private address among public ones is refused', async t => {
  const { get } = await setUp(t, () => t.fail('connected'), { resolve: async () => [{ address: '1.1.1.1', family: 4 }, { address: '127.0.0.1', family: 4 }] })
  await t.rejects(get('https://innocent.example/', { rule: 'public' }), { code: 'URL_NOT_ALLOWED' })
})

t.test('attack: DNS rebinding gains nothing, the address that was checked is the one connected to', async t => {
  const answers = ['127.0.0.1', '10.0.0.1']
  let count = 0
  const server = createServer((_request, response) => { response.end('the first answer') })
  await listen(server)
  const port = (server.address() as AddressInfo).port
  const fetcher = createFetcher({
    cdnHosts: [`localhost:${port}`],
    urlHosts: [],
    resolve: async () => {
      const address = answers[Math.min(count++, 1)] ?? ''
      return [{ address, family: 4 }]
    }
  })
  t.teardown(async () => {
    await fetcher.close()
    server.close()
  })
  const { body } = await fetcher.download(`http://localhost:${port}/`, { rule: 'instagram', maxBytes: MIB })
  t.equal(String(await buffer(body)), 'the first answer')
  t.equal(count, 1, 'one question per connection, and its answer is used')
})

t.test('attack: a decompression bomb is not opened; compressed bytes that nobody asked for are refused', async t => {
  const bomb = gzipSync(Buffer.alloc(10 * MIB))
  const { get } = await setUp(t, (_request, response) => { response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length }).end(bomb) })
  await t.rejects(get('/'), { code: 'DOWNLOAD_FAILED' })
})

t.test('attack: more bytes than allowed are refused by what the server says', async t => {
  const { get } = await setUp(t, (_request, response) => { response.writeHead(200, { 'content-length': 5 * 1024 * MIB }).flushHeaders() })
  await t.rejects(get('/'), { code: 'FILE_TOO_LARGE' })
})

t.test('attack: a 5 GB stream that does not say so is cut at the limit', async t => {
  let sent = 0
  const chunk = Buffer.alloc(64 * 1024)
  const { read } = await setUp(t, (_request, response) => {
    const send = (): void => {
      while (sent < 5 * 1024 * MIB && !response.destroyed) {
        sent += chunk.length
        if (!response.write(chunk)) {
          response.once('drain', send)
          return
        }
      }
    }
    send()
  })
  await t.rejects(read('/'), { code: 'FILE_TOO_LARGE' })
  t.ok(sent < 64 * MIB, `${sent} bytes were sent`)
})

t.test('attack: a server that says nothing, before or after the headers, is given up', async t => {
  const silent = await setUp(t, () => {}, { silenceMs: 50 })
  await t.rejects(silent.get('/'), { code: 'DOWNLOAD_TIMED_OUT' })
  const halting = await setUp(t, (_request, response) => { response.write('a') }, { silenceMs: 50 })
  await t.rejects(halting.read('/'), { code: 'DOWNLOAD_TIMED_OUT' })
})

t.test('attack: a slow stream, a byte now and then, meets the deadline of the whole download', async t => {
  const { read } = await setUp(t, (_request, response) => {
    const timer = setInterval(() => response.write('a'), 10)
    response.once('close', () => { clearInterval(timer) })
  }, { deadlineMs: 100 })
  await t.rejects(read('/'), { code: 'DOWNLOAD_TIMED_OUT' })
})

t.test('403, 404 and 410 mean gone; other refusals mean that it failed', async t => {
  const { get } = await setUp(t, (request, response) => { response.writeHead(Number(request.url?.slice(1))).end() })
  for (const status of [403, 404, 410]) await t.rejects(get(`/${status}`), { code: 'SOURCE_GONE' })
  for (const status of [204, 400, 429, 500, 503]) await t.rejects(get(`/${status}`), { code: 'DOWNLOAD_FAILED' })
  await t.rejects(get('/416'), { code: 'RANGE_NOT_SATISFIABLE' })
})

t.test('a part without Content-Range is refused', async t => {
  const { get } = await setUp(t, (_request, response) => { response.writeHead(206).end('part') })
  await t.rejects(get('/', { range: 'bytes=0-3' }), { code: 'DOWNLOAD_FAILED' })
})

t.test('attack: a part that nobody asked for is not taken for the whole', async t => {
  const { get } = await setUp(t, (_request, response) => { response.writeHead(206, { 'content-range': 'bytes 0-3/9', 'content-length': 4 }).end('part') })
  await t.rejects(get('/'), { code: 'DOWNLOAD_FAILED' })
})

t.test('the whole is taken where only a part was asked for, and is told as the whole', async t => {
  const { get } = await setUp(t, (_request, response) => { response.end('whole') })
  const { body, range } = await get('/', { range: 'bytes=1-2' })
  t.equal(range, undefined)
  t.equal(String(await buffer(body)), 'whole')
})

t.test('a connection that breaks in the middle is an error of ours', async t => {
  const { read } = await setUp(t, (_request, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('half', () => response.destroy())
  })
  await t.rejects(read('/'), { code: 'DOWNLOAD_FAILED' })
})

t.test('the caller can end a download, before and while it runs', async t => {
  const { get } = await setUp(t, (_request, response) => { response.write('a') })
  await t.rejects(get('/', { signal: AbortSignal.abort() }), { code: 'DOWNLOAD_FAILED' })
  const controller = new AbortController()
  const { body } = await get('/', { signal: controller.signal })
  controller.abort()
  await t.rejects(buffer(body), { code: 'DOWNLOAD_FAILED' })
})

t.test('a host that does not answer at all is an error of ours', async t => {
  const { get } = await setUp(t, () => {}, { resolve: async () => [] })
  await t.rejects(get('https://nowhere.example/', { rule: 'public' }), { code: 'DOWNLOAD_FAILED' })
})
