// One server, of the kind named in the first argument, that tells its processor time when asked.
import Fastify from 'fastify'
import { webhookReceiver } from '@contactsheet/webhooks/fastify'
import { TEST_SECRET } from '@contactsheet/webhooks/testing'
import { Webhook } from 'standardwebhooks'

const app = Fastify({ bodyLimit: 1_048_576 })
const kind = process.argv[2]
let handled = 0

if (kind === 'ours') {
  await app.register(webhookReceiver, { url: '/hooks', secrets: TEST_SECRET, on: { 'fp.upload': () => { handled += 1 } } })
} else {
  // What its readme asks for: the raw body, and the library's own parsing.
  const webhook = new Webhook(TEST_SECRET)
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => { done(null, body) })
  app.post('/hooks', async (request, reply) => {
    try {
      webhook.verify(request.body as string, request.headers as Record<string, string>)
    } catch {
      return reply.code(401).send()
    }
    handled += 1
    return { outcome: 'handled' }
  })
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicroseconds: user + system, handled })
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ port: (app.server.address() as { port: number }).port })
