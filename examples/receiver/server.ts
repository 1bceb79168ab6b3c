// A server that was there before, and the lines that make it hear of every photo.
//
//   WEBHOOK_SECRET=whsec_… node server.ts
import { webhookReceiver } from '@contactsheet/webhooks/fastify'
import Fastify, { type FastifyInstance } from 'fastify'

/** The server as it was, with what it knows of photos. */
export async function buildServer (secret: string): Promise<FastifyInstance> {
  const app = Fastify()
  const photos = new Map<string, string>()
  app.get('/photos', async () => [...photos].map(([url, filename]) => ({ url, filename })))

  await app.register(webhookReceiver, {
    url: '/webhooks/instagram',
    secrets: secret,
    on: {
      'fp.upload': ({ text }) => {
        photos.set(text.url, 'data' in text ? text.data.filename : text.filename)
      },
      'fp.delete': ({ text }) => {
        photos.delete(text.url)
      }
    }
  })
  return app
}

if (process.argv[1] === import.meta.filename) {
  const app = await buildServer(process.env.WEBHOOK_SECRET ?? '')
  console.log(`listening at ${await app.listen({ port: Number(process.env.PORT ?? 4270) })}`)
}
