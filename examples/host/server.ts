// A Fastify server with all three packages: people pick from Instagram, every event leaves through the sender and comes
// back, verified, to the receiver. In real life the receiver is another server.
import { EventEmitter, on } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import instagram, { type InstagramOptions } from '@contactsheet/instagram'
import { createSender } from '@contactsheet/sender'
import type { EventOf } from '@contactsheet/webhooks'
import { webhookReceiver } from '@contactsheet/webhooks/fastify'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'

export interface HostSettings {
  /** The server as browsers see it. */
  publicUrl: string
  /** Folder for the databases and the stored files. */
  dataDirectory: string
  /** At least 32 characters; encrypts tokens and keys at rest. */
  secret: string
  webhookSecret: string
  app: InstagramOptions['app']
  /** Where Instagram is; an emulator while you develop. */
  instagram?: InstagramOptions['instagram']
}

/** What the page shows of each webhook that the receiver verified. */
export interface ReceivedWebhook { receivedAt: string, scheme: string, event: EventOf<'fp.upload' | 'fp.converse' | 'fp.delete'> }

export async function buildHost (settings: HostSettings): Promise<FastifyInstance> {
  const { publicUrl, dataDirectory, secret, webhookSecret } = settings
  mkdirSync(dataDirectory, { recursive: true })
  const app = Fastify()
  const received = new EventEmitter<{ webhook: [ReceivedWebhook] }>()
  const log = join(dataDirectory, 'webhooks.jsonl')

  const sender = createSender({
    database: join(dataDirectory, 'sender.sqlite'),
    endpoints: [{ url: `${publicUrl}/webhooks/instagram`, events: 'all', secret: webhookSecret }],
    allow: ['localhost', '127.0.0.1']
  })
  app.addHook('onClose', async () => await sender.close())

  await app.register(instagram, {
    publicUrl,
    secret,
    app: settings.app,
    ...(settings.instagram === undefined ? {} : { instagram: settings.instagram }),
    database: join(dataDirectory, 'contactsheet.sqlite'),
    storage: { S3: { type: 'disk', directory: join(dataDirectory, 'files') } },
    onEvent: async event => { await sender.send(event) }
  })

  const list = (event: ReceivedWebhook['event'], { scheme }: { scheme: string }): void => {
    const webhook = { receivedAt: new Date().toISOString(), scheme, event }
    appendFileSync(log, `${JSON.stringify(webhook)}\n`)
    received.emit('webhook', webhook)
  }
  await app.register(webhookReceiver, {
    url: '/webhooks/instagram',
    secrets: [webhookSecret],
    on: { 'fp.upload': list, 'fp.converse': list, 'fp.delete': list },
    unknown: 'ack'
  })

  app.get('/webhooks', async (request, reply) => {
    const closed = new AbortController()
    request.raw.on('close', () => closed.abort())
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const write = (line: string): void => { reply.raw.write(`data: ${line}\n\n`) }
    if (existsSync(log)) readFileSync(log, 'utf8').split('\n').filter(line => line !== '').forEach(write)
    try {
      for await (const [webhook] of on(received, 'webhook', { signal: closed.signal })) write(JSON.stringify(webhook))
    } catch {} // the page was closed
  })
  await app.register(fastifyStatic, { root: join(import.meta.dirname, 'public') })
  return app
}
