import type { OpenStore, Suite } from '../delivery-store-suite.ts'
import { NOW_MS, claimed, endpoint, exhaust, message, settle } from './material.ts'

/** Reading what happened. */
export async function logSuite (t: Suite, open: OpenStore): Promise<void> {
  t.test('deliveries come newest first, page by page', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    for (const id of ['a', 'b', 'c']) await store.enqueue(message(id))
    const page = await store.deliveries({ limit: 2 })
    t.same(page.map(({ eventId }) => eventId), ['c', 'b'])
    t.same((await store.deliveries({ limit: 2, after: page[1]?.id })).map(({ eventId }) => eventId), ['a'])
  })

  t.test('deliveries are found by state, endpoint, event and age, alone and together', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint('ep_one'))
    await store.putEndpoint(endpoint('ep_two'))
    await exhaust(store, 'failed')
    await store.enqueue(message('waiting', { endpointIds: ['ep_one', 'ep_two'], createdAtMs: NOW_MS + 5 }))
    const found = async (filter: object) => (await store.deliveries({ limit: 10, ...filter })).map(({ eventId, endpointId }) => `${eventId}>${endpointId}`).sort()
    t.same(await found({ state: 'exhausted' }), ['failed>ep_one'])
    t.same(await found({ endpointId: 'ep_two' }), ['waiting>ep_two'])
    t.same(await found({ eventId: 'waiting' }), ['waiting>ep_one', 'waiting>ep_two'])
    t.same(await found({ sinceMs: NOW_MS + 1 }), ['waiting>ep_one', 'waiting>ep_two'])
    t.same(await found({ state: 'pending', endpointId: 'ep_one', eventId: 'waiting' }), ['waiting>ep_one'])
    t.same(await found({ eventId: 'unknown' }), [])
  })

  t.test('a check commits, and changes nothing that is listed or counted', async t => {
    const { store, reopen } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const before = await store.deliveries({ limit: 10 })
    await Promise.all([store.check(), store.check()])
    const later = await reopen()
    t.same(await later.deliveries({ limit: 10 }), before)
    t.match(await later.counts(), { pending: 1 })
  })

  t.test('an unknown delivery is undefined', async t => {
    const { store } = await open(t)
    t.equal(await store.delivery('999999'), undefined)
  })

  t.test('an id that cannot be one is simply not found', async t => {
    const { store } = await open(t)
    t.equal(await store.delivery('not-an-id'), undefined)
  })

  t.test('deliveries are counted by state', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await exhaust(store, 'a')
    await store.enqueue(message('b'))
    await settle(store, await claimed(store), { state: 'delivered' })
    await store.enqueue(message('c'))
    await claimed(store)
    await store.enqueue(message('d'))
    t.same(await store.counts(), { pending: 1, inFlight: 1, delivered: 1, exhausted: 1, cancelled: 0 })
  })
}
