import { createHmac } from 'node:crypto'
import t from 'tap'
import { createKeyring, signHeaders, verify, verifyOrThrow, type VerifyOptions } from '../src/index.ts'
import { vectors } from './fixtures.ts'

const secret = vectors.keys.K1
const timestamp = 1_700_000_000
const now = () => timestamp * 1000
const id = 'evt_1'
const body = Buffer.from('{"action":"fp.delete","timestamp":1,"id":1,"text":{"url":"u"}}')

type Headers = Record<string, string>

function sign (schemes: Array<'filestack' | 'standard'>, changes: Headers = {}): Headers {
  const signed = signHeaders({ body, secret, id, timestamp, schemes })
  const lower = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]))
  return { ...lower, ...changes }
}

const standard = (changes?: Headers) => sign(['standard'], changes)
const filestack = (changes?: Headers) => sign(['filestack'], changes)
const check = (changes: Partial<VerifyOptions>) => verify({ body, headers: standard(), secret, now, ...changes })

/** Signs anything at all, as a sender with other rules than ours would. */
const hmac = (text: string | Buffer, key: string | Buffer, encoding: 'hex' | 'base64') => createHmac('sha256', key).update(text).digest(encoding)
const standardKey = Buffer.from(secret.slice('whsec_'.length), 'base64')

t.test('a Standard Webhooks signature is accepted and says what was believed', async t => {
  t.same(check({}), { valid: true, scheme: 'standard', algorithm: 'hmac-sha256', keyIndex: 0, id, timestamp })
})

t.test("the original product's signature is accepted; it has no id", async t => {
  t.same(check({ headers: filestack() }), { valid: true, scheme: 'filestack', algorithm: 'hmac-sha256', keyIndex: 0, id: undefined, timestamp })
})

t.test('where both families came, the first listed that holds wins', async t => {
  const headers = { ...standard(), ...filestack() }
  t.match(check({ headers }), { scheme: 'standard' })
  t.match(check({ headers, schemes: ['filestack', 'standard'] }), { scheme: 'filestack' })
  t.match(check({ headers: { ...headers, 'webhook-signature': `v1,${'A'.repeat(43)}=` } }), { valid: true, scheme: 'filestack' })
})

t.test('a family that is not listed does not count', async t => {
  t.match(check({ headers: filestack(), schemes: ['standard'] }), { valid: false, code: 'WEBHOOK_SIGNATURE_MISSING' })
})

t.test('header names are read whatever their case, from plain objects and from Headers', async t => {
  const shouted = Object.fromEntries(Object.entries(standard()).map(([name, value]) => [name.toUpperCase(), value]))
  t.match(check({ headers: shouted }), { valid: true })
  t.match(check({ headers: new Headers(standard()) }), { valid: true })
})

t.test('each of several secrets is tried, and the result tells which matched', async t => {
  t.match(verify({ body, headers: standard(), secrets: [vectors.keys.K4_filestack, secret], now }), { valid: true, keyIndex: 1 })
  t.match(verify({ body, headers: filestack(), secrets: createKeyring([vectors.keys.K4_filestack, secret]), now }), { valid: true, keyIndex: 1 })
})

t.test('a secret past its end no longer counts', async t => {
  const ended = { secret, expiresAtMs: now() }
  t.match(check({ secret: ended }), { code: 'WEBHOOK_SECRET_UNUSABLE' })
  t.match(check({ headers: filestack(), secret: ended }), { code: 'WEBHOOK_SECRET_UNUSABLE' })
  t.match(check({ secret: { secret, expiresAtMs: now() + 1 } }), { valid: true })
})

t.test('one of several signatures in the header is enough, and unknown versions are passed over', async t => {
  const { 'webhook-signature': good } = standard()
  t.match(check({ headers: standard({ 'webhook-signature': `v1,${'A'.repeat(43)}= v7,what ${good}` }) }), { valid: true })
  t.match(check({ headers: standard({ 'webhook-signature': 'v7,what' }) }), { code: 'WEBHOOK_SIGNATURE_INVALID' })
})

