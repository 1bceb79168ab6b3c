import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import t from 'tap'
import { MockAgent } from 'undici'
import { createGuard } from '../../src/transport/guard.ts'
import { READ_BYTES, type Transport, type TransportAnswer, type TransportRequest } from '../../src/transport/transport.ts'
import { createUndiciTransport } from '../../src/transport/undici-transport.ts'
import { HOSTILE, misbehave, type Hostile } from '../helpers/hostile.ts'
import { startRawServer } from '../helpers/raw-server.ts'
import { startReceiver } from '../helpers/receiver.ts'

function build (t: { teardown (close: () => unknown): void }, allow = ['127.0.0.1']): Transport {
  const transport = createUndiciTransport({ guard: createGuard(allow) })
  t.teardown(() => transport.close())
  return transport
}

function post (transport: Transport, url: string, changes: Partial<TransportRequest> = {}): Promise<TransportAnswer> {
  return transport.post({
    url: new URL(url), headers: { 'content-type': 'application/json' }, body: Buffer.from('{}'), timeoutMs: 10_000, connectTimeoutMs: 5_000, endpointId: 'ep_one', ...changes
  })
}

t.test('the body arrives byte for byte, with its headers', async t => {
  const receiver = await startReceiver(t)
  const body = Buffer.from([0x7b, 0x22, 0xc3, 0xa9, 0x22, 0x3a, 0x31, 0x7d])
  const answer = await post(build(t), receiver.url, { body, headers: { 'content-type': 'application/json', 'x-token': 'abc' } })
  t.match(answer, { status: 200, error: undefined, remoteAddress: '127.0.0.1' })
  t.ok(receiver.received[0]?.body.equals(body))
  t.match(receiver.received[0]?.headers, { 'x-token': 'abc', 'content-length': '8', 'content-type': 'application/json' })
})

