import t from 'tap'
import { createReceiver, type ReceiverOptions } from '../src/index.ts'
import { toFetchHandler } from '../src/fetch.ts'
import { TEST_SECRET, fixture, signedRequest } from '../src/testing.ts'

const handler = (options: Partial<ReceiverOptions> = {}) => toFetchHandler(createReceiver({ secrets: TEST_SECRET, ...options }))

function request (changes: RequestInit & { duplex?: 'half' } = {}): Request {
  const { headers, body } = signedRequest(fixture('fp.upload'))
  return new Request('https://host.test/hooks?tenant=a', { method: 'POST', headers, body: new Uint8Array(body), ...changes })
}

/** A body that comes as fast as it is read. @param pull - gives the next piece, or undefined to stand still */
function streamed (pull: () => Uint8Array | undefined, onCancel = () => {}): RequestInit & { duplex: 'half' } {
  const body = new ReadableStream<Uint8Array>({
    pull (controller) {
      const piece = pull()
      if (piece) controller.enqueue(piece)
      else return new Promise(() => {})
    },
    cancel: onCancel
  })
  return { body, duplex: 'half' }
}

t.test('a signed request is handled and answered in JSON', async t => {
  const response = await handler({ on: { 'fp.upload': () => {} } })(request())
  t.equal(response.status, 200)
  t.match(response.headers.get('content-type'), /^application\/json/)
  t.same(await response.json(), { outcome: 'handled' })
})

t.test('a secrets function sees path and query', async t => {
  const urls: unknown[] = []
  await handler({
    secrets: ({ url }) => {
      urls.push(url)
      return [TEST_SECRET]
    }
  })(request())
  t.same(urls, ['/hooks?tenant=a'])
})

t.test('anything but POST is 405', async t => {
  const response = await handler()(new Request('https://host.test/hooks'))
  t.equal(response.status, 405)
  t.equal(response.headers.get('allow'), 'POST')
})

t.test('a body that was read before is told at once', async t => {
  const used = request()
  await used.text()
  t.match(await (await handler()(used)).json(), { statusCode: 500, code: 'WEBHOOK_BODY_CONSUMED' })
})

t.test('no body is an empty body', async t => {
  t.match(await (await handler()(request({ body: null }))).json(), { statusCode: 400, code: 'WEBHOOK_BODY_EMPTY' })
})

t.test('an endless body is cut off at the limit and cancelled', async t => {
  const { promise: isCancelled, resolve } = Promise.withResolvers<void>()
  let pieces = 0
  const endless = streamed(() => {
    pieces += 1
    return new Uint8Array(1024)
  }, resolve)
  const response = await handler({ limits: { maxBodyBytes: 16 * 1024 } })(request(endless))
  t.equal(response.status, 413)
  await isCancelled
  t.ok(pieces < 64, `${pieces} KiB were taken of an endless body`)
})

t.test('a body that stands still is 408 at the deadline and cancelled', async t => {
  const { promise: isCancelled, resolve } = Promise.withResolvers<void>()
  const response = await handler({ limits: { bodyTimeoutMs: 30 } })(request(streamed(() => undefined, resolve)))
  t.equal(response.status, 408)
  await isCancelled
})
