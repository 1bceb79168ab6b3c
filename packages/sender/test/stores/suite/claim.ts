import type { OpenStore, Suite } from '../delivery-store-suite.ts'
import { LEASE_MS, NOW_MS, claim, claimed, endpoint, message, settle } from './material.ts'

/** Taking what is due. */
export async function claimSuite (t: Suite, open: OpenStore): Promise<void> {
  t.test('a delivery is claimed once, with everything its attempt needs', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const { deliveries } = await claim(store)
    t.match(deliveries, [{
      endpointId: 'ep_one', eventId: 'a', action: 'fp.upload', origin: 'event', attempt: 1, run: 0, dueAtMs: NOW_MS, startedAtMs: NOW_MS, firstAttemptAtMs: NOW_MS
    }])
    t.equal((await claim(store)).deliveries.length, 0)
  })

  t.test('callers that claim at the same time never get the same delivery', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await Promise.all(Array.from({ length: 40 }, (_, index) => store.enqueue(message(`e${index}`))))
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(store)))
    const ids = claims.flatMap(({ deliveries }) => deliveries.map(({ id }) => id))
    t.equal(new Set(ids).size, ids.length)
    t.equal(ids.length, 40)
  })

  t.test('each attempt has an open row before the claim is answered', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const { id } = await claimed(store)
    const log = await store.delivery(id)
    t.equal(log?.state, 'inFlight')
    t.same(log?.attempts, [{ number: 1, run: 0, startedAtMs: NOW_MS }])
  })

  t.test('nothing is claimed a millisecond early', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a', { createdAtMs: NOW_MS + 1 }))
    const early = await claim(store)
    t.same([early.deliveries.length, early.nextFirstAttemptAtMs], [0, NOW_MS + 1])
    t.equal((await claim(store, { nowMs: NOW_MS + 1 })).deliveries.length, 1)
  })

  t.test('a claim says when asking again can bring something, by kind', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    await settle(store, await claimed(store), { state: 'pending', dueAtMs: NOW_MS + 5_000 })
    await store.enqueue(message('b', { createdAtMs: NOW_MS + 9_000 }))
    t.match(await claim(store), { deliveries: [], nextFirstAttemptAtMs: NOW_MS + 9_000, nextRetryAtMs: NOW_MS + 5_000 })
  })

  t.test('first attempts and retries are counted apart', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    for (const id of ['r1', 'r2', 'r3']) {
      await store.enqueue(message(id))
      await settle(store, await claimed(store), { state: 'pending', dueAtMs: NOW_MS })
    }
    for (const id of ['f1', 'f2', 'f3']) await store.enqueue(message(id))
    const { deliveries } = await claim(store, { firstAttempts: 2, retries: 1 })
    t.same(deliveries.map(({ attempt }) => attempt).sort(), [1, 1, 2])
  })

  t.test('the longest due goes first, to the second', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('later', { createdAtMs: NOW_MS - 1_000 }))
    await store.enqueue(message('sooner', { createdAtMs: NOW_MS - 5_000 }))
    t.equal((await claimed(store)).eventId, 'sooner')
  })

  t.test('an endpoint claims only its own', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint('ep_one'))
    await store.putEndpoint(endpoint('ep_two'))
    await store.enqueue(message('a', { endpointIds: ['ep_two'] }))
    t.equal((await claim(store, { endpointId: 'ep_one' })).deliveries.length, 0)
    t.equal((await claim(store, { endpointId: 'ep_two' })).deliveries.length, 1)
  })

  t.test('an endpoint that does not exist claims nothing', async t => {
    const { store } = await open(t)
    t.same((await claim(store, { endpointId: 'ep_none' })).deliveries, [])
  })

  t.test('in order: one at a time, and a waiting retry holds back those behind it', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint('ep_one', { isOrdered: true }))
    await store.enqueue(message('a'))
    await store.enqueue(message('b'))
    const first = await claimed(store, { isOrdered: true })
    t.equal(first.eventId, 'a')
    t.equal((await claim(store, { isOrdered: true })).deliveries.length, 0)
    await settle(store, first, { state: 'pending', dueAtMs: NOW_MS + 1_000 })
    const waiting = await claim(store, { isOrdered: true })
    t.same([waiting.deliveries.length, waiting.nextRetryAtMs], [0, NOW_MS + 1_000])
    const again = await claimed(store, { isOrdered: true, nowMs: NOW_MS + 1_000 })
    t.same([again.eventId, again.attempt], ['a', 2])
    await settle(store, again, { state: 'exhausted' })
    t.equal((await claimed(store, { isOrdered: true, nowMs: NOW_MS + 2_000 })).eventId, 'b')
  })

  t.test('a rate is kept, says when it allows more, and outlives the process', async t => {
    const { store, reopen } = await open(t)
    const rate = { count: 2, perMs: 1_000 }
    await store.putEndpoint(endpoint('ep_one', { rateLimit: rate }))
    for (const id of ['a', 'b', 'c', 'd']) await store.enqueue(message(id))
    const burst = await claim(store, { rate })
    t.same([burst.deliveries.length, burst.nextFirstAttemptAtMs], [2, NOW_MS + 500])
    const reopened = await reopen()
    t.equal((await claim(reopened, { rate, nowMs: NOW_MS + 499 })).deliveries.length, 0)
    t.equal((await claim(reopened, { rate, nowMs: NOW_MS + 500 })).deliveries.length, 1)
  })

  t.test('a lease that is held is not taken over', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.takeInterrupted({ nowMs: NOW_MS, untilMs: NOW_MS + LEASE_MS }, 10)
    await store.enqueue(message('a'))
    await claimed(store)
    t.same(await store.takeInterrupted({ nowMs: NOW_MS + LEASE_MS - 1, untilMs: NOW_MS + 2 * LEASE_MS }, 10), [])
  })
}