t.test('the window has two sides and its ends belong to it', async t => {
  const at = (seconds: number) => ({ now: () => (timestamp + seconds) * 1000 })
  for (const seconds of [-300, 300]) t.match(check(at(seconds)), { valid: true }, `${seconds} s`)
  t.match(check(at(301)), { code: 'WEBHOOK_TIMESTAMP_STALE', message: /301 s old/ })
  t.match(check(at(-301)), { code: 'WEBHOOK_TIMESTAMP_AHEAD', message: /301 s ahead/ })
  const hours = 13 * 3600
  for (const seconds of [-hours, hours]) t.match(check({ ...at(seconds), headers: filestack() }), { valid: true }, `${seconds} s`)
  t.match(check({ ...at(hours + 1), headers: filestack() }), { code: 'WEBHOOK_TIMESTAMP_STALE' })
  t.match(check({ ...at(-hours - 1), headers: filestack() }), { code: 'WEBHOOK_TIMESTAMP_AHEAD' })
})

t.test('the tolerance is one figure for both families or one for each', async t => {
  const late = { now: () => (timestamp + 10) * 1000 }
  t.match(check({ ...late, toleranceSeconds: 9 }), { code: 'WEBHOOK_TIMESTAMP_STALE' })
  t.match(check({ ...late, headers: filestack(), toleranceSeconds: { filestack: 9 } }), { code: 'WEBHOOK_TIMESTAMP_STALE' })
  t.match(check({ ...late, toleranceSeconds: { filestack: 9 } }), { valid: true })
})

t.test('a clock or a tolerance that is no number refuses everything', async t => {
  t.match(check({ now: () => NaN }), { valid: false })
  t.match(check({ toleranceSeconds: NaN }), { valid: false })
})

for (const written of ['NNNabc', ' NNN', 'NNN ', 'NNN.9', '+NNN', '0NNN', '-NNN', 'NNNe0', '0xNNN', 'NNN,NNN', '', '１７']) {
  t.test(`a timestamp written ${JSON.stringify(written)} is refused even when it is signed as written`, async t => {
    const loose = written.replaceAll('NNN', String(timestamp))
    const signedAsWritten = `v1,${hmac(`${id}.${loose}.${body}`, standardKey, 'base64')}`
    const { 'webhook-signature': signedAsNumber = '' } = standard()
    for (const signature of [signedAsWritten, signedAsNumber]) {
      t.match(check({ headers: standard({ 'webhook-timestamp': loose, 'webhook-signature': signature }) }), { code: 'WEBHOOK_TIMESTAMP_INVALID' })
    }
    const fs = { 'fs-timestamp': loose, 'fs-signature': hmac(`${loose}.${body}`, secret, 'hex') }
    t.match(check({ headers: fs }), { code: 'WEBHOOK_TIMESTAMP_INVALID' })
  })
}

t.test('a timestamp of 1970 and one ten years ahead are refused in both families', async t => {
  for (const [seconds, code] of [[1, 'WEBHOOK_TIMESTAMP_STALE'], [timestamp + 315_360_000, 'WEBHOOK_TIMESTAMP_AHEAD']] as const) {
    for (const scheme of ['standard', 'filestack'] as const) {
      t.match(check({ headers: signHeaders({ body, secret, id, timestamp: seconds, schemes: [scheme] }) }), { code })
    }
  }
})

t.test('a timestamp in milliseconds is refused with a hint', async t => {
  const headers = signHeaders({ body, secret, id, timestamp: timestamp * 1000 })
  t.match(check({ headers }), { code: 'WEBHOOK_TIMESTAMP_AHEAD', message: /milliseconds/ })
})

t.test('the border between timestamp and body cannot be moved', async t => {
  const whole = Buffer.from('{"a":1.5}')
  const signature = hmac(`${timestamp}.${whole}`, secret, 'hex')
  const moved = { 'fs-timestamp': `${timestamp}.{"a":1`, 'fs-signature': signature }
  t.match(check({ body: Buffer.from('5}'), headers: moved }), { code: 'WEBHOOK_TIMESTAMP_INVALID' })
})

t.test('a message id with a full stop is refused, however well it is signed', async t => {
  const dotted = 'evt.1'
  const headers = standard({ 'webhook-id': dotted, 'webhook-signature': `v1,${hmac(`${dotted}.${timestamp}.${body}`, standardKey, 'base64')}` })
  t.match(check({ headers }), { code: 'WEBHOOK_ID_INVALID' })
})

