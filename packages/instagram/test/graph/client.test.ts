import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { Agent, fetch as undiciFetch } from 'undici'
import { makeCertificate } from '../../src/emulator/certificate.ts'
import { createGraphClient, type GraphCall } from '../../src/graph/client.ts'
import { createLimits } from '../../src/graph/limits.ts'

type Answer = () => Response | Promise<Response>

const CALL = { path: 'me/media', query: { limit: '25' }, token: 'IGAAsecret', appKey: 'default', accountId: '17' }
const call = (changes: Partial<GraphCall> = {}): GraphCall => ({ ...CALL, signal: new AbortController().signal, ...changes })

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Answer => () => Response.json(body, { status, headers })
const refused = (code: number, subcode?: number, status = 400): Answer => json({ error: { message: 'x', code, error_subcode: subcode } }, status)

const failureOf = async (promise: Promise<unknown>): Promise<unknown> => await promise.then(() => undefined, (error: unknown) => error)

/** A client whose answers come from a list (the last one stays) and whose delays are noted, not waited. */
function build (...answers: Answer[]) {
  const requests: Request[] = []
  const delays: number[] = []
  let now = 0
  const client = createGraphClient({
    baseUrl: 'https://graph.test/v25.0',
    fetch: async (input, init) => {
      requests.push(new Request(input, init as RequestInit))
      return await (answers[Math.min(requests.length, answers.length) - 1] as Answer)()
    },
    limits: createLimits(() => now),
    random: () => 1,
    delay: async ms => { delays.push(ms) }
  })
  return { client, requests, delays, pass: (ms: number) => { now += ms } }
}

t.test('the token travels in a header and is in no address', async t => {
  const { client, requests } = build(json({ data: [] }))
  t.same(await client.get(call()), { data: [] })
  t.equal(requests[0]?.url, 'https://graph.test/v25.0/me/media?limit=25')
  t.equal(requests[0]?.headers.get('authorization'), 'Bearer IGAAsecret')
})

for (const [name, answer] of [
  ['code 1', refused(1)],
  ['code 2', refused(2)],
  ['status 500', json({}, 500)],
  ['a page for people with status 503', () => new Response('<html>Sorry</html>', { status: 503 })],
  ['a page for people with status 200', () => new Response('<html>Sorry</html>')],
  ['a broken connection', () => { throw new TypeError('fetch failed') }]
] as const) {
  t.test(`${name} is tried again, after longer and longer waits, and then given up`, async t => {
    const { client, requests, delays } = build(answer)
    t.match(await failureOf(client.get(call())), { verdict: 'transient' })
    t.equal(requests.length, 4)
    t.same(delays, [600, 1200, 2400])
  })

  t.test(`a call succeeds when only its first attempt met ${name}`, async t => {
    const { client, requests } = build(answer, json({ id: '1' }))
    t.same(await client.get(call()), { id: '1' })
    t.equal(requests.length, 2)
  })
}

for (const [name, answer, verdict] of [
  ['code 190', refused(190, 463), 'dead'],
  ['code 100', refused(100), 'request'],
  ['code 10', refused(10), 'permission'],
  ['status 404 without a code', json({}, 404), 'unavailable'],
  ['status 400 with a page for people', () => new Response('<html>', { status: 400 }), 'unavailable'],
  ['an error object with status 200', refused(190, 460, 200), 'dead']
] as const) {
  t.test(`${name} is not tried again`, async t => {
    const { client, requests } = build(answer)
    t.match(await failureOf(client.get(call())), { verdict })
    t.equal(requests.length, 1)
  })
}

t.test('waits are spread over the whole time (full jitter)', async t => {
  const delays: number[] = []
  const client = createGraphClient({
    baseUrl: 'https://graph.test', fetch: async () => new Response('', { status: 500 }), limits: createLimits(() => 0), random: () => 0, delay: async ms => { delays.push(ms) }
  })
  await failureOf(client.get(call()))
  t.same(delays, [0, 0, 0])
})

t.test('after a limit the same account is not asked again until the time is over; other accounts are', async t => {
  const { client, requests, pass } = build(refused(80002), json({ id: '1' }))
  t.match(await failureOf(client.get(call())), { verdict: 'limit', untilMs: 5 * 60_000 })
  t.match(await failureOf(client.get(call())), { verdict: 'limit', untilMs: 5 * 60_000 })
  t.equal(requests.length, 1)
  t.ok(await client.get(call({ accountId: '18' })))
  pass(5 * 60_000)
  t.ok(await client.get(call()))
})

