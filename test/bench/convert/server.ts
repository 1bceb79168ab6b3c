// One of the servers that are compared: node server.ts <kind> <photo folder>. Tells its parent the port and where each photo is.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { readFile, writeFile } from 'node:fs/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import sharp from 'sharp'
import { PHOTO_COUNT, photoName } from './photos.ts'

const [, , kind = '', photos = '', options = '{}'] = process.argv

/** Like one of ours. */
const ADDRESS = { route: '/api/file/:handle/convert', path: '/api/file/AAAAAAAAAAAAAAAAAAAA/convert?w={w}&h={h}&fit=crop&format={format}' } as const

/** Path of a conversion of one photo; `{format}`, `{w}` and `{h}` are replaced. */
interface Ready { port: number, paths: string[] }

const kinds: Readonly<Record<string, () => Promise<Ready>>> = {
  async ipx3 () {
    const { createIPX, createIPXNodeServer, ipxFSStorage } = await import('ipx')
    return await listenPlain(createServer(createIPXNodeServer(createIPX({ storage: ipxFSStorage({ dir: photos }) }))))
  },

  async ipx4 () {
    const { createIPX, createIPXNodeHandler, ipxFSStorage } = await import('ipx4')
    return await listenPlain(createServer(createIPXNodeHandler(createIPX({ storage: ipxFSStorage({ dir: photos }) })) as Parameters<typeof createServer>[1]))
  },

  /** What one writes in an hour. */
  async plain () {
    const app = fastify()
    app.get<{ Params: { name: string }, Querystring: { w: string, h: string, format: 'jpeg' } }>('/:name', async (request, reply) => {
      const { w, h, format } = request.query
      return await reply.type(`image/${format}`).send(await sharp(join(photos, request.params.name)).resize(Number(w), Number(h)).toFormat(format).toBuffer())
    })
    return await listen(app, names(name => `/${name}?w={w}&h={h}&format={format}`))
  },

  /** Sends a buffer that it has, and does nothing else. */
  async bare () {
    const app = fastify()
    const bytes = await smallPhoto()
    app.get('/bytes', async (_request, reply) => await reply.type('image/jpeg').send(bytes))
    return await listen(app, ['/bytes'])
  },

  /** Sends nothing but 304, without a header. */
  async bare304 () {
    const app = fastify()
    app.get('/bytes', (_request, reply) => { reply.code(304).send() })
    return await listen(app, ['/bytes'])
  },

  /** The same as `bare` for the request that ours gets: a handle in the path, and a query. */
  async addressed () {
    const app = fastify()
    const bytes = await smallPhoto()
    app.get(ADDRESS.route, async (_request, reply) => await reply.type('image/jpeg').send(bytes))
    return await listen(app, [ADDRESS.path])
  },

  /** The same request and the same answer: with the headers that ours sends, of names, tags and what keeps browsers from running it. */
  async dressed () {
    const app = fastify()
    const bytes = await smallPhoto()
    app.get(ADDRESS.route, async (_request, reply) => await reply.headers({
      vary: 'Origin',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      etag: '"Ofj6CnIRem8l6-Ur2ZDNE5Pgtyl"',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
      'content-type': 'image/jpeg',
      'content-disposition': 'inline; filename="000.jpg"',
      'x-file-name': '000.jpg'
    }).send(bytes))
    return await listen(app, [ADDRESS.path])
  },

  /** Tells nobody of its conversions, as its peers do. */
  ours: async () => await ours({}),
  fast: async () => await ours({ mode: 'fast' }),
  /** Writes an event for each of them, and tells the host. */
  heard: async () => await ours({}, { onEvent: () => {} })
}

/** The photos are stored by a process of its own: what that leaves in memory is no part of what converting takes. Its peers find theirs in a folder. */
async function ours (conversions: object, more: { onEvent?: () => void } = {}): Promise<Ready> {
  const directory = mkdtempSync(join(tmpdir(), 'contactsheet-bench-'))
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
  const filling = spawn(process.execPath, [...process.execArgv, import.meta.filename, 'fill', photos, directory], { stdio: 'inherit' })
  const [exitCode] = await once(filling, 'exit') as [number | null]
  if (exitCode !== 0) throw new Error(`photos were not stored: ${exitCode}`)
  const app = await serve(directory, { ...more, conversions: { ...conversions, ...JSON.parse(options) as object } })
  return await listen(app, JSON.parse(await readFile(join(directory, 'paths.json'), 'utf8')) as string[])
}

async function fill (directory: string): Promise<void> {
  const app = await serve(directory, {})
  const paths: string[] = []
  for (const name of names(name => name)) {
    const answer = await app.inject({
      method: 'POST', url: `/api/store/S3?filename=${name}`, headers: { 'content-type': 'image/jpeg', authorization: `Basic ${Buffer.from(`app:${'x'.repeat(32)}`).toString('base64')}` }, payload: await readFile(join(photos, name))
    })
    if (answer.statusCode !== 200) throw new Error(answer.body)
    paths.push(`${new URL((answer.json() as { url: string }).url).pathname}/convert?w={w}&h={h}&fit=crop&format={format}`)
  }
  await writeFile(join(directory, 'paths.json'), JSON.stringify(paths))
  await app.close()
}

async function serve (directory: string, more: object): Promise<FastifyInstance> {
  const { instagram } = await import('@contactsheet/instagram')
  const app = fastify()
  await app.register(instagram, {
    secret: 'x'.repeat(32),
    publicUrl: 'http://localhost',
    app: { instagramAppId: '1234567890123456', instagramAppSecret: '0123456789abcdef'.repeat(2), secret: 'x'.repeat(32) },
    database: join(directory, 'files.sqlite'),
    storage: { S3: { type: 'disk', directory } },
    ...more
  })
  return app
}

async function smallPhoto (): Promise<Buffer> {
  return await sharp(await readFile(join(photos, photoName(0)))).resize(400, 400).jpeg().toBuffer()
}

function names (path: (name: string) => string): string[] {
  return Array.from({ length: PHOTO_COUNT }, (_, at) => path(photoName(at)))
}

async function listen (app: FastifyInstance, paths: string[]): Promise<Ready> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { port: (app.server.address() as AddressInfo).port, paths }
}

async function listenPlain (server: ReturnType<typeof createServer>): Promise<Ready> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, paths: names(name => `/f_{format},s_{w}x{h}/${name}`) }
}

if (kind === 'fill') {
  await fill(options)
} else {
  const start = kinds[kind]
  if (start === undefined) throw new Error(`kind must be one of ${Object.keys(kinds).join(', ')}`)
  process.send?.(await start())
  process.on('disconnect', () => process.exit())
}
