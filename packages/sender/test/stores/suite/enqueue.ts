import type { OpenStore, Suite } from '../delivery-store-suite.ts'
import { LEASE_MS, NOW_MS, claim, endpoint, message } from './material.ts'

/** Storing events. */
export async function enqueueSuite (t: Suite, open: OpenStore): Promise<void> {
  t.test('one delivery is made for each endpoint', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint('ep_one'))
    await store.putEndpoint(endpoint('ep_two'))
    const { isNew, deliveryIds } = await store.enqueue(message('a', { endpointIds: ['ep_one', 'ep_two'] }))
    t.equal(isNew, true)
    t.equal(new Set(deliveryIds).size, 2)
  })

  t.test('a known id keeps its first bytes and makes no second delivery', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    t.same(await store.enqueue(message('a', { body: Buffer.from('{}') })), { isNew: false, deliveryIds: [] })
    t.equal(text((await store.event('a'))?.body), text(message('a').body))
    t.equal((await claim(store)).deliveries.length, 1)
  })

  t.test('a known id is delivered to an endpoint that it has not been stored for', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint('ep_one'))
    await store.putEndpoint(endpoint('ep_two'))
    await store.enqueue(message('a'))
    const { deliveryIds } = await store.enqueue(message('a', { endpointIds: ['ep_one', 'ep_two'] }))
    t.equal(deliveryIds.length, 1)
    t.equal((await claim(store, { endpointId: 'ep_two' })).deliveries.length, 1)
  })

  t.test('the same id from many callers at once is stored once', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.enqueue(message('a'))))
    t.equal(answers.filter(({ isNew }) => isNew).length, 1)
    t.equal(answers.flatMap(({ deliveryIds }) => deliveryIds).length, 1)
  })

  t.test('an event that nobody listens to is stored without deliveries', async t => {
    const { store } = await open(t)
    t.same(await store.enqueue(message('a', { endpointIds: [] })), { isNew: true, deliveryIds: [] })
    t.match(await store.event('a'), { id: 'a', action: 'fp.upload', createdAtMs: NOW_MS })
  })

  t.test('an endpoint that does not exist fails its own event and no other', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    const [bad, good] = await Promise.allSettled([store.enqueue(message('bad', { endpointIds: ['ep_none'] })), store.enqueue(message('good'))])
    t.match(bad, { status: 'rejected', reason: { code: 'SENDER_NOT_FOUND' } })
    t.match(good, { status: 'fulfilled', value: { isNew: true } })
    t.equal(await store.event('bad'), undefined)
  })

  t.test('enqueued with a lease, a delivery is the caller\'s and nobody else\'s', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    const { leased = [] } = await store.enqueue(message('a', { origin: 'ping' }), { lease: { nowMs: NOW_MS, untilMs: NOW_MS + LEASE_MS } })
    t.match(leased, [{ eventId: 'a', endpointId: 'ep_one', origin: 'ping', attempt: 1, run: 0 }])
    t.equal((await claim(store)).deliveries.length, 0)
    t.match(await store.delivery(leased[0]?.id ?? ''), { state: 'inFlight', attempts: [{ number: 1, run: 0, startedAtMs: NOW_MS }] })
  })

  t.test('what was stored is there after the process died', async t => {
    const { store, reopen } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const { deliveries } = await claim(await reopen())
    t.match(deliveries, [{ eventId: 'a', attempt: 1 }])
    t.equal(text(deliveries[0]?.body), text(message('a').body))
  })
}

function text (bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString()
}
