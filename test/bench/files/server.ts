// A server in a process of its own that serves the same bytes: as a stored file of ours, as a file of @fastify/static, or as a plain
// stream. Answers by message: its address first, then processor time and memory whenever it is asked.
import { createReadStream, writeFileSync } from 'node:fs'
import { mkdtemp, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import fastifyStatic from '@fastify/static'
import fastify from 'fastify'
import { instagram } from '@contactsheet/instagram'

const [kind = 'ours', bytes = '200000'] = process.argv.slice(2)
const directory = await mkdtemp(join(tmpdir(), 'contactsheet-bench-'))
const content = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(Number(bytes) - 4)])
const server = fastify()
const open = { ours: stored, static: inFolder, stream: streamed }[kind]
if (open === undefined) throw new Error(`there is no contender ${kind}`)
const path = await open()
await server.listen({ port: 0, host: '127.0.0.1' })
const { port } = server.server.address() as { port: number }
process.send?.({ url: `http://127.0.0.1:${port}${path}` })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  globalThis.gc?.()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  process.send?.({ cpuMs: (user + system) / 1000, rss, heap: heapUsed, buffers: arrayBuffers })
})
process.once('disconnect', () => { process.exit() })

async function stored (): Promise<string> {
  await server.register(instagram, {
    secret: 'a secret of the bench that is long enough',
    publicUrl: 'http://localhost',
    app: { instagramAppId: '1234567890', instagramAppSecret: '0123456789abcdef0123456789abcdef' },
    database: join(directory, 'contactsheet.sqlite'),
    storage: { S3: { type: 'disk', directory: join(directory, 'storage') } }
  })
  const answer = await server.inject({ method: 'POST', url: '/api/store/S3?filename=a.jpg', payload: content, headers: { 'content-type': 'image/jpeg' } })
  return new URL(answer.json<{ url: string }>().url).pathname
}

async function inFolder (): Promise<string> {
  await server.register(fastifyStatic, { root: await writeFolder() })
  return '/a.jpg'
}

async function streamed (): Promise<string> {
  const path = join(await writeFolder(), 'a.jpg')
  server.get('/a.jpg', async (_request, reply) => reply.type('image/jpeg').send(createReadStream(path)))
  return '/a.jpg'
}

async function writeFolder (): Promise<string> {
  const root = join(directory, 'public')
  await mkdir(root)
  writeFileSync(join(root, 'a.jpg'), content)
  return root
}