t.test('a limit of the app holds for all of its accounts, and not for another app', async t => {
  const { client, requests } = build(refused(4), json({ id: '1' }))
  t.match(await failureOf(client.get(call())), { verdict: 'limit' })
  t.match(await failureOf(client.get(call({ accountId: '18' }))), { verdict: 'limit' })
  t.equal(requests.length, 1)
  t.ok(await client.get(call({ appKey: 'other' })))
})

t.test('the deadline ends a call that hangs, and is told as Instagram not answering', async t => {
  const deadline = new AbortController()
  const { client } = build(() => { deadline.abort(new DOMException('too late', 'TimeoutError')); throw new Error('hung up') })
  t.match(await failureOf(client.get(call({ signal: deadline.signal }))), { verdict: 'unavailable' })
})

t.test('a caller that goes away ends the call with its own reason', async t => {
  const caller = new AbortController()
  const { client, requests } = build(() => { caller.abort(new Error('gone')); throw new Error('hung up') })
  t.match(await failureOf(client.get(call({ signal: caller.signal }))), { message: 'gone' })
  t.equal(requests.length, 1)
})

for (const [name, hang] of [
  ['before its first byte', () => {}],
  ['in the middle of its answer', (response: ServerResponse) => { response.write('{"id":') }]
] as const) {
  t.test(`an attempt that hangs ${name} is given up and tried again`, async t => {
    let attempts = 0
    const server = createServer((_request, response) => { if (++attempts === 1) hang(response); else response.end('{"id":"1"}') })
    await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
    t.teardown(() => { server.closeAllConnections(); server.close() })
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const client = createGraphClient({ baseUrl, fetch, limits: createLimits(() => 0), attemptTimeoutMs: 200, delay: async () => {} })
    t.same(await client.get(call()), { id: '1' })
    t.equal(attempts, 2)
  })
}

t.test('an answer of more than 8 MiB is not read to its end', async t => {
  let sent = 0
  const { client } = build(() => new Response(new ReadableStream({
    pull (controller) {
      sent += 1024 * 1024
      controller.enqueue(new Uint8Array(1024 * 1024))
    }
  })))
  t.match(await failureOf(client.get(call())), { verdict: 'unavailable' })
  t.ok(sent <= 10 * 1024 * 1024)
})

/** A server on this machine that writes down what it is asked, and its address. */
async function listening (t: Test, server: Server): Promise<{ address: string, port: number, heard: string[] }> {
  const heard: string[] = []
  server.on('request', request => { heard.push(`${request.url} ${request.headers.authorization}`) })
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  t.teardown(() => { server.closeAllConnections(); server.close() })
  const { port } = server.address() as AddressInfo
  return { address: `${server instanceof SecureServer ? 'https' : 'http'}://127.0.0.1:${port}`, port, heard }
}

for (const [name, toLocation] of [
  ['another host', port => `http://localhost:${port}/elsewhere`],
  ['another port of this machine', port => `http://127.0.0.1:${port}/elsewhere`],
  ['another path of the same host', () => '/elsewhere']
] as ReadonlyArray<readonly [string, (port: number) => string]>) {
  t.test(`a redirect to ${name} takes the token nowhere, over http and from https alike`, async t => {
    const certificate = await makeCertificate()
    const agent = new Agent({ connect: { ca: certificate.cert } })
    t.teardown(async () => { await agent.destroy() })
    for (const status of [301, 302, 303, 307, 308]) {
      const elsewhere = await listening(t, createServer((_request, response) => { response.end('{"id":"1"}') }))
      const redirect: RequestListener = (request, response) => {
        if (request.url === '/elsewhere') response.end('{"id":"1"}')
        else response.writeHead(status, { location: toLocation(elsewhere.port) }).end('{"id":"1"}')
      }
      for (const [server, fetch] of [
        [createServer(redirect), globalThis.fetch],
        [createSecureServer(certificate, redirect), async (input, init) => await undiciFetch(input as string, { ...init as object, dispatcher: agent })]
      ] as Array<[Server, typeof globalThis.fetch]>) {
        const { address, heard } = await listening(t, server)
        const client = createGraphClient({ baseUrl: address, fetch, limits: createLimits(() => 0), delay: async () => {} })
        t.match(await failureOf(client.get(call())), { verdict: 'transient' })
        t.same(new Set(heard), new Set(['/me/media?limit=25 Bearer IGAAsecret']))
      }
      t.same(elsewhere.heard, [])
    }
  })
}
