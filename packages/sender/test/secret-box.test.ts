import t from 'tap'
import { createSecretBox, generateSecret } from '../src/secret-box.ts'

const OLD = 'the host\'s key of last year'
const NEW = 'the host\'s key of this year'
const URL = 'https://receiver.example/hook'

t.test('a secret comes back', async t => {
  const box = createSecretBox([NEW])
  t.same(box.open(box.seal('whsec_abc', URL), URL), { secret: 'whsec_abc', isCurrent: true })
})

t.test('what is stored does not hold the secret, and is different each time', async t => {
  const box = createSecretBox([NEW])
  const [first, second] = [box.seal('whsec_abc', URL), box.seal('whsec_abc', URL)]
  t.not(first, second)
  t.notOk(Buffer.from(first, 'base64').includes('whsec_abc'))
})

t.test('an older key of the host still opens, and is reported', async t => {
  const sealed = createSecretBox([OLD]).seal('whsec_abc', URL)
  t.same(createSecretBox([NEW, OLD]).open(sealed, URL), { secret: 'whsec_abc', isCurrent: false })
})

t.test('a key that is not listed does not open', async t => {
  const sealed = createSecretBox([OLD]).seal('whsec_abc', URL)
  t.throws(() => createSecretBox([NEW]).open(sealed, URL), { code: 'SENDER_SECRET_UNREADABLE' })
})

t.test('a secret moved to another endpoint does not open', async t => {
  const box = createSecretBox([NEW])
  t.throws(() => box.open(box.seal('whsec_abc', URL), 'https://other.example/'), { code: 'SENDER_SECRET_UNREADABLE' })
})

t.test('a changed or cut-off text does not open', async t => {
  const box = createSecretBox([NEW])
  const bytes = Buffer.from(box.seal('whsec_abc', URL), 'base64')
  bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30)
  t.throws(() => box.open(bytes.toString('base64'), URL), { code: 'SENDER_SECRET_UNREADABLE' })
  t.throws(() => box.open('AAAA', URL), { code: 'SENDER_SECRET_UNREADABLE' })
})

t.test('no key, no box', async t => {
  t.throws(() => createSecretBox([]), { code: 'SENDER_SECRETS_REQUIRED' })
})

t.test('a generated secret is whsec_ and 32 random bytes', async t => {
  const [first, second] = [generateSecret(), generateSecret()]
  t.match(first, /^whsec_[A-Za-z0-9+/]{43}=$/)
  t.not(first, second)
})
