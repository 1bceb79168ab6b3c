// One server, of the kind named in the first argument, that tells its processor time when asked.
import Fastify, { type FastifyRequest } from 'fastify'
import { webhookReceiver } from '@contactsheet/webhooks/fastify'
import { TEST_SECRET } from '@contactsheet/webhooks/testing'
import { Webhook } from 'standardwebhooks'
import { byHand } from './by-hand.ts'

const app = Fastify({ bodyLimit: 1_048_576 })
let handled = 0
const count = () => { handled += 1 }

/** A route of its own making: its body as it is given to the check, which throws. */
function route (parseAs: 'string' | 'buffer', check: (request: FastifyRequest) => void): void {
  app.addContentTypeParser('application/json', { parseAs }, (_request, body, done) => { done(null, body) })
  app.post('/hooks', async (request, reply) => {
    try {
      check(request)
    } catch {
      return reply.code(401).send()
    }
    count()
    return { outcome: 'handled' }
  })
}

const reference = new Webhook(TEST_SECRET)
const headersOf = ({ headers }: FastifyRequest) => headers as Record<string, string>

const KINDS: Readonly<Record<string, () => unknown>> = {
  ours: () => app.register(webhookReceiver, { url: '/hooks', secrets: TEST_SECRET, on: { 'fp.upload': count, 'fs.workflow': count } }),
  // What its readme asks for: the raw body, and the library's own parsing.
  standardwebhooks: () => route('string', request => { reference.verify(request.body as string, headersOf(request)) }),
  'node:crypto by hand': () => route('buffer', request => { byHand(request.body as Buffer, headersOf(request)) }),
  'no check': () => route('buffer', () => {})
}

await KINDS[process.argv[2] ?? '']?.()
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicroseconds: user + system, handled })
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ port: (app.server.address() as { port: number }).port })
