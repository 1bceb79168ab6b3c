import t from 'tap'
import { createSealer } from '../../src/auth/sealer.ts'
import { createTokenCipher } from '../../src/auth/token-cipher.ts'

const OLD = 'the secret of last year, 32 characters'
const NEW = 'the secret of this year, 32 characters'

t.test('what is sealed opens again, and the same text is never sealed in the same way', async t => {
  const sealer = createSealer([NEW], 'test')
  const [one, two] = [sealer.seal('IGAA secret'), sealer.seal('IGAA secret')]
  t.not(one, two)
  t.notMatch(one, 'IGAA')
  t.same(sealer.open(one), { text: 'IGAA secret', isCurrent: true })
})

t.test('a sealed text that was changed in any place does not open', async t => {
  const sealer = createSealer([NEW], 'test')
  const sealed = sealer.seal('text')
  for (let place = 0; place < sealed.length - 1; place++) {
    const changed = sealed.slice(0, place) + (sealed[place] === 'A' ? 'B' : 'A') + sealed.slice(place + 1)
    t.equal(sealer.open(changed), undefined, `character ${place}`)
  }
})

for (const [name, text] of [['empty', ''], ['too short', 'abc'], ['no base64', '*'.repeat(100)]] as const) {
  t.test(`a text that is ${name} does not open`, async t => {
    t.equal(createSealer([NEW], 'test').open(text), undefined)
  })
}

t.test('a text sealed for one purpose does not open for another', async t => {
  t.equal(createSealer([NEW], 'ticket').open(createSealer([NEW], 'token').seal('text')), undefined)
})

t.test('after a rotation old texts open and say that they are old; without the old secret they do not', async t => {
  const sealed = createSealer([OLD], 'test').seal('text')
  t.same(createSealer([NEW, OLD], 'test').open(sealed), { text: 'text', isCurrent: false })
  t.equal(createSealer([NEW], 'test').open(sealed), undefined)
})

t.test('a token moved to the row of another account, or of another app, does not open', async t => {
  const cipher = createTokenCipher([NEW])
  const sealed = cipher.seal('IGAA', { appKey: 'a', accountId: '1' })
  t.equal(cipher.open(sealed, { appKey: 'a', accountId: '1' })?.text, 'IGAA')
  t.equal(cipher.open(sealed, { appKey: 'a', accountId: '2' }), undefined)
  t.equal(cipher.open(sealed, { appKey: 'b', accountId: '1' }), undefined)
})

t.test('sealing without any secret is a mistake of ours', async t => {
  t.throws(() => createSealer([], 'test'), TypeError)
})
