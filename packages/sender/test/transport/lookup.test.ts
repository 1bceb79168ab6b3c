import t from 'tap'
import { createNameServerLookup, createSharedLookup, lookupBySystem } from '../../src/transport/lookup.ts'

t.test('a name with both kinds of address has both; one without any is not found', async t => {
  const resolver = { resolve4: async () => ['8.8.8.8'], resolve6: async () => ['2606:4700::1'] }
  t.same(await createSharedLookup(createNameServerLookup(resolver))('receiver.example'), [{ address: '8.8.8.8', family: 4 }, { address: '2606:4700::1', family: 6 }])
  const none = { resolve4: async () => [], resolve6: async () => [] }
  await t.rejects(createSharedLookup(createNameServerLookup(none))('receiver.example'), { code: 'ENOTFOUND' })
})

t.test('many that ask for one name at the same time are one question', async t => {
  let questions = 0
  const lookup = createSharedLookup((_hostname, _options, callback) => {
    questions++
    setImmediate(() => callback(null, []))
  })
  await Promise.all([lookup('a.example'), lookup('a.example'), lookup('b.example')])
  await lookup('a.example')
  t.equal(questions, 3)
})

t.test('after a failure the next one asks anew', async t => {
  let questions = 0
  const lookup = createSharedLookup((_hostname, _options, callback) => callback(questions++ === 0 ? new Error('no answer') : null, []))
  await t.rejects(lookup('a.example'), { message: 'no answer' })
  t.same(await lookup('a.example'), [])
})

t.test('the system knows what localhost is', async t => {
  const addresses = await createSharedLookup(lookupBySystem)('localhost')
  t.ok(addresses.every(({ address }) => ['127.0.0.1', '::1'].includes(address)))
})
