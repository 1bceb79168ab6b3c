import t from 'tap'
import { isInRange, parseAddress, parseRange } from '../../src/transport/ip.ts'

t.test('an IPv6 address may be shortened anywhere', async t => {
  t.same(parseAddress('1:2::7:8'), [0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 8])
  t.same(parseAddress('::'), new Array(16).fill(0))
  t.same(parseAddress('ffff::'), [255, 255, ...new Array(14).fill(0)])
  t.same(parseAddress('::ffff:1.2.3.4'), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 1, 2, 3, 4])
  t.same(parseAddress('1:2:3:4:5:6:7:8'), [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8])
})

t.test('a range that is none is refused', async t => {
  for (const text of ['', 'localhost', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129', '10.0.0/8']) t.equal(parseRange(text), undefined, text)
})

t.test('a range ends where its bits say', async t => {
  const range = parseRange('10.32.0.0/11')
  if (!range) return t.fail('not parsed')
  const holds = (text: string) => isInRange(parseAddress(text) ?? [], range)
  t.same(['10.31.255.255', '10.32.0.0', '10.63.255.255', '10.64.0.0'].map(holds), [false, true, true, false])
  t.equal(holds('::ffff:10.32.0.1'), false, 'the other family is another range')
})

t.test('a single address is a range of one', async t => {
  const range = parseRange('fd00::1')
  if (!range) return t.fail('not parsed')
  t.same(['fd00::1', 'fd00::2'].map(text => isInRange(parseAddress(text) ?? [], range)), [true, false])
})

t.test('a range of no bits holds everything of its family', async t => {
  const range = parseRange('0.0.0.0/0')
  if (!range) return t.fail('not parsed')
  t.equal(isInRange([203, 0, 113, 1], range), true)
})
