import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import type { Test } from 'tap'
import Fastify from 'fastify'
import instagram from '@contactsheet/instagram'
import { startInstagramEmulator } from '@contactsheet/instagram/emulator'
import { ACCOUNT } from './stage.ts'
import { clientPage } from './pages.ts'

/** Chromium's arguments under which the sites of a secure stage exist. */
export const SECURE_ARGUMENTS = ['--host-resolver-rules=MAP *.test 127.0.0.1', '--ignore-certificate-errors']

/** A server and a page over https, each on a site of its own: cookies of the dialog in the page are partitioned, as on the web. */
export async function startSecureStage (t: Test): Promise<{ origin: string, pageUrl: string, evilUrl: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'contactsheet-browser-'))
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'test' }], { keyType: 'ec' })
  const emulator = await startInstagramEmulator({ answer: { account: ACCOUNT } })
  const https = { key, cert }
  const [host, shop] = [Fastify({ https, forceCloseConnections: true }), Fastify({ https, forceCloseConnections: true })]
  const [hostPort, shopPort] = [await freePort(), await freePort()]
  const [origin, shopOrigin] = [`https://photos.test:${hostPort}`, `https://shop.test:${shopPort}`]
  await host.register(instagram, {
    secret: 'a secret of the tests that is long enough',
    publicUrl: origin,
    redirectUri: `${origin}/api/client/instagram/authCallback/open`,
    app: { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret, origins: [shopOrigin] },
    database: ':memory:',
    storage: { S3: { type: 'disk', directory: join(directory, 'files') } },
    cacheDirectory: join(directory, 'cache'),
    instagram: emulator.pluginOptions
  })
  emulator.control.updateApp({ redirectUris: [`${origin}/api/client/instagram/authCallback/open`] })
  shop.get('/page', async (_request, reply) => reply.type('text/html; charset=utf-8').send(clientPage(origin)))
  shop.get('/evil', async (_request, reply) => reply.type('text/html; charset=utf-8').send('<!doctype html><title>Evil</title><a id="lure">Win a prize</a>'))
  await host.listen({ port: hostPort, host: '127.0.0.1' })
  await shop.listen({ port: shopPort, host: '127.0.0.1' })
  t.teardown(async () => {
    await Promise.all([host.close(), shop.close()])
    await emulator.close()
    rmSync(directory, { recursive: true, force: true })
  })
  return { origin, pageUrl: `${shopOrigin}/page`, evilUrl: `https://evil.test:${shopPort}/evil` }
}

async function freePort (): Promise<number> {
  const probe = Fastify()
  const address = new URL(await probe.listen({ port: 0, host: '127.0.0.1' }))
  await probe.close()
  return Number(address.port)
}
