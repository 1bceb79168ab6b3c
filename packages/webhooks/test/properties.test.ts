import fc from 'fast-check'
import t from 'tap'
import { classify, createKeyring, signHeaders, verify } from '../src/index.ts'
import { parseBody } from '../src/classify.ts'

t.setTimeout(120_000)

const DIGITS = [...'0123456789'].map(digit => digit.charCodeAt(0))
const bodies = fc.uint8Array({ minLength: 1, maxLength: 300 }).filter(([first = 0]) => !DIGITS.includes(first))
const ids = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-~!:/'), minLength: 1, maxLength: 256 })
const timestamps = fc.integer({ min: 1, max: 2 ** 40 })
const secrets = fc.oneof(
  fc.uint8Array({ minLength: 16, maxLength: 64 }),
  fc.uint8Array({ minLength: 16, maxLength: 64 }).map(bytes => `whsec_${Buffer.from(bytes).toString('base64')}`),
  fc.uint8Array({ minLength: 16, maxLength: 64 }).map(bytes => ({ secret: Buffer.from(bytes).toString('hex'), format: 'hex' as const })),
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes => `whsk_${Buffer.from(bytes).toString('base64')}`)
)
const messages = fc.record({ body: bodies, id: ids, timestamp: timestamps, secret: secrets })

t.test('whatever is signed is verified, in every family that was signed', async t => {
  fc.assert(fc.property(messages, message => {
    const headers = signHeaders(message)
    const families = 'FS-Signature' in headers ? ['standard', 'filestack'] as const : ['standard'] as const
    return families.every(scheme => verify({ ...message, headers, schemes: [scheme], now: () => message.timestamp * 1000 }).valid)
  }))
  t.pass()
})

t.test('one bit changed in the body is one too many', async t => {
  fc.assert(fc.property(messages, fc.nat(), fc.nat(7), (message, place, bit) => {
    const body = Uint8Array.from(message.body)
    const at = place % body.length
    body[at] = (body[at] ?? 0) ^ (1 << bit)
    return !verify({ ...message, body, headers: signHeaders(message), now: () => message.timestamp * 1000 }).valid
  }))
  t.pass()
})

t.test('no other secret verifies', async t => {
  fc.assert(fc.property(messages, secrets, (message, other) => {
    fc.pre(JSON.stringify(other) !== JSON.stringify(message.secret))
    return !verify({ ...message, secret: other, headers: signHeaders(message), now: () => message.timestamp * 1000 }).valid
  }))
  t.pass()
})

t.test('of several secrets the one that signed is found, wherever it stands', async t => {
  fc.assert(fc.property(messages, fc.uniqueArray(secrets, { minLength: 1, maxLength: 4, selector: secret => JSON.stringify(secret) }), fc.nat(4), (message, others, place) => {
    fc.pre(others.every(other => JSON.stringify(other) !== JSON.stringify(message.secret)))
    const keyIndex = place % (others.length + 1)
    const verification = verify({
      ...message, secrets: createKeyring(others.toSpliced(keyIndex, 0, message.secret)), headers: signHeaders(message), now: () => message.timestamp * 1000
    })
    return verification.valid && verification.keyIndex === keyIndex
  }))
  t.pass()
})

t.test('any headers whatever are judged and never thrown at', async t => {
  const names = fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'FS-Timestamp', 'fs-signature', 'get', 'x')
  const headers = fc.dictionary(names, fc.oneof(fc.string({ unit: 'binary' }), fc.constant(undefined), fc.array(fc.string(), { maxLength: 3 })))
  fc.assert(fc.property(headers, bodies, (given, body) => !verify({ headers: given, body, secret: 'x'.repeat(16) }).valid))
  t.pass()
})

t.test('any JSON whatever is sorted into one of three kinds', async t => {
  const action = fc.constantFrom('fp.upload', 'fp.converse', 'fp.delete', 'fs.workflow', 'fp.scan', 5, null)
  const events = fc.oneof(fc.jsonValue(), fc.record({ action, id: fc.jsonValue(), timestamp: fc.jsonValue(), text: fc.jsonValue() }, { requiredKeys: [] }))
  fc.assert(fc.property(events, event => ['known', 'malformed', 'unknown'].includes(classify(event).kind)))
  t.pass()
})

t.test('any JSON whatever survives its way through bytes', async t => {
  fc.assert(fc.property(fc.json(), text => {
    fc.pre(!text.includes('__proto__'))
    t.strictSame(parseBody(Buffer.from(text)), JSON.parse(text))
  }))
})
