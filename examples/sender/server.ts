// A service that keeps its data in PostgreSQL and tells others of it by webhook. The photo and the event are written in
// one transaction: there is never a photo that nobody hears of, nor word of a photo that is not there. Start it as often
// as you like on one database: the nodes share the work.
//
//   DATABASE_URL=postgres://… SENDER_SECRETS=… SENDER_TOKEN=… node server.ts
import { createSender } from '@contactsheet/sender'
import { senderApi } from '@contactsheet/sender/server'
import { fastify, type FastifyInstance } from 'fastify'
import pg from 'pg'

export interface Settings {
  /** postgres://… */
  database: string
  /** Keys under which endpoint secrets are encrypted, the newest first. */
  secrets: string[]
  /** Opens the sender's API below /webhooks. */
  token: string
  /** Receivers that are not public; for development. */
  allow?: string[]
}

const PHOTO = {
  type: 'object',
  required: ['url', 'filename', 'size'],
  properties: { url: { type: 'string' }, filename: { type: 'string' }, size: { type: 'integer' } }
} as const

/** The service, delivering; the caller listens and closes. */
export async function createService ({ database, secrets, token, allow = [] }: Settings): Promise<FastifyInstance> {
  const app = fastify({ logger: { level: 'warn' } })
  const pool = new pg.Pool({ connectionString: database })
  pool.on('error', error => { app.log.error(error) })
  await pool.query('CREATE TABLE IF NOT EXISTS photos (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, url text NOT NULL, filename text NOT NULL, size int NOT NULL)')
  const sender = createSender({ database, secrets, allow, logger: app.log })
  await sender.start()
  await app.register(senderApi, { prefix: '/webhooks', sender, tokens: [token] })

  app.post<{ Body: { url: string, filename: string, size: number } }>('/photos', { schema: { body: PHOTO } }, async (request, reply) => {
    const { url, filename, size } = request.body
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      const { rows: [photo] } = await client.query<{ id: number }>('INSERT INTO photos (url, filename, size) VALUES ($1, $2, $3) RETURNING id', [url, filename, size])
      const id = photo?.id ?? 0
      const event = { action: 'fp.upload', timestamp: Math.floor(Date.now() / 1000), id, text: { url, client: 'computer', type: 'image/jpeg', filename, size } }
      await sender.send(event, { transaction: client })
      await client.query('COMMIT')
      return await reply.code(201).send({ id })
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  })

  app.addHook('onClose', async () => {
    await sender.close()
    await pool.end()
  })
  return app
}

if (process.argv[1] === import.meta.filename) {
  const { DATABASE_URL: database, SENDER_SECRETS: secrets, SENDER_TOKEN: token, PORT = '4290' } = process.env
  if (!database || !secrets || !token) throw new Error('DATABASE_URL, SENDER_SECRETS and SENDER_TOKEN must be set')
  const app = await createService({ database, secrets: secrets.split(','), token })
  console.log(`listening at ${await app.listen({ port: Number(PORT) })}, the sender's API below /webhooks`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { app.close() })
}
