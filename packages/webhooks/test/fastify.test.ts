import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { createReceiver, type EventContext, type ReceivedEvent, type ReceiveResult } from '../src/index.ts'
import { webhookReceiver, type WebhookReceiverOptions } from '../src/fastify.ts'
import { TEST_SECRET, fixture, inject, signedRequest } from '../src/testing.ts'

const url = '/webhooks/instagram'

async function build (t: Test, options: Partial<WebhookReceiverOptions> = {}) {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(webhookReceiver, { url, secrets: TEST_SECRET, ...options })
  return app
}

t.test('a signed event reaches the handler of its action, with what the receiver verified', async t => {
  const seen: Array<[ReceivedEvent, EventContext]> = []
  const app = await build(t, { on: { 'fp.upload': (event, context) => { seen.push([event, context]) } } })
  const event = fixture('fp.upload')

  const response = await inject(app, event, { url })

  t.equal(response.statusCode, 200)
  t.same(response.json(), { outcome: 'handled' })
  t.match(seen, [[event, {
    key: 'fp.upload:100946', scheme: 'standard', algorithm: 'hmac-sha256', keyIndex: 0, id: 'evt_100946', attempt: 1, duplicate: false
  }]])
})

t.test('the same event sent again is acknowledged and not handled again', async t => {
  let calls = 0
  const app = await build(t, { on: { 'fp.upload': () => { calls += 1 } } })

  await inject(app, fixture('fp.upload'), { url, id: 'evt_1' })
  const second = await inject(app, fixture('fp.upload'), { url, id: 'evt_2' })

  t.same(second.json(), { outcome: 'duplicate' })
  t.equal(second.statusCode, 200)
  t.equal(calls, 1)
})

t.test('a request that is not signed is refused with its code', async t => {
  const app = await build(t)
  const response = await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json' }, payload: '{}' })
  t.equal(response.statusCode, 401)
  t.match(response.json(), { code: 'WEBHOOK_SIGNATURE_MISSING', statusCode: 401 })
})

t.test('an observer sees every result, refused ones too', async t => {
  const results: ReceiveResult[] = []
  const app = await build(t, { onResult: result => { results.push(result) } })
  await inject(app, fixture('fp.delete'), { url })
  await app.inject({ method: 'POST', url, headers: { 'content-type': 'text/plain' }, payload: 'hello' })
  t.match(results.map(({ outcome, status }) => [outcome, status]), [['acknowledged', 200], ['refused', 415]])
})

t.test('a receiver made before can be given instead of its options', async t => {
  let calls = 0
  const receiver = createReceiver({ secrets: TEST_SECRET, on: { 'fp.delete': () => { calls += 1 } } })
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(webhookReceiver, { url, receiver })
  const response = await inject(app, fixture('fp.delete'), { url })
  t.equal(response.statusCode, 200)
  t.equal(calls, 1)
})

t.test('the body is judged as bytes: an added space breaks the signature', async t => {
  const app = await build(t)
  const { headers, body } = signedRequest(fixture('fp.upload'))
  const response = await app.inject({ method: 'POST', url, headers, payload: Buffer.concat([body, Buffer.from(' ')]) })
  t.match(response.json(), { code: 'WEBHOOK_SIGNATURE_MISMATCH' })
})
