import type { Test } from 'tap'
import type { Claim, ClaimResult, IdempotencyStore, KeptClaim } from '../../src/index.ts'

const START = Date.UTC(2026, 0, 1)
const LEASE_MS = 60_000
const RETAIN_MS = 3_600_000

const times = (nowMs: number) => ({ nowMs, leaseMs: LEASE_MS, retainMs: RETAIN_MS })

function claimed<Transaction> (result: ClaimResult<Transaction> | KeptClaim<Transaction> | undefined): Claim<Transaction> {
  if (result?.state !== 'claimed') throw new Error(`expected a claim, got ${JSON.stringify(result)}`)
  return result
}

/** What every store must do. `open` gives a store of its own to each test. */
export async function idempotencySuite<Transaction> (t: Test, open: (t: Test) => IdempotencyStore<Transaction>): Promise<void> {
  t.test('the first claim of a key is granted', async t => {
    const claim = claimed(await open(t).claim({ key: 'a', ...times(START) }))
    t.match(claim, { key: 'a', attempt: 1 })
    t.equal(await claim.commit(START), true)
  })

  t.test('a second claim is refused while the first one runs, and says how long', async t => {
    const store = open(t)
    const first = claimed(await store.claim({ key: 'a', ...times(START) }))
    t.same(await store.claim({ key: 'a', ...times(START + 1000) }), { state: 'busy', retryAfterMs: LEASE_MS - 1000 })
    await first.release()
  })

  t.test('a committed key is done for the whole retention and free after it', async t => {
    const store = open(t)
    await claimed(await store.claim({ key: 'a', ...times(START) })).commit(START)
    t.same(await store.claim({ key: 'a', ...times(START + RETAIN_MS - 1) }), { state: 'done' })
    const again = claimed(await store.claim({ key: 'a', ...times(START + RETAIN_MS) }))
    t.equal(again.attempt, 1)
    await again.release()
  })

  t.test('a released key may be claimed at once, as the second attempt', async t => {
    const store = open(t)
    await claimed(await store.claim({ key: 'a', ...times(START) })).release()
    const second = claimed(await store.claim({ key: 'a', ...times(START) }))
    t.equal(second.attempt, 2)
    await second.release()
  })

  t.test('a claim runs out, and whoever held it commits in vain', async t => {
    const store = open(t)
    const first = claimed(await store.claim({ key: 'a', ...times(START) }))
    const second = claimed(await store.claim({ key: 'a', ...times(START + LEASE_MS) }))
    t.equal(second.attempt, 2)
    t.equal(await first.commit(START + LEASE_MS), false)
    t.match(await store.claim({ key: 'a', ...times(START + LEASE_MS) }), { state: 'busy' })
    t.equal(await second.commit(START + LEASE_MS), true)
  })

  t.test('a late commit counts as long as nobody else took the claim', async t => {
    const store = open(t)
    const claim = claimed(await store.claim({ key: 'a', ...times(START) }))
    t.equal(await claim.commit(START + 2 * LEASE_MS), true)
    t.same(await store.claim({ key: 'a', ...times(START + 2 * LEASE_MS) }), { state: 'done' })
  })

  t.test('a late release does not free the claim of another', async t => {
    const store = open(t)
    const first = claimed(await store.claim({ key: 'a', ...times(START) }))
    const second = claimed(await store.claim({ key: 'a', ...times(START + LEASE_MS) }))
    await first.release()
    t.match(await store.claim({ key: 'a', ...times(START + LEASE_MS) }), { state: 'busy' })
    await second.release()
  })

  t.test('of fifty claims made at once one is granted', async t => {
    const store = open(t)
    const results = await Promise.all(Array.from({ length: 50 }, () => store.claim({ key: 'a', ...times(START) })))
    const granted = results.filter(result => result.state === 'claimed')
    t.equal(granted.length, 1)
    await claimed(granted[0]).release()
  })

  t.test('keys do not hinder each other', async t => {
    const store = open(t)
    const first = claimed(await store.claim({ key: 'a', ...times(START) }))
    const second = claimed(await store.claim({ key: 'a:', ...times(START) }))
    t.equal(await first.commit(START), true)
    t.equal(await second.commit(START), true)
  })

  t.test('a durable store keeps messages and a forgetful one does not claim to', async t => {
    const store = open(t)
    t.equal(store.durable, store.takeDue !== undefined)
  })
}

/** What a store that keeps messages must do besides. */
export async function keepingSuite<Transaction> (t: Test, open: (t: Test) => IdempotencyStore<Transaction>): Promise<void> {
  t.test('a kept event is answered as kept until it is done', async t => {
    const store = open(t)
    const claim = claimed(await store.claim({ key: 'a', message: '{"n":1}', ...times(START) }))
    t.same(await store.claim({ key: 'a', message: '{"n":1}', ...times(START) }), { state: 'kept' })
    await claim.commit(START)
    t.same(await store.claim({ key: 'a', message: '{"n":1}', ...times(START) }), { state: 'done' })
  })

  t.test('a kept event whose holder died falls due when the lease runs out', async t => {
    const store = open(t)
    const lost = claimed(await store.claim({ key: 'a', message: '{"n":1}', ...times(START) }))
    t.equal(await store.takeDue?.(times(START + LEASE_MS - 1)), undefined)
    const due = await store.takeDue?.(times(START + LEASE_MS))
    t.match(due, { key: 'a', attempt: 2, message: '{"n":1}' })
    t.equal(await lost.commit(START + LEASE_MS), false)
    t.equal(await claimed(due).commit(START + LEASE_MS), true)
    t.equal(await store.takeDue?.(times(START + 10 * LEASE_MS)), undefined)
  })

  t.test('a kept event that failed falls due when it is told to', async t => {
    const store = open(t)
    await claimed(await store.claim({ key: 'a', message: '{}', ...times(START) })).release(START + 5000)
    t.equal(await store.takeDue?.(times(START + 4999)), undefined)
    const due = await store.takeDue?.(times(START + 5000))
    t.match(due, { key: 'a', attempt: 2 })
    await claimed(due).commit(START)
  })

  t.test('a kept event that is given up stays, is never due and never claimed', async t => {
    const store = open(t)
    await claimed(await store.claim({ key: 'a', message: '{}', ...times(START) })).release()
    t.equal(await store.takeDue?.(times(START + RETAIN_MS)), undefined)
    t.same(await store.claim({ key: 'a', message: '{}', ...times(START + RETAIN_MS) }), { state: 'kept' })
  })

  t.test('events fall due one at a time, the longest waiting first', async t => {
    const store = open(t)
    await claimed(await store.claim({ key: 'late', message: '{}', ...times(START) })).release(START + 2000)
    await claimed(await store.claim({ key: 'early', message: '{}', ...times(START) })).release(START + 1000)
    const first = await store.takeDue?.(times(START + 3000))
    const second = await store.takeDue?.(times(START + 3000))
    t.same([first?.key, second?.key, await store.takeDue?.(times(START + 3000))], ['early', 'late', undefined])
    await claimed(first).commit(START)
    await claimed(second).commit(START)
  })
}
