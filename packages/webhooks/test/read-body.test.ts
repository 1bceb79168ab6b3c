import type { Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { createReceiver, type ReceiveResult } from '../src/index.ts'
import { createBodyReader } from '../src/read-body.ts'
import { TEST_SECRET, fixture, signedRequest } from '../src/testing.ts'
import { SERVERS, exchange, head, pour } from './http.ts'

t.setTimeout(120_000)

const LIMIT = 64 * 1024
const limits = { maxBodyBytes: LIMIT, bodyTimeoutMs: 60 }
const patient = { ...limits, bodyTimeoutMs: 30_000 }
const readBody = createBodyReader(patient)
const CHUNK = `4000\r\n${' '.repeat(0x4000)}\r\n`

for (const [name, serve] of Object.entries(SERVERS)) {
  t.test(`${name}: a body that never ends is cut off at the limit and answered 413`, async t => {
    const server = await serve(t, createReceiver({ secrets: TEST_SECRET, limits: patient }))
    const accepted: Socket[] = []
    server.on('connection', socket => { accepted.push(socket) })
    const answer = await exchange(server, socket => {
      socket.write(head({ 'transfer-encoding': 'chunked' }) + '\r\n\r\n')
      pour(socket, CHUNK)
    })
    t.match(answer, /^HTTP\/1.1 413 .*WEBHOOK_BODY_TOO_LARGE/s)
    t.match(answer, /\r\nconnection: close\r\n/i)
    t.ok(accepted[0]?.destroyed, 'the connection is gone')
    t.ok((accepted[0]?.bytesRead ?? Infinity) < 16 * LIMIT, 'and not much more was read than the limit')
  })

  t.test(`${name}: a length above the limit is refused before a byte of the body is there`, async t => {
    const server = await serve(t, createReceiver({ secrets: TEST_SECRET, limits: patient }))
    const answer = await exchange(server, socket => { socket.write(head({ 'content-length': LIMIT + 1 }) + '\r\n\r\n') })
    t.match(answer, /^HTTP\/1.1 413 .*WEBHOOK_BODY_TOO_LARGE/s)
  })

  t.test(`${name}: a body that promises more than it sends is answered 408 at the deadline`, async t => {
    const server = await serve(t, createReceiver({ secrets: TEST_SECRET, limits }))
    const answer = await exchange(server, socket => { socket.write(head({ 'content-length': 100 }) + '\r\n\r\n{"action":') })
    t.match(answer, /^HTTP\/1.1 408 .*WEBHOOK_BODY_TIMEOUT/s)
  })

  t.test(`${name}: a body that trickles is answered 408 at the deadline, however often a byte comes`, async t => {
    const server = await serve(t, createReceiver({ secrets: TEST_SECRET, limits }))
    const answer = await exchange(server, socket => {
      socket.write(head({ 'content-length': 10_000 }) + '\r\n\r\n')
      const drip = setInterval(() => socket.write(' '), 5)
      socket.on('close', () => clearInterval(drip))
    })
    t.match(answer, /^HTTP\/1.1 408 .*WEBHOOK_BODY_TIMEOUT/s)
  })

  t.test(`${name}: a body that sends more than it promises is judged by what it promised`, async t => {
    const { promise: result, resolve: onResult } = Promise.withResolvers<ReceiveResult>()
    const server = await serve(t, createReceiver({ secrets: TEST_SECRET, limits, onResult }))
    const { headers, body } = signedRequest(fixture('fp.upload'))
    const answer = await exchange(server, socket => {
      socket.end(head({ ...headers, 'content-length': body.length - 5 }) + `\r\n\r\n${body.toString()}`)
    })
    t.equal((await result).error?.code, 'WEBHOOK_SIGNATURE_MISMATCH')
    t.match(answer, /^HTTP\/1.1 4/, 'the rest is taken for a next request, which it is not')
  })

  t.test(`${name}: a sender that hangs up in the middle is an incomplete body`, async t => {
    const { promise: result, resolve: onResult } = Promise.withResolvers<ReceiveResult>()
    const server = await serve(t, createReceiver({ secrets: TEST_SECRET, limits: patient, onResult }))
    await exchange(server, socket => {
      socket.write(head({ 'content-length': 100 }) + '\r\n\r\n{')
      server.once('request', () => socket.destroy())
    })
    t.equal((await result).error?.code, 'WEBHOOK_BODY_INCOMPLETE')
  })

  t.test(`${name}: fifty endless bodies leave no memory behind`, async t => {
    const server = await serve(t, createReceiver({ secrets: TEST_SECRET, limits: { ...patient, maxBodyBytes: 1024 * 1024 } }))
    const endless = () => exchange(server, socket => {
      socket.write(head({ 'transfer-encoding': 'chunked' }) + '\r\n\r\n')
      pour(socket, CHUNK)
    })
    await endless()
    const before = await memoryInUse()
    for (let n = 0; n < 5; n += 1) await Promise.all(Array.from({ length: 10 }, endless))
    const growth = await memoryInUse() - before
    t.ok(growth < 10 * 1024 * 1024, 'fifty mebibytes had been taken in')
  })
}

t.test('a stream that someone has read is refused at once and not waited for', async t => {
  const stream = new PassThrough()
  stream.end('{}')
  for await (const chunk of stream) t.ok(chunk)
  await t.rejects(readBody(stream, undefined), { code: 'WEBHOOK_BODY_CONSUMED' })
})

t.test('a stream that breaks is an incomplete body', async t => {
  const stream = new PassThrough()
  const reading = readBody(stream, undefined)
  stream.destroy(new Error('broken'))
  await t.rejects(reading, { code: 'WEBHOOK_BODY_INCOMPLETE' })
})

t.test('a stream that breaks after it was cut off harms nobody', async t => {
  const stream = new PassThrough()
  const reading = readBody(stream, undefined)
  stream.write(Buffer.alloc(LIMIT + 1))
  await t.rejects(reading, { code: 'WEBHOOK_BODY_TOO_LARGE' })
  stream.destroy(new Error('broken'))
  await new Promise(resolve => { stream.once('close', resolve) })
  t.pass('no unhandled error')
})

t.test('a body in many pieces is put together in order', async t => {
  const stream = new PassThrough()
  const reading = readBody(stream, undefined)
  for (const piece of ['{"a"', ':', '1}']) stream.write(piece)
  stream.end()
  t.equal((await reading).toString(), '{"a":1}')
})

/** What is still held once everything that can be let go of is gone: handles close in turns of the event loop, and then their buffers. */
async function memoryInUse (): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let turn = 0; turn < 5; turn += 1) {
    await setImmediate()
    collect()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
