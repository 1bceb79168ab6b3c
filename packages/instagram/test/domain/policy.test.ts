import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { faultOfCall, readPolicy, type Policy, type PolicyCall } from '../../src/domain/policy.ts'

const SECRET = 'Z3IYZSH2UJA7VN3QYFVSVCF7PI'
const NOW = 1_700_000_000_000
const HANDLE = 'KW9EJhYtS6y48Whm2S6D'

interface Vector { name: string, secret: string, policy: string, signature: string }
const vectors = JSON.parse(readFileSync(new URL('./policies.json', import.meta.url), 'utf8')) as { policies: Vector[] }

function vector (name: string): Vector {
  const found = vectors.policies.find(policy => policy.name === name)
  if (found === undefined) throw new Error(`no vector ${name}`)
  return found
}

function signed (fields: unknown, { alphabet = 'base64', secret = SECRET }: { alphabet?: 'base64' | 'base64url', secret?: string } = {}) {
  const plain = Buffer.from(typeof fields === 'string' ? fields : JSON.stringify(fields)).toString('base64')
  const policy = alphabet === 'base64' ? plain : plain.replaceAll('+', '-').replaceAll('/', '_')
  return { policy, signature: createHmac('sha256', secret).update(policy).digest('hex') }
}

const inAnHour = NOW / 1000 + 3600

function valid (fields: Record<string, unknown> = {}): Policy {
  const policy = readPolicy(signed({ expiry: inAnHour, ...fields }), SECRET, NOW)
  if ('code' in policy) throw new Error(policy.message)
  return policy
}

function codeOf (fields: unknown): string | undefined {
  const policy = readPolicy(signed(fields), SECRET, NOW)
  return 'code' in policy ? policy.code : undefined
}

t.test("filestack-js's own policy is accepted until it expires", async t => {
  const { policy, signature, secret } = vector('P1')
  t.match(readPolicy({ policy, signature }, secret, 1_523_595_599_999), { handle: 'TEST_HANDLE', expirySeconds: 1_523_595_600 })
  t.match(readPolicy({ policy, signature }, secret, 1_523_595_600_000), { code: 'POLICY_EXPIRED' })
})

t.test("filepicker-go's policy is accepted with its padding, and when the padding was lost on the way", async t => {
  const { policy, signature, secret } = vector('P2')
  t.match(readPolicy({ policy, signature }, secret, 0), { handle: HANDLE, calls: undefined })
  t.match(readPolicy({ policy: policy.replaceAll('=', ''), signature }, secret, 0), { handle: HANDLE })
})

t.test("filestack-python's policy without an expiry is signed right and invalid all the same", async t => {
  const { policy, signature, secret } = vector('P13')
  t.match(readPolicy({ policy, signature }, secret, 0), { code: 'POLICY_INVALID' })
})

t.test('both Base64 alphabets are read, and a plus sign that arrived as a space', async t => {
  const text = JSON.stringify({ expiry: inAnHour, note: 'ÿ~~?>>>???' })
  for (const alphabet of ['base64', 'base64url'] as const) {
    t.notMatch(readPolicy(signed(text, { alphabet }), SECRET, NOW), { code: /./ })
  }
  const { policy, signature } = signed(text)
  t.match(policy, /\+/)
  t.notMatch(readPolicy({ policy: policy.replaceAll('+', ' '), signature }, SECRET, NOW), { code: /./ })
})

t.test('a signature by another secret, over other text, cut short, in capitals of nothing or empty is refused', async t => {
  const { policy, signature } = signed({ expiry: inAnHour })
  for (const wrong of [signed({ expiry: inAnHour }, { secret: 'other' }).signature, signature.slice(2), `${signature}00`, '', 'zz'.repeat(32)]) {
    t.match(readPolicy({ policy, signature: wrong }, SECRET, NOW), { code: 'SIGNATURE_INVALID' })
  }
  t.match(readPolicy({ policy: signed({ expiry: inAnHour + 1 }).policy, signature }, SECRET, NOW), { code: 'SIGNATURE_INVALID' })
})

t.test('what is not a JSON object, or too long, is no policy', async t => {
  for (const text of ['[]', 'null', '"text"', '{', '']) t.equal(codeOf(text), 'POLICY_INVALID', text)
  t.equal(codeOf({ expiry: inAnHour, path: 'x'.repeat(9000) }), 'POLICY_INVALID')
})

t.test('a call that is not listed is refused; the list may be a string', async t => {
  t.equal(faultOfCall(valid({ call: ['read'] }), 'read', undefined), undefined)
  t.match(faultOfCall(valid({ call: ['read'] }), 'remove', undefined), { code: 'POLICY_DENIES' })
  t.equal(faultOfCall(valid({ call: 'remove' }), 'remove', undefined), undefined)
  t.match(faultOfCall(valid({ call: 'remove' }), 'read', undefined), { code: 'POLICY_DENIES' })
  t.match(faultOfCall(valid({ call: [] }), 'read', undefined), { code: 'POLICY_DENIES' })
  t.match(faultOfCall(valid({ calls: ['read'] }), 'write', undefined), { code: 'POLICY_DENIES' }, "the Java library's spelling limits too")
})

t.test('a policy without call permits everything but exif', async t => {
  const all: PolicyCall[] = ['pick', 'read', 'stat', 'write', 'writeUrl', 'store', 'convert', 'remove']
  for (const call of all) t.equal(faultOfCall(valid(), call, undefined), undefined, call)
  t.match(faultOfCall(valid(), 'exif', undefined), { code: 'POLICY_DENIES' })
  t.equal(faultOfCall(valid({ call: ['exif'] }), 'exif', undefined), undefined)
})

t.test('a policy for another handle is refused, and does not hinder calls that act on none', async t => {
  const policy = valid({ handle: HANDLE })
  t.equal(faultOfCall(policy, 'read', HANDLE), undefined)
  t.match(faultOfCall(policy, 'read', 'AAAAAAAAAAAAAAAAAAAA'), { code: 'POLICY_DENIES' })
  t.equal(faultOfCall(policy, 'store', undefined), undefined)
})

t.test('sizes are read in both spellings', async t => {
  t.match(valid({ maxSize: 10, minSize: 1 }), { maxBytes: 10, minBytes: 1 })
  t.match(valid({ maxsize: 10, minsize: '1' }), { maxBytes: 10, minBytes: 1 })
})

t.test('fields of the wrong kind make the policy invalid', async t => {
  for (const wrong of [{ call: 7 }, { call: [7] }, { handle: 7 }, { maxSize: 'big' }, { minSize: {} }, { path: 7 }, { container: '(' }, { url: '(?<=a)b' }]) {
    t.equal(codeOf({ expiry: inAnHour, ...wrong }), 'POLICY_INVALID', JSON.stringify(wrong))
  }
  for (const expiry of [undefined, null, 'soon', true]) t.equal(codeOf({ expiry }), 'POLICY_INVALID', String(expiry))
})

t.test('attack: a pattern that backtracks for ever in other engines is answered at once', async t => {
  const { path } = valid({ path: '(a+)+$' })
  t.equal(path?.matches(`${'a'.repeat(50_000)}!`), false)
})

t.test('attack: a pattern that grows without bounds when it is compiled is refused', async t => {
  t.equal(codeOf({ expiry: inAnHour, path: '((((a{100}){100}){100}){100}){100}' }), 'POLICY_INVALID')
})
