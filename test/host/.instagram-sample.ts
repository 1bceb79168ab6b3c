import Fastify from 'fastify'
import instagram from '@contactsheet/instagram'

const app = Fastify({ logger: true })
await app.register(instagram, {
  publicUrl: process.env.PUBLIC_URL!,
  secret: process.env.CONTACTSHEET_SECRET!,
  app: { instagramAppId: process.env.INSTAGRAM_APP_ID!, instagramAppSecret: process.env.INSTAGRAM_APP_SECRET! },
  storage: { S3: { type: 'disk', directory: 'files' } },
  onEvent: event => app.log.info({ event }, 'told')
})
await app.listen({ port: Number(process.env.PORT ?? 3000) })
