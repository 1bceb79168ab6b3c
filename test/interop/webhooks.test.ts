// What we sign, the libraries of others accept; what they sign, we accept. One secret text serves both families.
import { createRequire } from 'node:module'
import { KNOWN_ACTIONS, createKeyring, signHeaders, verify } from '@contactsheet/webhooks'
import { fixture } from '@contactsheet/webhooks/testing'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import t from 'tap'
import { vectors } from '../../packages/webhooks/test/fixtures.ts'

// It ships CommonJS that Node cannot import by name.
const filestack = createRequire(import.meta.url)('filestack-js') as {
  validateWebhookSignature (secret: string, body: string, signature: { timestamp: string, signature: string }): boolean
}

const SECRETS = {
  'whsec_ text': vectors.keys.K1,
  'whsec_ text with padding': `whsec_${Buffer.alloc(32, 250).toString('base64')}`
}
const id = 'evt_1'
const seconds = Math.floor(Date.now() / 1000)
const BODIES = {
  ...Object.fromEntries(KNOWN_ACTIONS.map(action => [action, JSON.stringify(fixture(action))])),
  'text beyond ASCII': JSON.stringify({ action: 'fp.delete', id: 1, timestamp: 1, text: { url: 'https://example.test/ü/写真/📷' } })
}

for (const [notation, secret] of Object.entries(SECRETS)) {
  for (const [name, text] of Object.entries(BODIES)) {
    const body = Buffer.from(text)
    const headers = signHeaders({ body, secret, id, timestamp: seconds })
    const asked = { 'FS-Timestamp': headers['FS-Timestamp'] ?? '', 'FS-Signature': headers['FS-Signature'] ?? '' }

    t.test(`${name}, ${notation}: one delivery is accepted by standardwebhooks, svix and filestack-js alike`, async t => {
      const event: unknown = JSON.parse(text)
      t.strictSame(new StandardWebhook(secret).verify(text, headers), event)
      t.doesNotThrow(() => new SvixWebhook(secret).verify(text, headers))
      t.ok(filestack.validateWebhookSignature(secret, text, { timestamp: asked['FS-Timestamp'], signature: asked['FS-Signature'] }))
    })

    t.test(`${name}, ${notation}: what standardwebhooks and svix sign is accepted here`, async t => {
      for (const Webhook of [StandardWebhook, SvixWebhook]) {
        const signature = new Webhook(secret).sign(id, new Date(seconds * 1000), text)
        const signed = { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signature }
        t.match(verify({ body, headers: signed, secret }), { valid: true, scheme: 'standard', id, timestamp: seconds })
      }
    })
  }
}

t.test('a plain secret of the original product is accepted both ways by filestack-js', async t => {
  const secret = vectors.keys.K4_filestack
  const text = JSON.stringify(fixture('fp.upload'))
  const headers = signHeaders({ body: Buffer.from(text), secret, id, timestamp: seconds, schemes: ['filestack'] })
  t.ok(filestack.validateWebhookSignature(secret, text, { timestamp: headers['FS-Timestamp'] ?? '', signature: headers['FS-Signature'] ?? '' }))
})

t.test('while secrets rotate, receivers of the old and of the new secret both accept one delivery', async t => {
  const [fresh, old] = [SECRETS['whsec_ text with padding'], SECRETS['whsec_ text']]
  const text = JSON.stringify(fixture('fp.upload'))
  const headers = signHeaders({ body: Buffer.from(text), secrets: createKeyring([fresh, old]), id, timestamp: seconds })
  for (const secret of [fresh, old]) {
    t.doesNotThrow(() => new StandardWebhook(secret).verify(text, headers))
    t.doesNotThrow(() => new SvixWebhook(secret).verify(text, headers))
  }
})

t.test('a delivery that also carries an ed25519 signature is still accepted by libraries that do not know it', async t => {
  const secret = SECRETS['whsec_ text']
  const text = JSON.stringify(fixture('fp.upload'))
  const secrets = [`whsk_${Buffer.alloc(32, 3).toString('base64')}`, secret]
  const headers = signHeaders({ body: Buffer.from(text), secrets, id, timestamp: seconds })
  t.doesNotThrow(() => new StandardWebhook(secret).verify(text, headers))
  t.doesNotThrow(() => new SvixWebhook(secret).verify(text, headers))
})

t.test('the published vectors hold in the libraries that publish them and here', async t => {
  for (const { id, timestamp, body, signature } of vectors.standard) {
    t.equal(new StandardWebhook(vectors.keys.K1).sign(id, new Date(timestamp * 1000), body), signature)
    const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature }
    t.match(verify({ body: Buffer.from(body), headers, secret: vectors.keys.K1, now: () => timestamp * 1000 }), { valid: true })
  }
  for (const { timestamp, body, signature } of vectors.filestack) {
    const secret = vectors.keys.K4_filestack
    t.ok(filestack.validateWebhookSignature(secret, body, { timestamp: String(timestamp), signature }))
    const headers = { 'FS-Timestamp': String(timestamp), 'FS-Signature': signature }
    t.match(verify({ body: Buffer.from(body), headers, secret, now: () => timestamp * 1000 }), { valid: true })
  }
})
