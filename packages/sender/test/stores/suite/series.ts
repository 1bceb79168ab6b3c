import type { OpenStore, Suite } from '../delivery-store-suite.ts'
import { LEASE_MS, NOW_MS, claim, claimed, endpoint, exhaust, message, settle } from './material.ts'

const RECOVER = { endpointId: 'ep_one', actions: ['fp.upload'], sinceMs: 0, nowMs: NOW_MS, spacingMs: 10 }

/** New series of old events, and forgetting. */
export async function seriesSuite (t: Suite, open: OpenStore): Promise<void> {
  t.test('a resend is a new series of its own, due at once', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    const old = await exhaust(store, 'a')
    const id = await store.resend({ deliveryId: old.id, nowMs: NOW_MS })
    t.match(await store.delivery(id ?? ''), { eventId: 'a', series: 1, origin: 'resend', state: 'pending', attemptsMade: 0, dueAtMs: NOW_MS })
    t.match(await claimed(store), { id, attempt: 1, origin: 'resend' })
    t.match(await store.delivery(old.id), { series: 0, state: 'exhausted' })
  })

  t.test('resending what does not exist makes nothing', async t => {
    const { store } = await open(t)
    t.equal(await store.resend({ deliveryId: '999999', nowMs: NOW_MS }), undefined)
  })

  t.test('recover gives a new series to what was exhausted and to what was never stored for the endpoint', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await exhaust(store, 'exhausted')
    await store.enqueue(message('delivered'))
    await settle(store, await claimed(store), { state: 'delivered' })
    await store.enqueue(message('missing', { endpointIds: [] }))
    await store.enqueue(message('other-action', { action: 'fp.delete', endpointIds: [] }))
    t.equal(await store.recover(RECOVER), 2)
    const { deliveries } = await claim(store, { nowMs: NOW_MS + 10 })
    t.same(deliveries.map(({ eventId, origin }) => [eventId, origin]), [['exhausted', 'recover'], ['missing', 'recover']])
  })

  t.test('recovering twice changes nothing', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await exhaust(store, 'a')
    t.equal(await store.recover(RECOVER), 1)
    t.equal(await store.recover(RECOVER), 0)
  })

  t.test('recovered deliveries fall due one after the other', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    for (const id of ['a', 'b', 'c']) await exhaust(store, id)
    await store.recover(RECOVER)
    const due = await store.deliveries({ state: 'pending', limit: 10 })
    t.same(due.map(({ dueAtMs }) => (dueAtMs ?? 0) - NOW_MS).sort((a, b) => a - b), [0, 10, 20])
  })

  t.test('recover leaves alone what is older than asked', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await exhaust(store, 'a', { createdAtMs: NOW_MS - 1 })
    t.equal(await store.recover({ ...RECOVER, sinceMs: NOW_MS }), 0)
  })

  t.test('recover leaves a ping alone: it asked how the endpoint was then', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    const { leased: [ping] = [] } = await store.enqueue(message('ping_a', { action: 'ping', origin: 'ping' }), { lease: { nowMs: NOW_MS, untilMs: NOW_MS + LEASE_MS } })
    if (ping) await settle(store, ping, { state: 'exhausted' })
    t.match(await store.deliveries({ limit: 10 }), [{ eventId: 'ping_a', state: 'exhausted' }])
    t.equal(await store.recover(RECOVER), 0)
  })

  t.test('an erased event is forgotten with all that belongs to it', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    const { id } = await exhaust(store, 'a')
    await store.enqueue(message('b'))
    t.equal(await store.erase('a'), true)
    t.equal(await store.event('a'), undefined)
    t.equal(await store.delivery(id), undefined)
    t.equal(await store.erase('a'), false)
    t.match(await claimed(store), { eventId: 'b' })
  })

  t.test('an event erased while it is under way can no longer be settled', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    await store.enqueue(message('a'))
    const delivery = await claimed(store)
    await store.erase('a')
    t.equal(await settle(store, delivery), false)
  })

  t.test('pruning forgets what is old and finished, at most so many, and nothing that still waits', async t => {
    const { store } = await open(t)
    await store.putEndpoint(endpoint())
    for (const id of ['old1', 'old2', 'old3']) await exhaust(store, id, { createdAtMs: NOW_MS - 10 })
    await store.enqueue(message('waiting', { createdAtMs: NOW_MS - 10 }))
    await store.enqueue(message('young', { endpointIds: [] }))
    t.equal(await store.prune(NOW_MS - 5, 2), 2)
    t.equal(await store.prune(NOW_MS - 5, 2), 1)
    t.equal(await store.prune(NOW_MS - 5, 2), 0)
    t.ok(await store.event('waiting'))
    t.ok(await store.event('young'))
  })
}