t.test('an id, a space or a control character beyond visible ASCII, or an id beyond 256 characters, is refused', async t => {
  for (const bad of ['', 'a b', 'a\u0000', 'é', 'x'.repeat(257)]) {
    t.match(check({ headers: standard({ 'webhook-id': bad }) }), { code: 'WEBHOOK_ID_INVALID' }, JSON.stringify(bad.slice(0, 9)))
  }
})

t.test("a text signed for one family cannot be shown as the other's, even with a secret that both read alike", async t => {
  const raw = vectors.keys.K4_filestack
  const asFilestack = { 'fs-timestamp': String(timestamp), 'fs-signature': hmac(`${timestamp}.${timestamp}.${body}`, raw, 'hex') }
  t.match(verify({ body: Buffer.from(`${timestamp}.${body}`), headers: asFilestack, secret: raw, now }), { code: 'WEBHOOK_BODY_AMBIGUOUS' })
})

t.test('more than sixteen signatures are refused before one is checked', async t => {
  const { 'webhook-signature': good } = standard()
  const many = (count: number) => standard({ 'webhook-signature': Array.from({ length: count }, () => good).join(' ') })
  t.match(check({ headers: many(16) }), { valid: true })
  t.match(check({ headers: many(17) }), { code: 'WEBHOOK_SIGNATURES_TOO_MANY' })
})

t.test('a header above four kibibytes is refused', async t => {
  const long = 'x'.repeat(4097)
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    t.match(check({ headers: standard({ [name]: long }) }), { code: 'WEBHOOK_HEADER_TOO_LONG', message: new RegExp(name) })
  }
  for (const name of ['fs-timestamp', 'fs-signature']) {
    t.match(check({ headers: filestack({ [name]: long }) }), { code: 'WEBHOOK_HEADER_TOO_LONG', message: new RegExp(name) })
  }
})

t.test('a header that is missing is named', async t => {
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    const { [name]: gone, ...headers } = standard()
    t.match(check({ headers }), { code: 'WEBHOOK_HEADER_MISSING', message: new RegExp(name) })
  }
  for (const name of ['fs-timestamp', 'fs-signature']) {
    const { [name]: gone, ...headers } = filestack()
    t.match(check({ headers }), { code: 'WEBHOOK_HEADER_MISSING', message: new RegExp(name) })
  }
})

t.test('a header sent twice is refused', async t => {
  const { 'fs-signature': signature = '' } = filestack()
  t.match(check({ headers: { ...filestack(), 'fs-signature': [signature, signature] } }), { code: 'WEBHOOK_SIGNATURE_INVALID' })
})

t.test('a signature in upper-case hex is refused, as the original receivers do', async t => {
  const { 'fs-signature': signature = '' } = filestack()
  t.match(check({ headers: filestack({ 'fs-signature': signature.toUpperCase() }) }), { code: 'WEBHOOK_SIGNATURE_INVALID' })
})

t.test('a character that only looks like the right byte does not pass', async t => {
  const { 'webhook-signature': good = '' } = standard()
  const last = good.at(10) ?? ''
  const twin = String.fromCharCode(last.charCodeAt(0) + 0x100)
  t.match(check({ headers: standard({ 'webhook-signature': good.replace(last, twin) }) }), { valid: false })
})

t.test('a byte order mark added on the way breaks the signature', async t => {
  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])
  t.match(check({ body: marked }), { code: 'WEBHOOK_SIGNATURE_MISMATCH' })
})

t.test('a signature made over decoded text does not pass for bytes that are no UTF-8', async t => {
  const bytes = Buffer.concat([body.subarray(0, -1), Buffer.from([0xff]), Buffer.from('}')])
  const decoded = `v1,${hmac(`${id}.${timestamp}.${bytes.toString()}`, standardKey, 'base64')}`
  t.match(check({ body: bytes, headers: standard({ 'webhook-signature': decoded }) }), { code: 'WEBHOOK_SIGNATURE_MISMATCH' })
  const truly = hmac(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), bytes]), standardKey, 'base64')
  t.match(check({ body: bytes, headers: standard({ 'webhook-signature': `v1,${truly}` }) }), { valid: true })
})

t.test('the throwing variant throws the same code and answers the same result', async t => {
  t.same(verifyOrThrow({ body, headers: standard(), secret, now }), check({}))
  t.throws(() => verifyOrThrow({ body, headers: {}, secret, now }), { name: 'WebhookError', code: 'WEBHOOK_SIGNATURE_MISSING', statusCode: 401 })
})
