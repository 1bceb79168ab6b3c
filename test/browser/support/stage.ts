import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Test } from 'tap'
import Fastify, { type FastifyInstance } from 'fastify'
import instagram, { type AppOptions, type InstagramOptions } from '@contactsheet/instagram'
import { startInstagramEmulator, type InstagramEmulator, type StartOptions } from '@contactsheet/instagram/emulator'

/** The account that says yes at the emulator when nobody answers. */
export const ACCOUNT = 'harbour.and.hill'

export interface Stage {
  emulator: InstagramEmulator
  host: FastifyInstance
  /** Origin of the server with the plugin, which also serves the page. */
  origin: string
  /** Another origin that the app lists; it serves the same page and no plugin. */
  otherOrigin: string
  /** An origin that nobody lists. */
  foreignOrigin: string
  storageDirectory: string
  /** The address of a photo, which anybody may fetch. */
  findPhoto: () => Promise<string>
  /** Serves a page, a script, a style or a font at `/pages/<name>` on all three origins. */
  addPage: (name: string, content: string | Buffer) => void
}

export interface StageOptions {
  emulator?: StartOptions
  app?: Partial<AppOptions>
  plugin?: Partial<InstagramOptions>
}

/** An Instagram, a server with the plugin, and pages on three origins. All on this machine, all gone after the test. */
export async function startStage (t: Pick<Test, 'teardown'>, options: StageOptions = {}): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'contactsheet-browser-'))
  const emulator = await startInstagramEmulator({ answer: { account: ACCOUNT }, ...options.emulator })
  const pages: Pages = new Map()
  const [other, foreign] = [await servePages(pages), await servePages(pages)]
  const host = Fastify({ forceCloseConnections: true })
  const port = await freePort()
  const origin = `http://localhost:${port}`
  await host.register(instagram, {
    secret: 'a secret of the tests that is long enough',
    publicUrl: origin,
    app: { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret, origins: [other.origin], ...options.app },
    database: ':memory:',
    storage: { S3: { type: 'disk', directory: join(directory, 'files') } },
    cacheDirectory: join(directory, 'cache'),
    instagram: emulator.pluginOptions,
    // Everything here is on this machine, which no public download may reach; the photos are let through as if they were public.
    urlHosts: emulator.pluginOptions.cdnHosts,
    ...options.plugin
  })
  addPageRoute(host, pages)
  await host.listen({ port, host: 'localhost' })
  t.teardown(async () => {
    await Promise.all([host.close(), other.server.close(), foreign.server.close()])
    await emulator.close()
    rmSync(directory, { recursive: true, force: true })
  })
  return {
    emulator,
    host,
    origin,
    otherOrigin: other.origin,
    foreignOrigin: foreign.origin,
    storageDirectory: join(directory, 'files'),
    findPhoto: async () => await findPhoto(emulator),
    addPage: (name, content) => { pages.set(name, content) }
  }
}

type Pages = Map<string, string | Buffer>

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }

async function servePages (pages: Pages): Promise<{ server: FastifyInstance, origin: string }> {
  const server = Fastify({ forceCloseConnections: true })
  addPageRoute(server, pages)
  await server.listen({ port: 0, host: 'localhost' })
  return { server, origin: `http://localhost:${portOf(server)}` }
}

function addPageRoute (server: FastifyInstance, pages: Pages): void {
  server.get<{ Params: { name: string } }>('/pages/:name', async (request, reply) => {
    const { name } = request.params
    const content = pages.get(name)
    if (content === undefined) return reply.callNotFound()
    return reply.headers({ 'content-type': TYPES[extname(name)] ?? 'text/html; charset=utf-8', 'access-control-allow-origin': '*' }).send(content)
  })
}

async function freePort (): Promise<number> {
  const probe = Fastify()
  await probe.listen({ port: 0, host: 'localhost' })
  const port = portOf(probe)
  await probe.close()
  return port
}

function portOf (server: FastifyInstance): number {
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address.port
}

async function findPhoto (emulator: InstagramEmulator): Promise<string> {
  const list = await fetch(`${emulator.graphBaseUrl}/me/media?fields=media_url,media_type&access_token=${emulator.control.mintToken(ACCOUNT)}`)
  const { data } = await list.json() as { data: Array<{ media_url?: string, media_type: string }> }
  return data.find(({ media_type: type }) => type === 'IMAGE')?.media_url ?? ''
}
