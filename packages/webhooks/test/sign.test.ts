import { createHash } from 'node:crypto'
import t from 'tap'
import { signHeaders, verify } from '../src/index.ts'
import { PRODUCT_PAGE, vectors } from './fixtures.ts'

const { K1, K4_filestack: K4 } = vectors.keys
const body = Buffer.from('{"action":"fp.delete"}')
const id = 'evt_1'
const timestamp = 1614265330

for (const vector of vectors.standard) {
  t.test(`Standard Webhooks: ${vector.name}`, async t => {
    const headers = signHeaders({ ...vector, body: Buffer.from(vector.body), secret: K1 })
    t.equal(headers['webhook-signature'], vector.signature)
    t.equal(headers['webhook-id'], vector.id)
    t.equal(headers['webhook-timestamp'], String(vector.timestamp))
  })
}

for (const vector of vectors.filestack) {
  t.test(`the original product: ${vector.name}`, async t => {
    const headers = signHeaders({ ...vector, id, body: Buffer.from(vector.body), secret: K4 })
    t.equal(headers['FS-Signature'], vector.signature)
    t.equal(headers['FS-Timestamp'], String(vector.timestamp))
  })
}

for (const row of vectors.seed) {
  t.test(`the payload ${row.event} of Filestack's page is signed as the published libraries sign it`, async t => {
    const payload = Buffer.from(JSON.stringify(row.event === 1 ? PRODUCT_PAGE.symlink : PRODUCT_PAGE.stored))
    t.equal(payload.length, row.bytes)
    t.equal(createHash('sha256').update(payload).digest('hex'), row.sha256)
    t.equal(signHeaders({ ...row, body: payload, secret: K1 })['webhook-signature'], `v1,${row.v1}`)
    t.equal(signHeaders({ ...row, body: payload, secret: K4 })['FS-Signature'], row.filestack)
    const filestack = { 'fs-timestamp': String(row.timestamp), 'fs-signature': row.filestack }
    t.match(verify({ body: payload, headers: filestack, secret: K4, now: () => row.timestamp * 1000 }), { valid: true, scheme: 'filestack' })
  })
}

t.test('both families travel in one delivery unless one is asked for', async t => {
  const message = { body, id, timestamp, secret: K1 }
  t.same(Object.keys(signHeaders(message)), ['FS-Timestamp', 'FS-Signature', 'webhook-id', 'webhook-timestamp', 'webhook-signature'])
  t.same(Object.keys(signHeaders({ ...message, schemes: ['filestack'] })), ['FS-Timestamp', 'FS-Signature'])
  t.same(Object.keys(signHeaders({ ...message, schemes: ['standard'] })), ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
})

t.test('while secrets rotate, Standard Webhooks lists a signature for each and the original product gets the first', async t => {
  const both = signHeaders({ body, id, timestamp, secrets: [K1, K4] })
  const first = signHeaders({ body, id, timestamp, secret: K1 })
  const second = signHeaders({ body, id, timestamp, secret: K4 })
  t.equal(both['webhook-signature'], `${first['webhook-signature']} ${second['webhook-signature']}`)
  t.equal(both['FS-Signature'], first['FS-Signature'])
})

t.test('a secret that has expired when the attempt is made does not sign it', async t => {
  const old = { secret: K4, expiresAtMs: timestamp * 1000 }
  t.same(signHeaders({ body, id, timestamp, secrets: [old, K1] }), signHeaders({ body, id, timestamp, secret: K1 }))
  t.throws(() => signHeaders({ body, id, timestamp, secret: old }), { code: 'WEBHOOK_SECRET_UNUSABLE' })
  t.ok(signHeaders({ body, id, timestamp: timestamp - 1, secret: old }))
})

t.test('what would move the border between id, timestamp and body is not signed', async t => {
  t.throws(() => signHeaders({ body, id: 'evt.1', timestamp, secret: K1 }), { code: 'WEBHOOK_ID_INVALID' })
  t.throws(() => signHeaders({ body: Buffer.from('1.{}'), id, timestamp, secret: K1 }), { code: 'WEBHOOK_BODY_AMBIGUOUS' })
  t.throws(() => signHeaders({ body, id, timestamp: 1.5, secret: K1 }), { code: 'WEBHOOK_TIMESTAMP_INVALID' })
})
