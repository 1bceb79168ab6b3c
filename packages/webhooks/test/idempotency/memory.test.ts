import t from 'tap'
import { memoryIdempotency } from '../../src/index.ts'
import { idempotencySuite } from './suite.ts'

const times = { nowMs: 1000, leaseMs: 60_000, retainMs: 3_600_000 }

t.test('memory', t => idempotencySuite(t, () => memoryIdempotency()))

t.test('beyond its bound the store forgets the event that was finished longest ago', async t => {
  const store = memoryIdempotency({ maxEntries: 2 })
  for (const key of ['a', 'b', 'c']) {
    const claim = await store.claim({ key, ...times })
    if (claim.state === 'claimed') await claim.commit(1000)
  }
  t.match(await store.claim({ key: 'c', ...times }), { state: 'done' })
  t.match(await store.claim({ key: 'b', ...times }), { state: 'done' })
  t.match(await store.claim({ key: 'a', ...times }), { state: 'claimed' })
})

t.test('a store full of running claims refuses another one and never drops a running one', async t => {
  const store = memoryIdempotency({ maxEntries: 2 })
  await store.claim({ key: 'a', ...times })
  await store.claim({ key: 'b', ...times })
  await t.rejects(async () => store.claim({ key: 'c', ...times }), { code: 'WEBHOOK_STORE_UNAVAILABLE' })
  t.match(await store.claim({ key: 'a', ...times }), { state: 'busy' })
  t.match(await store.claim({ key: 'c', ...times, nowMs: 61_000 }), { state: 'claimed' }, 'claims that ran out make room')
})

t.test('ten thousand failing events leave no more than the bound', async t => {
  const store = memoryIdempotency({ maxEntries: 10 })
  for (let n = 0; n < 10_000; n += 1) {
    const claim = await store.claim({ key: `k${n}`, ...times })
    if (claim.state === 'claimed') await claim.release()
  }
  t.match(await store.claim({ key: 'k9999', ...times }), { attempt: 2 }, 'the last ones are remembered')
  t.match(await store.claim({ key: 'k1', ...times }), { attempt: 1 }, 'the first ones are not')
})

t.test('how often a failing event was tried is remembered while others come and go', async t => {
  const store = memoryIdempotency()
  const failing = await store.claim({ key: 'a', ...times })
  if (failing.state === 'claimed') await failing.release()
  for (let n = 0; n < 1000; n += 1) {
    const claim = await store.claim({ key: `k${n}`, ...times })
    if (claim.state === 'claimed') await claim.commit(1000)
  }
  t.match(await store.claim({ key: 'a', ...times }), { attempt: 2 })
})

t.test('a handler that runs for long keeps its claim while others come, go and are forgotten', async t => {
  const store = memoryIdempotency({ maxEntries: 3 })
  const long = await store.claim({ key: 'long', ...times })
  for (const key of ['a', 'b', 'c', 'd']) {
    const claim = await store.claim({ key, ...times })
    if (claim.state === 'claimed') await claim.commit(1000)
  }
  t.match(await store.claim({ key: 'long', ...times }), { state: 'busy' })
  t.match(await store.claim({ key: 'b', ...times }), { state: 'claimed' }, 'what was done made room')
  t.ok(long.state === 'claimed' && await long.commit(2000))
  t.match(await store.claim({ key: 'long', ...times }), { state: 'done' })
})

t.test('a handler that outlives its claim still finishes, as long as nobody needs the room', async t => {
  const store = memoryIdempotency()
  const late = await store.claim({ key: 'late', ...times })
  for (let n = 0; n < 10; n += 1) await store.claim({ key: `k${n}`, ...times, nowMs: 62_000 })
  t.ok(late.state === 'claimed' && await late.commit(63_000))
  t.match(await store.claim({ key: 'late', ...times, nowMs: 64_000 }), { state: 'done' })
})

t.test('whoever holds a claim that was forgotten for want of room cannot commit it', async t => {
  const store = memoryIdempotency({ maxEntries: 1 })
  const lost = await store.claim({ key: 'a', ...times })
  await store.claim({ key: 'b', ...times, nowMs: 62_000 })
  t.ok(lost.state === 'claimed' && !await lost.commit(63_000))
})
