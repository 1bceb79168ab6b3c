import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import t from 'tap'
import { createKeyring, signHeaders, verify, type Secret } from '../src/index.ts'

const body = Buffer.from('{}')
const id = 'evt_1'
const timestamp = 1_700_000_000
const now = () => timestamp * 1000
const base64 = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const bytes = Buffer.from(base64, 'base64')

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
const whsk = `whsk_${Buffer.concat([seed, point]).toString('base64')}`
const whpk = `whpk_${point.toString('base64')}`

const sign = (secret: Secret) => signHeaders({ body, secret, id, timestamp })

t.test('the same key in four notations signs alike for Standard Webhooks', async t => {
  const { 'webhook-signature': expected } = sign(`whsec_${base64}`)
  for (const secret of [{ secret: bytes.toString('hex'), format: 'hex' as const }, bytes, { secret: bytes }]) {
    t.equal(sign(secret)['webhook-signature'], expected)
  }
})

t.test('the original family uses the text itself, whatever it stands for', async t => {
  const text = `whsec_${base64}`
  t.equal(sign(text)['FS-Signature'], sign({ secret: text, format: 'raw' })['FS-Signature'])
  t.not(sign(text)['webhook-signature'], sign({ secret: text, format: 'raw' })['webhook-signature'])
})

t.test('base64 may leave out its padding', async t => {
  const text = Buffer.alloc(20, 7).toString('base64')
  t.equal(sign(`whsec_${text}`)['webhook-signature'], sign(`whsec_${text.replace(/=+$/, '')}`)['webhook-signature'])
})

t.test('an ed25519 key signs v1a, and its public half verifies it', async t => {
  for (const secret of [whsk, `whsk_${seed.toString('base64')}`]) {
    const headers = sign(secret)
    t.match(headers['webhook-signature'], /^v1a,/)
    t.equal(headers['FS-Signature'], undefined)
    t.match(verify({ body, headers, secret: whpk, now }), { valid: true, scheme: 'standard', algorithm: 'ed25519' })
    t.match(verify({ body, headers, secret: whsk, now }), { valid: true })
    t.match(verify({ body: Buffer.from('{ }'), headers, secret: whpk, now }), { code: 'WEBHOOK_SIGNATURE_MISMATCH' })
  }
})

t.test('an ed25519 signature counts in one notation only', async t => {
  const { 'webhook-signature': signature = '', ...headers } = sign(whsk)
  t.match(verify({ body, headers: { ...headers, 'webhook-signature': signature.replace(/=+$/, '') }, secret: whpk, now }), { valid: false })
})

t.test('HMAC and ed25519 may travel together, and a receiver of either kind is content', async t => {
  const headers = signHeaders({ body, secrets: [`whsec_${base64}`, whsk], id, timestamp })
  t.match(verify({ body, headers, secret: whpk, now }), { valid: true, algorithm: 'ed25519' })
  t.match(verify({ body, headers, secret: `whsec_${base64}`, now }), { valid: true, algorithm: 'hmac-sha256' })
})

t.test('a public key cannot sign, and a key of another kind cannot check', async t => {
  t.throws(() => sign(whpk), { code: 'WEBHOOK_SECRET_UNUSABLE' })
  t.match(verify({ body, headers: sign(whsk), secret: `whsec_${base64}`, now }), { code: 'WEBHOOK_SECRET_UNUSABLE' })
})

const REFUSED: ReadonlyArray<[string, Secret, string]> = [
  ['of one byte', 'a', 'WEBHOOK_SECRET_WEAK'],
  ['of 15 bytes', 'x'.repeat(15), 'WEBHOOK_SECRET_WEAK'],
  ['of 15 bytes in base64', `whsec_${Buffer.alloc(15, 1).toString('base64')}`, 'WEBHOOK_SECRET_WEAK'],
  ['of 15 bytes in hex', { secret: '00'.repeat(15), format: 'hex' }, 'WEBHOOK_SECRET_WEAK'],
  ['of 15 bytes as bytes', Buffer.alloc(15, 1), 'WEBHOOK_SECRET_WEAK'],
  ['that is empty', '', 'WEBHOOK_SECRET_MISSING'],
  ['with a line break at its end', `whsec_${base64}\n`, 'WEBHOOK_SECRET_WHITESPACE'],
  ['with a space in it', `whsec_${base64.slice(0, 8)} ${base64.slice(8)}`, 'WEBHOOK_SECRET_WHITESPACE'],
  ['with whsec_ and no base64 after it', 'whsec_this-is-not-base64!', 'WEBHOOK_SECRET_INVALID'],
  ['with a wrong digit in its hex', { secret: 'zz'.repeat(16), format: 'hex' }, 'WEBHOOK_SECRET_INVALID'],
  ['with whpk_ and 31 bytes', `whpk_${Buffer.alloc(31).toString('base64')}`, 'WEBHOOK_SECRET_INVALID'],
  ['with whsk_ and 48 bytes', `whsk_${Buffer.alloc(48).toString('base64')}`, 'WEBHOOK_SECRET_INVALID'],
  ['with halves that do not belong together', `whsk_${Buffer.concat([seed, Buffer.from(point).reverse()]).toString('base64')}`, 'WEBHOOK_SECRET_INVALID']
]

for (const [what, secret, code] of REFUSED) {
  t.test(`a secret ${what} is refused when it is given`, async t => {
    t.throws(() => createKeyring(secret), { code })
  })
}

t.test('an environment variable that is not set is named as what it is', async t => {
  const environment: Record<string, string> = {}
  t.throws(() => createKeyring(environment.WEBHOOK_SECRET as string), { code: 'WEBHOOK_SECRET_MISSING', message: /environment variable/ })
  t.throws(() => createKeyring([]), { code: 'WEBHOOK_SECRET_MISSING' })
})

t.test('a keyring that is logged shows no secret', async t => {
  const keyring = createKeyring([`whsec_${base64}`, { secret: bytes, id: 'old' }, whsk])
  const shown = inspect(keyring, { depth: 10, showHidden: true }) + JSON.stringify(keyring)
  for (const secret of [base64, bytes.toString('hex'), seed.toString('base64'), seed.toString('hex')]) t.notMatch(shown, secret)
})
