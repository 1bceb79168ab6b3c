// A Fastify server with all three packages: people pick from Instagram, every event leaves through the sender and comes
// back, verified, to the receiver. In real life the receiver is another server.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import instagram, { type InstagramOptions } from '@contactsheet/instagram'
import { createSender } from '@contactsheet/sender'
import { webhookReceiver } from '@contactsheet/webhooks/fastify'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyInstance } from 'fastify'
import { openWebhookLog } from './webhook-log.ts'

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

export async function buildHost (settings: HostSettings): Promise<FastifyInstance> {
  const { publicUrl, dataDirectory, secret, webhookSecret } = settings
  mkdirSync(dataDirectory, { recursive: true })
  const app = Fastify({ forceCloseConnections: true }) // pages that listen to the list of webhooks must not hold up a stop
  const log = openWebhookLog(join(dataDirectory, 'webhooks.jsonl'))

  const sender = createSender({
    database: join(dataDirectory, 'sender.sqlite'),
    endpoints: [{ url: `${publicUrl}/webhooks/instagram`, events: 'all', secret: webhookSecret }],
    allow: ['localhost', '127.0.0.1']
  })
  app.addHook('onClose', async () => await sender.close())

  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'Contactsheet host example', version: '1.0.0' } } })
  await app.register(swaggerUi, { routePrefix: '/documentation' })
  await app.register(instagram, {
    publicUrl,
    secret,
    app: settings.app,
    ...(settings.instagram === undefined ? {} : { instagram: settings.instagram }),
    database: join(dataDirectory, 'contactsheet.sqlite'),
    storage: { S3: { type: 'disk', directory: join(dataDirectory, 'files') } },
    onEvent: async event => { await sender.send(event) }
  })

  await app.register(webhookReceiver, {
    url: '/webhooks/instagram',
    secrets: [webhookSecret],
    on: { 'fp.upload': log.add, 'fp.converse': log.add, 'fp.delete': log.add },
    unknown: 'ack'
  })

  app.get('/webhooks', log.stream)
  await app.register(fastifyStatic, { root: join(import.meta.dirname, 'public') })
  return app
}
