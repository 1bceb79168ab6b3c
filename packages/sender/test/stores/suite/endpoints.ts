import type { OpenStore, Suite } from '../delivery-store-suite.ts'
import { NOW_MS, claim, claimed, endpoint, message, settle } from './material.ts'

/** Endpoint records. */
export async function endpointSuite (t: Suite, open: OpenStore): Promise<void> {
  t.test('a record comes back as it was put, from another process too', async t => {
    const { store, reopen } = await open(t)
    const record = endpoint('ep_one', {
      headers: { 'x-token': 'a' },
      timeoutMs: 1_000,
      concurrency: 4,
      rateLimit: { count: 5, perMs: 1_000 },
      isOrdered: true,
      isDeclared: true,
      isEnabled: false,
      disabledReason: 'gone',
      failingSinceMs: NOW_MS,
      secrets: [{ sealed: 'bmV3' }, { sealed: 'b2xk', endsAtMs: NOW_MS + 1 }]
    })
    await store.putEndpoint(record)
    t.same(await store.endpoints(), [record])
    t.same(await (await reopen()).endpoints(), [record])
  })

  t.test('putting a known id replaces its record', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.putEndpoint(endpoint('ep_one', { events: ['fp.delete'] }))
    t.match(await store.endpoints(), [{ id: 'ep_one', events: ['fp.delete'] }])
  })

  t.test('two endpoints cannot have one url', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint('ep_one'))
    await t.rejects(store.putEndpoint(endpoint('ep_two', { url: endpoint('ep_one').url })), { code: 'SENDER_ENDPOINT_EXISTS' })
    t.equal((await store.endpoints()).length, 1)
  })

  t.test('removing an endpoint cancels what waits for it and keeps the log', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('done'))
    const done = await claimed(store)
    await settle(store, done, { state: 'delivered' })
    const { deliveryIds: [waiting = ''] } = await store.enqueue(message('waiting'))
    await store.removeEndpoint('ep_one')
    t.same(await store.endpoints(), [])
    t.match(await store.delivery(waiting), { state: 'cancelled' })
    t.match(await store.delivery(done.id), { state: 'delivered', endpointId: 'ep_one' })
  })

  t.test('what is under way when its endpoint is removed ends cancelled', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const delivery = await claimed(store)
    await store.removeEndpoint('ep_one')
    t.equal(await settle(store, delivery), false)
    t.match(await store.delivery(delivery.id), { state: 'cancelled' })
  })

  t.test('a new endpoint inherits nothing of a removed one, whatever its url', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint('ep_old'))
    await store.enqueue(message('a', { endpointIds: ['ep_old'] }))
    await store.removeEndpoint('ep_old')
    await store.putEndpoint(endpoint('ep_one', { url: endpoint('ep_old').url }))
    t.match(await claim(store), { deliveries: [] })
    t.same(await store.deliveries({ endpointId: 'ep_one', limit: 10 }), [])
  })

  t.test('an endpoint that becomes ordered orders what already waits', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    await store.enqueue(message('b'))
    await store.putEndpoint(endpoint('ep_one', { isOrdered: true }))
    t.equal((await claimed(store, { isOrdered: true })).eventId, 'a')
    t.equal((await claim(store, { isOrdered: true })).deliveries.length, 0)
  })
}
