import type { OpenStore, Suite } from '../delivery-store-suite.ts'
import { LEASE_MS, NOW_MS, claim, claimed, endpoint, message, settle } from './material.ts'

/** Ending attempts, and taking over those that were cut off. */
export async function settleSuite (t: Suite, open: OpenStore): Promise<void> {
  t.test('a delivered delivery is finished', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const delivery = await claimed(store)
    t.equal(await settle(store, delivery, { state: 'delivered' }), true)
    t.match(await store.delivery(delivery.id), { state: 'delivered', attemptsMade: 1, dueAtMs: undefined })
    t.match(await claim(store, { nowMs: NOW_MS + 1e9 }), { deliveries: [] })
  })

  t.test('everything about a closed attempt is kept', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const { id, fence, attempt, run } = await claimed(store)
    const closed = {
      endedAtMs: NOW_MS + 40,
      outcome: 'failed' as const,
      status: 302,
      error: 'redirect',
      location: 'http://169.254.169.254/',
      remoteAddress: '203.0.113.7',
      timings: { lookupMs: 1.5, connectMs: 2, tlsMs: 3, waitMs: 4, readMs: 5, totalMs: 15.5 },
      responseBody: Buffer.from([0xff, 0x00, 0x41])
    }
    await store.settle({ deliveryId: id, fence, attempt, run, closed, next: { state: 'exhausted' } })
    const [logged] = (await store.delivery(id))?.attempts ?? []
    t.same({ ...logged, responseBody: [...logged?.responseBody ?? []] }, { number: 1, run: 0, startedAtMs: NOW_MS, ...closed, responseBody: [0xff, 0x00, 0x41] })
  })

  t.test('the next attempt has the next number and remembers the first one\'s time', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    await settle(store, await claimed(store), { state: 'pending', dueAtMs: NOW_MS + 300_000 })
    const second = await claimed(store, { nowMs: NOW_MS + 300_000 })
    t.match(second, { attempt: 2, run: 0, firstAttemptAtMs: NOW_MS, dueAtMs: NOW_MS + 300_000, startedAtMs: NOW_MS + 300_000 })
  })

  t.test('a settlement cannot be made twice', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const delivery = await claimed(store)
    await settle(store, delivery, { state: 'delivered' })
    t.equal(await settle(store, delivery, { state: 'exhausted' }), false)
    t.equal((await store.delivery(delivery.id))?.state, 'delivered')
  })

  t.test('after a crash the open attempt is handed out again, fenced against its first owner', async t => {
    const { store, reopen } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const lost = await claimed(store)
    const later = NOW_MS + LEASE_MS + 1
    const reopened = await reopen()
    const [taken, ...others] = await reopened.takeInterrupted({ nowMs: later, untilMs: later + LEASE_MS }, 10)
    t.same(others, [])
    t.match(taken, { id: lost.id, eventId: 'a', attempt: 1, run: 0, startedAtMs: NOW_MS, firstAttemptAtMs: NOW_MS })
    t.ok((taken?.fence ?? 0) > lost.fence)
    t.equal(await settle(reopened, lost, { state: 'delivered' }), false)
    t.equal((await reopened.delivery(lost.id))?.state, 'inFlight')
  })

  t.test('a repeat has the same number and the next run, and its own row', async t => {
    const { store, reopen } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    await claimed(store)
    const later = NOW_MS + LEASE_MS + 1
    const reopened = await reopen()
    const [taken] = await reopened.takeInterrupted({ nowMs: later, untilMs: later + LEASE_MS }, 10)
    if (!taken) return t.fail('the interrupted attempt was not handed out')
    await settle(reopened, { ...taken, body: Buffer.alloc(0) }, { state: 'pending', dueAtMs: later, isRepeat: true })
    const again = await claimed(reopened, { nowMs: later, retries: 0 })
    t.match(again, { attempt: 1, run: 1, firstAttemptAtMs: NOW_MS })
    const log = await reopened.delivery(taken.id)
    t.same(log?.attempts.map(({ number, run, startedAtMs }) => [number, run, startedAtMs]), [[1, 0, NOW_MS], [1, 1, later]])
    t.equal(log?.attemptsMade, 0)
  })

  t.test('a taken-over delivery is held like any other', async t => {
    const { store, reopen } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    await claimed(store)
    const later = NOW_MS + LEASE_MS + 1
    const reopened = await reopen()
    await reopened.takeInterrupted({ nowMs: later, untilMs: later + LEASE_MS }, 10)
    t.same(await reopened.takeInterrupted({ nowMs: later + 1, untilMs: later + LEASE_MS }, 10), [])
    t.equal((await claim(reopened, { nowMs: later })).deliveries.length, 0)
  })
}
