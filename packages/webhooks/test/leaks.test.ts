import { Writable } from 'node:stream'
import { inspect } from 'node:util'
import Fastify from 'fastify'
import t from 'tap'
import { createReceiver, verify, verifyOrThrow } from '../src/index.ts'
import { webhookReceiver } from '../src/fastify.ts'
import { TEST_SECRET, fixture, inject, signedRequest } from '../src/testing.ts'
import { mutate, seededRandom } from './fuzz/mutations.ts'

const now = () => 1_700_000_000_000

/** What would let an attacker sign: the secret in every notation, and the right signatures of a body. */
function secretsOf (body: Uint8Array): string[] {
  const { headers } = signedRequest(body, { now })
  const text = TEST_SECRET.slice('whsec_'.length)
  const bytes = Buffer.from(text, 'base64')
  return [text, bytes.toString(), bytes.toString('hex'), headers['FS-Signature'] ?? '', (headers['webhook-signature'] ?? '').slice('v1,'.length)]
}

/** Everything of a value that a log, a span or an answer could show. */
function shown (value: unknown): string {
  return inspect(value, { depth: 10, showHidden: true, maxStringLength: Infinity }) + JSON.stringify(value) + (value instanceof Error ? `${value.stack}${inspect(value.cause)}` : '')
}

/** Forged requests: a body of the attacker's choice with every kind of wrong signature. */
function forgeries (count: number) {
  const random = seededRandom(7)
  const { headers, body } = signedRequest(fixture('fp.delete'), { now })
  const forged = { ...headers, 'FS-Signature': '0'.repeat(64), 'webhook-signature': `v1,${'A'.repeat(43)}= v1a,${'A'.repeat(86)}==` }
  return [{ what: 'forged', headers: forged, body }, ...Array.from({ length: count }, () => mutate(random))].filter(({ body }) => /^[^0-9]/.test(body.toString()))
}

t.test('no refusal shows a secret or the signature that would have been right', async t => {
  for (const { what, headers, body } of forgeries(500)) {
    for (const secret of [TEST_SECRET, TEST_SECRET.slice('whsec_'.length)]) {
      const verification = verify({ headers, body, secret, now })
      if (verification.valid) continue
      const text = shown(verification) + shown(thrownBy(() => verifyOrThrow({ headers, body, secret, now })))
      for (const hidden of secretsOf(body)) if (text.includes(hidden)) t.fail(`${what} shows ${hidden}`)
    }
  }
  t.pass('500 refusals looked through')
})

t.test('neither does a result of the receiver, its answer included', async t => {
  const receiver = createReceiver({ secrets: TEST_SECRET, now })
  for (const { what, headers, body } of forgeries(500)) {
    const result = await receiver.receive({ headers: { ...headers, 'content-type': 'application/json' }, body })
    if (result.outcome !== 'refused') continue
    for (const hidden of secretsOf(body)) if (shown(result).includes(hidden)) t.fail(`${what} shows ${hidden}`)
  }
  t.pass('500 results looked through')
})

t.test('and nothing is logged that could be used, at the finest level', async t => {
  let log = ''
  const stream = new Writable({
    write (chunk, _encoding, done) {
      log += chunk
      done()
    }
  })
  const app = Fastify({ logger: { level: 'trace', stream } })
  t.teardown(() => app.close())
  await app.register(webhookReceiver, { url: '/hooks', secrets: TEST_SECRET, on: { 'fp.delete': () => { throw new Error('broken') } } })
  const event = fixture('fp.delete')
  const body = Buffer.from(JSON.stringify(event))
  await inject(app, event, { url: '/hooks' })
  await app.inject({ method: 'POST', url: '/hooks', headers: forgeries(0)[0]?.headers ?? {}, payload: body })
  t.match(log, /request completed/)
  for (const hidden of [...secretsOf(body), event.text.url]) t.notMatch(log, hidden)
})

function thrownBy (work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}
