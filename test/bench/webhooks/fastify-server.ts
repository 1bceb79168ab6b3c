// One server, of the kind named in the first argument, that tells its processor time when asked.
import Fastify from 'fastify'
import { webhookReceiver } from '@contactsheet/webhooks/fastify'
import { TEST_SECRET } from '@contactsheet/webhooks/testing'
import { Webhook } from 'standardwebhooks'
import { byHand } from './by-hand.ts'

const app = Fastify({ bodyLimit: 1_048_576 })
const kind = process.argv[2]
let handled = 0
const count = () => { handled += 1 }

if (kind === 'ours') {
  await app.register(webhookReceiver, { url: '/hooks', secrets: TEST_SECRET, on: { 'fp.upload': count, 'fs.workflow': count } })
} else if (kind === 'standardwebhooks') {
  // What its readme asks for: the raw body, and the library's own parsing.
  const webhook = new Webhook(TEST_SECRET)
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => { done(null, body) })
  app.post('/hooks', async (request, reply) => {
    try {
      webhook.verify(request.body as string, request.headers as Record<string, string>)
    } catch {
      return reply.code(401).send()
    }
    count()
    return { outcome: 'handled' }
  })
} else {
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => { done(null, body) })
  app.post('/hooks', async (request, reply) => {
    const body = request.body as Buffer
    try {
      byHand(body, request.headers as Record<string, string>)
    } catch {
      return reply.code(401).send()
    }
    count()
    return { outcome: 'handled' }
  })
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicroseconds: user + system, handled })
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ port: (app.server.address() as { port: number }).port })
