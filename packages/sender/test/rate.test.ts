import fc from 'fast-check'
import t from 'tap'
import { takeTokens } from '../src/rate.ts'

const NOW_MS = 1_000_000

t.test('a rested bucket gives a whole burst, then one request per step', async t => {
  const rate = { count: 5, perMs: 1_000 }
  const burst = takeTokens(rate, 0, NOW_MS, 9)
  t.same([burst.granted, burst.nextAtMs], [5, NOW_MS + 200])
  t.equal(takeTokens(rate, burst.fullAtMs, NOW_MS + 199, 9).granted, 0)
  t.equal(takeTokens(rate, burst.fullAtMs, NOW_MS + 200, 9).granted, 1)
  t.equal(takeTokens(rate, burst.fullAtMs, NOW_MS + 1_000, 9).granted, 5)
})

t.test('asking for nothing spends nothing', async t => {
  t.match(takeTokens({ count: 1, perMs: 10 }, 0, NOW_MS, 0), { granted: 0, fullAtMs: NOW_MS, nextAtMs: NOW_MS })
})

t.test('a clock that was set back does not give extra requests', async t => {
  const rate = { count: 1, perMs: 1_000 }
  const { fullAtMs } = takeTokens(rate, 0, NOW_MS, 1)
  t.equal(takeTokens(rate, fullAtMs, NOW_MS - 5_000, 1).granted, 0)
})

t.test('whatever is asked for and when, no window sees more than its burst and its share', async t => {
  const asks = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 700 }), wanted: fc.integer({ min: 0, max: 12 }) }), { minLength: 1, maxLength: 40 })
  const rates = fc.record({ count: fc.integer({ min: 1, max: 20 }), perMs: fc.integer({ min: 20, max: 5_000 }) })
  let worst = 0
  fc.assert(fc.property(rates, asks, (rate, list) => {
    let [nowMs, fullAtMs, granted] = [NOW_MS, 0, 0]
    for (const { afterMs, wanted } of list) {
      nowMs += afterMs
      const answer = takeTokens(rate, fullAtMs, nowMs, wanted)
      fullAtMs = answer.fullAtMs
      granted += answer.granted
      worst = Math.max(worst, granted - rate.count - (nowMs - NOW_MS) * rate.count / rate.perMs)
    }
  }))
  t.ok(worst < 0.001)
})

t.test('the moment named for the next request is right', async t => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 100_000 }), (count, perMs) => {
    const rate = { count, perMs }
    const { fullAtMs, nextAtMs } = takeTokens(rate, 0, NOW_MS, count)
    if (takeTokens(rate, fullAtMs, nextAtMs, 1).granted !== 1) throw new Error('too early')
    if (nextAtMs - 1 > NOW_MS && takeTokens(rate, fullAtMs, nextAtMs - 2, 1).granted !== 0) throw new Error('too late')
  }))
  t.pass('for every rate tried')
})