t.test('the path and the query are kept', async t => {
  const paths: Array<string | undefined> = []
  const server = createServer((request, response) => { paths.push(request.url); response.end() }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  await post(build(t), `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/b?c=d`)
  t.same(paths, ['/a/b?c=d'])
})

t.test('a new connection has all its phases, a kept one only those that happened', async t => {
  const receiver = await startReceiver(t)
  const transport = build(t)
  const first = await post(transport, receiver.url)
  const second = await post(transport, receiver.url)
  t.same(Object.keys(first.timings).sort(), ['connectMs', 'readMs', 'totalMs', 'waitMs'])
  t.same(Object.keys(second.timings).sort(), ['readMs', 'totalMs', 'waitMs'])
})

t.test('a redirect is not followed; where it points is told', async t => {
  const target = await startReceiver(t)
  const receiver = await startReceiver(t, response => response.writeHead(302, { location: target.url }).end())
  t.match(await post(build(t), receiver.url), { status: 302, location: target.url })
  t.equal(target.received.length, 0)
})

t.test('a redirect to 169.254.169.254 is not followed either', async t => {
  const receiver = await startReceiver(t, response => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data/' }).end())
  t.match(await post(build(t), receiver.url), { status: 307, location: 'http://169.254.169.254/latest/meta-data/' })
})

t.test('Retry-After is handed on', async t => {
  const receiver = await startReceiver(t, response => response.writeHead(503, { 'retry-after': '120' }).end())
  t.match(await post(build(t), receiver.url), { status: 503, retryAfter: '120' })
})

t.test('the first 4 KiB of the answer are kept', async t => {
  const receiver = await startReceiver(t, response => response.end('a'.repeat(4_096) + 'b'.repeat(4_096)))
  const answer = await post(build(t), receiver.url)
  t.equal(String(Buffer.from(answer.body ?? [])), 'a'.repeat(4_096))
})

t.test('an answer that comes in many small parts is kept in their order', async t => {
  const server = await startRawServer(t, socket => socket.once('data', async () => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 6000\r\n\r\n')
    for (let part = 0; part < 60; part++) await new Promise<void>(resolve => socket.write(String.fromCharCode(65 + part % 26).repeat(100), () => setImmediate(resolve)))
  }))
  const answer = await post(build(t), `http://127.0.0.1:${server.port}/`)
  const whole = Array.from({ length: 60 }, (_, part) => String.fromCharCode(65 + part % 26).repeat(100)).join('')
  t.equal(String(Buffer.from(answer.body ?? [])), whole.slice(0, 4_096))
})

t.test('reading stops at 64 KiB, and the answer\'s status stands', async t => {
  const server = await startRawServer(t, socket => misbehave(socket, 'sends ten gigabytes'))
  const answer = await post(build(t), `http://127.0.0.1:${server.port}/`)
  t.match(answer, { status: 200, error: undefined })
  const [socket] = server.connections
  if (socket && !socket.destroyed) await new Promise<void>(resolve => socket.once('close', () => resolve()))
  const buffered = 16 * 1024 * 1024
  t.ok((socket?.bytesWritten ?? 0) < READ_BYTES + buffered, 'beyond what was read there is only what the two sockets held')
})

const EXPECTED: Record<Hostile, Partial<TransportAnswer>> = {
  'drips its body': { error: 'timeout' },
  'drips its headers': { error: 'timeout' },
  'never ends its headers': { error: 'headers-too-large' },
  'sends interim answers for ever': { error: 'timeout' },
  'sends ten gigabytes': { status: 200 },
  'sends chunks without end': { status: 200 },
  'sends a gzip bomb': { status: 200 },
  'never answers': { error: 'timeout' },
  'hangs up': { error: 'connection-reset' },
  'hangs up in the middle of its answer': { error: 'connection-reset' },
  'does not speak HTTP': { error: 'answer-invalid' }
}

for (const kind of Object.keys(HOSTILE) as Hostile[]) {
  t.test(`a receiver that ${kind} ends as ${EXPECTED[kind].error ?? EXPECTED[kind].status}, and the next request goes through`, async t => {
    const server = await startRawServer(t, socket => misbehave(socket, kind))
    const receiver = await startReceiver(t)
    const transport = build(t)
    t.match(await post(transport, `http://127.0.0.1:${server.port}/`, { timeoutMs: 150 }), EXPECTED[kind])
    t.match(await post(transport, receiver.url), { status: 200 })
  })
}

t.test('a TLS handshake that stalls ends the connecting', async t => {
  const server = await startRawServer(t, () => {})
  t.match(await post(build(t), `https://127.0.0.1:${server.port}/`, { connectTimeoutMs: 60 }), { error: 'connect-timeout' })
})

t.test('a receiver whose certificate does not hold is not trusted', async t => {
  const server = await startRawServer(t, socket => { socket.end('HTTP/1.1 200 OK\r\n\r\n') })
  t.match(await post(build(t), `https://127.0.0.1:${server.port}/`), { error: 'tls' })
})

t.test('a closed port is told as such', async t => {
  const server = await startRawServer(t, () => {})
  await new Promise<void>(resolve => { server.close(resolve) })
  t.match(await post(build(t), `http://127.0.0.1:${server.port}/`), { error: 'connection-refused' })
})

t.test('a connection that the receiver closed meanwhile is replaced', async t => {
  const receiver = await startReceiver(t, response => response.writeHead(200, { connection: 'close' }).end())
  const transport = build(t)
  for (let index = 0; index < 3; index++) t.match(await post(transport, receiver.url), { status: 200 })
})

t.test('a connection that has reached its age is not used again', async t => {
  const server = await startRawServer(t, socket => { socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')) })
  for (const [maxAgeMs, connections] of [[60_000, 1], [0, 3]] as const) {
    const transport = createUndiciTransport({ guard: createGuard(['127.0.0.1']), maxAgeMs })
    const before = server.connections.length
    for (let index = 0; index < 3; index++) t.match(await post(transport, `http://127.0.0.1:${server.port}/`), { status: 200 })
    t.equal(server.connections.length - before, connections)
    await transport.close()
  }
})

t.test('closing one endpoint\'s connections leaves the others', async t => {
  const server = await startRawServer(t, socket => { socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')) })
  const transport = build(t)
  for (const endpointId of ['ep_one', 'ep_two']) await post(transport, `http://127.0.0.1:${server.port}/`, { endpointId })
  await transport.close('ep_one')
  for (const endpointId of ['ep_one', 'ep_two']) await post(transport, `http://127.0.0.1:${server.port}/`, { endpointId })
  t.equal(server.connections.length, 3)
})

t.test('with a dispatcher of the host\'s own, connections are its business', async t => {
  const agent = new MockAgent()
  agent.disableNetConnect()
  agent.get('https://receiver.example').intercept({ path: '/hook', method: 'POST' }).reply(201, 'made', { headers: { 'retry-after': '5' } })
  const transport = createUndiciTransport({ guard: createGuard(), dispatcher: agent })
  const answer = await post(transport, 'https://receiver.example/hook')
  t.match(answer, { status: 201, remoteAddress: undefined })
  t.equal(String(answer.body), 'made')
})

t.test('endpoints never share a connection', async t => {
  const server = await startRawServer(t, socket => { socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')) })
  const transport = build(t)
  for (const endpointId of ['ep_one', 'ep_two', 'ep_one']) await post(transport, `http://127.0.0.1:${server.port}/`, { endpointId })
  t.equal(server.connections.length, 2)
})

for (const [url, why] of [
  ['http://receiver.example/', 'not https'],
  ['https://127.0.0.1/', 'loopback'],
  ['https://[::1]/', 'loopback'],
  ['https://2130706433/', 'loopback written as one number'],
  ['https://0x7f.1/', 'loopback written in hex'],
  ['https://169.254.169.254/', 'metadata'],
  ['https://metadata.google.internal/', 'metadata by name'],
  ['https://[::ffff:10.0.0.1]/', 'private inside IPv6']
] as const) {
  t.test(`${url} is refused before anything is opened: ${why}`, async t => {
    t.match(await post(build(t, []), url), { error: 'address-refused' })
  })
}
