// Every delivery is accepted, from one and the same request, by the libraries of others and by our own receiver.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { createSender } from '@contactsheet/sender'
import { KNOWN_ACTIONS, verify } from '@contactsheet/webhooks'
import { fixture } from '@contactsheet/webhooks/testing'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import t from 'tap'

// It ships CommonJS that Node cannot import by name.
const filestack = createRequire(import.meta.url)('filestack-js') as {
  validateWebhookSignature (secret: string, body: string, signature: { timestamp: string, signature: string }): boolean
}

const requests: Array<{ headers: IncomingHttpHeaders, body: Buffer }> = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
    requests.push({ headers: request.headers, body: Buffer.concat(chunks) })
    response.end()
    if (requests.length === KNOWN_ACTIONS.length) server.emit('all')
  })
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const sender = createSender({ database: ':memory:', secrets: ['a key of the host, long enough'], allow: ['127.0.0.1'] })
t.teardown(async () => {
  await sender.close()
  server.close()
})

const { secret } = await sender.endpoints.add({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, events: 'all' })
const all = once(server, 'all')
for (const action of KNOWN_ACTIONS) await sender.send(fixture(action))
await all

for (const { headers, body } of requests) {
  const text = String(body)
  t.test(`${headers['webhook-id']} is accepted by standardwebhooks, svix, filestack-js and our receiver`, async t => {
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    t.strictSame(new StandardWebhook(secret).verify(text, signed), JSON.parse(text))
    t.doesNotThrow(() => new SvixWebhook(secret).verify(text, signed))
    t.ok(filestack.validateWebhookSignature(secret, text, { timestamp: signed['fs-timestamp'] ?? '', signature: signed['fs-signature'] ?? '' }))
    t.match(verify({ headers, body, secret, schemes: ['standard'] }), { valid: true })
    t.match(verify({ headers, body, secret, schemes: ['filestack'] }), { valid: true })
  })
}

t.test('there was one delivery for each event type', async t => {
  t.equal(requests.length, KNOWN_ACTIONS.length)
})
