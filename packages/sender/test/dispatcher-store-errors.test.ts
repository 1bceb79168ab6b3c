import { mock } from 'node:test'
import t from 'tap'
import type { AttemptResult } from '../src/attempt.ts'
import { Dispatcher } from '../src/dispatcher.ts'
import { openSqliteStore } from '../src/stores/sqlite-store.ts'
import type { DeliveryStore } from '../src/stores/delivery-store.ts'
import { nextTurn } from './helpers/build.ts'
import { NOW_MS, endpoint, message } from './stores/suite/material.ts'

const DELIVERED: AttemptResult = { closed: { endedAtMs: NOW_MS, outcome: 'delivered', status: 200 }, next: { state: 'delivered' }, isEndpointTrouble: false }

/** A store of which one call fails the first time. */
async function failingOnce (t: { teardown (close: () => unknown): void }, call: 'claim' | 'settle'): Promise<{ store: DeliveryStore, id: string }> {
  const real = openSqliteStore(':memory:')
  t.teardown(() => real.close())
  await real.putEndpoint(endpoint())
  const { deliveryIds: [id = ''] } = await real.enqueue(message('a'))
  let hasFailed = false
  const fail = <Request, Answer>(work: (request: Request) => Promise<Answer>) => async (request: Request): Promise<Answer> => {
    if (hasFailed) return await work(request)
    hasFailed = true
    throw new Error('the disk is full')
  }
  return { id, store: { ...real, [call]: call === 'claim' ? fail(real.claim) : fail(real.settle) } }
}

for (const call of ['claim', 'settle'] as const) {
  t.test(`when the store fails at ${call}, it is told, tried again, and the request is made once`, async t => {
    mock.timers.enable({ apis: ['setTimeout'] })
    t.teardown(() => mock.timers.reset())
    let nowMs = NOW_MS
    const { store, id } = await failingOnce(t, call)
    let requests = 0
    const errors: unknown[] = []
    const dispatcher = new Dispatcher({
      store,
      attempt: async () => {
        requests++
        return DELIVERED
      },
      afterInterruption: () => ({ state: 'exhausted' }),
      onSettled: () => {},
      onBreaker: () => {},
      onError: error => errors.push(error),
      now: () => nowMs,
      slots: 10,
      breaker: false,
      leaseMs: 30_000
    })
    dispatcher.setLane('ep_one', { slots: 4, isOrdered: false, rate: undefined, leaseMs: 30_000 })
    await dispatcher.start()
    while (errors.length === 0) await nextTurn()
    while ((await store.delivery(id))?.state !== 'delivered') {
      nowMs += 500
      mock.timers.tick(500)
      await nextTurn()
    }
    await dispatcher.stop()
    t.equal(requests, 1)
    t.match(errors, [{ message: 'the disk is full' }])
  })
}
