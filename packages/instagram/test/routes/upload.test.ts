import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { pathOf } from '../connected.ts'
import { offline } from '../offline.ts'
import { jpeg, multipart } from '../pictures.ts'
import { inside } from '../harness.ts'

const MIB = 1024 * 1024

/** The plugin behind a real socket. */
async function listening (t: Test, app: NonNullable<Parameters<typeof offline>[2]> = {}) {
  const directory = t.testdir()
  const { server } = await offline(t, { storage: { S3: { type: 'disk', directory } } }, { mimetypes: ['*/*'], ...app })
  const origin = await server.listen({ port: 0, host: '127.0.0.1' })
  return {
    server,
    origin,
    port: Number(new URL(origin).port),
    objects: () => readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).length
  }
}

function bytesOf (length: number): Buffer {
  return Buffer.concat([jpeg, Buffer.alloc(length - jpeg.length, 'content ')])
}

/** Chunks that come as long as anybody takes them, 256 times the limit at most: enough for a stream that was not cut to show. */
function endless (chunk: Buffer): ReadableStream<Uint8Array> {
  let left = 256 * MIB
  return new ReadableStream({
    async pull (controller) {
      await setImmediate()
      left -= chunk.length
      if (left < 0) controller.close()
      else controller.enqueue(chunk)
    }
  })
}

t.test('files larger than a Fastify body come in, raw and in a form', async t => {
  const { origin } = await listening(t)
  const bytes = bytesOf(5 * MIB)
  const form = await multipart({ fileUpload: { bytes, filename: 'large.jpg' } })
  for (const sent of [{ body: bytes, headers: { 'content-type': 'image/jpeg' } }, { body: form.payload, headers: form.headers }]) {
    const answer = await fetch(`${origin}/api/store/S3`, { method: 'POST', body: new Uint8Array(sent.body), headers: sent.headers })
    t.equal(answer.status, 200)
    const blob = await answer.json() as { url: string, size: number }
    t.equal(blob.size, bytes.length)
    t.ok(Buffer.from(await (await fetch(origin + pathOf(blob))).arrayBuffer()).equals(bytes))
  }
})

t.test('who is refused in the middle of sending gets the answer, raw and in a form', async t => {
  const { origin, objects } = await listening(t, { maxSize: MIB })
  const bytes = bytesOf(3 * MIB)
  const form = await multipart({ fileUpload: { bytes, filename: 'large.jpg' } })
  for (const sent of [{ body: bytes, headers: { 'content-type': 'image/jpeg' } }, { body: form.payload, headers: form.headers }]) {
    const answer = await fetch(`${origin}/api/store/S3`, { method: 'POST', body: new Uint8Array(sent.body), headers: sent.headers })
    t.equal(answer.status, 413)
    t.match(await answer.json(), { code: 'FILE_TOO_LARGE', statusCode: 413 })
  }
  t.equal(objects(), 0)
})

t.test('attack: a stream without an end is cut at the limit, and the connection with it', async t => {
  const { origin, objects } = await listening(t, { maxSize: MIB })
  const request = fetch(`${origin}/api/store/S3`, { method: 'POST', body: endless(Buffer.alloc(64 * 1024, 'x')), duplex: 'half', headers: { 'content-type': 'text/plain' } } as RequestInit)
  // The client sees the answer, or the end of the connection on which it went on sending.
  t.ok(await request.then(({ status }) => status === 413, () => true))
  t.equal(objects(), 0)
})

t.test('who hangs up in the middle leaves nothing behind', async t => {
  const { port, server, objects } = await listening(t)
  const socket = await open(port)
  socket.write('POST /api/store/S3 HTTP/1.1\r\nhost: a\r\ncontent-type: image/jpeg\r\ncontent-length: 1000000\r\n\r\n')
  socket.write(bytesOf(200_000))
  while (objects() === 0) await setImmediate()
  socket.destroy()
  while (objects() > 0) await setImmediate()
  while ((await inside(server).database.selectFrom('contactsheet_loose_objects').selectAll().execute()).length > 0) await setImmediate()
  t.same(await inside(server).database.selectFrom('contactsheet_files').selectAll().execute(), [])
})

t.test('a form that ends before its file does is the sender\'s mistake', async t => {
  const { origin, objects } = await listening(t)
  const { payload, headers } = await multipart({ fileUpload: { bytes: bytesOf(100_000), filename: 'a.jpg' } })
  const answer = await fetch(`${origin}/api/store/S3`, { method: 'POST', body: new Uint8Array(payload.subarray(0, 50_000)), headers })
  t.equal(answer.status, 400)
  t.equal(objects(), 0)
})

t.test('a reader who goes away in the middle ends the reading', async t => {
  const { origin, port, server } = await listening(t)
  const bytes = bytesOf(20 * MIB)
  const blob = await (await fetch(`${origin}/api/store/S3`, { method: 'POST', body: new Uint8Array(bytes), headers: { 'content-type': 'image/jpeg' } })).json() as { url: string }
  const { files } = server.instagram
  const record = await files.find(blob.url.slice(-20))
  const opened: Array<{ destroyed: boolean }> = []
  const { open: openFile } = files
  files.open = async (...given) => {
    const file = await openFile(...given)
    opened.push(file.body)
    return file
  }
  const socket = await open(port)
  socket.write(`GET ${pathOf({ url: files.urlOf(record) })} HTTP/1.1\r\nhost: a\r\n\r\n`)
  await new Promise(resolve => { socket.once('data', resolve) })
  socket.destroy()
  while (opened[0]?.destroyed !== true) await setImmediate()
  t.equal(opened.length, 1)
})

async function open (port: number): Promise<Socket> {
  return await new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => { resolve(socket) })
    socket.on('error', () => {})
  })
}
