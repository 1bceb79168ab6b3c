import t from 'tap'
import { closeInterrupted } from '../src/interruption.ts'
import { openSqliteStore } from '../src/stores/sqlite-store.ts'
import type { InterruptedDelivery, NextStep } from '../src/stores/delivery-store.ts'
import { NOW_MS, endpoint, message } from './stores/suite/material.ts'

/** Closes one attempt that was left open, and answers what was told and how the delivery stands. */
async function interrupted (t: { teardown (close: () => unknown): void }, afterInterruption: (delivery: InterruptedDelivery) => NextStep) {
  const store = openSqliteStore(':memory:')
  t.teardown(() => store.close())
  await store.putEndpoint(endpoint())
  const { deliveryIds: [id = ''] } = await store.enqueue(message('a'))
  await store.claim({ endpointId: 'ep_one', firstAttempts: 1, retries: 0, nowMs: NOW_MS, untilMs: NOW_MS + 30_000 })
  const told: unknown[] = []
  await closeInterrupted({ store, afterInterruption, now: () => NOW_MS + 1, leaseMs: 30_000 }, (...news) => told.push(news))
  return { told, delivery: await store.delivery(id) }
}

t.test('an attempt that a crash left open is closed as interrupted', async t => {
  const { delivery } = await interrupted(t, () => ({ state: 'exhausted' }))
  t.match(delivery, { state: 'exhausted', attempts: [{ number: 1, outcome: 'interrupted', endedAtMs: NOW_MS + 1 }] })
})

t.test('a first attempt that is made again is told as a first attempt', async t => {
  const { told } = await interrupted(t, () => ({ state: 'pending', dueAtMs: NOW_MS + 1, isRepeat: true }))
  t.same(told, [['ep_one', NOW_MS + 1, false]])
})

t.test('what goes on at the next place of its schedule is told as a retry', async t => {
  const { told } = await interrupted(t, () => ({ state: 'pending', dueAtMs: NOW_MS + 300_000 }))
  t.same(told, [['ep_one', NOW_MS + 300_000, true]])
})

t.test('what is finished is not told', async t => {
  const { told } = await interrupted(t, () => ({ state: 'exhausted' }))
  t.same(told, [])
})
