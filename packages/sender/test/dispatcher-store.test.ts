import { mock } from 'node:test'
import t from 'tap'
import type { AttemptResult } from '../src/attempt.ts'
import { Dispatcher } from '../src/dispatcher.ts'
import { openSqliteStore } from '../src/stores/sqlite-store.ts'
import type { DeliveryStore } from '../src/stores/delivery-store.ts'
import { nextTurn } from './helpers/build.ts'
import { NOW_MS, endpoint, message } from './stores/suite/material.ts'

const DELIVERED: AttemptResult = { closed: { endedAtMs: NOW_MS, outcome: 'delivered', status: 200 }, next: { state: 'delivered' }, isEndpointTrouble: false }

const LANE = { slots: 4, isOrdered: false, rate: undefined, leaseMs: 30_000 }

interface Given {
  slots: number
  onRequest: () => void
  onError?: (error: unknown) => void
  now?: () => number
}

/** A dispatcher whose every request is answered at once. */
function build (store: DeliveryStore, { slots, onRequest, onError = () => {}, now = () => NOW_MS }: Given): Dispatcher {
  return new Dispatcher({
    store,
    attempt: async () => {
      onRequest()
      return DELIVERED
    },
    afterInterruption: () => ({ state: 'exhausted' }),
    onSettled: () => {},
    onBreaker: () => {},
    onError,
    now,
    slots,
    breaker: false,
    leaseMs: 30_000
  })
}

/** A store that holds back every outcome until it is let go. */
async function holdingBack (t: { teardown (close: () => unknown): void }, isOrdered = false): Promise<{ store: DeliveryStore, letGo: () => void }> {
  const real = openSqliteStore(':memory:')
  t.teardown(() => real.close())
  await real.putEndpoint(endpoint('ep_one', { isOrdered }))
  for (let id = 1; id <= 10; id++) await real.enqueue(message(`event${id}`))
  const gate = Promise.withResolvers<void>()
  return { letGo: () => gate.resolve(), store: { ...real, settle: settlement => gate.promise.then(() => real.settle(settlement)) } }
}

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
    const dispatcher = build(store, { slots: 10, onRequest: () => requests++, onError: error => errors.push(error), now: () => nowMs })
    dispatcher.setLane('ep_one', LANE)
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

t.test('requests go on while outcomes are on their way to the disk, up to as many again as there are slots', async t => {
  const { store, letGo } = await holdingBack(t)
  let requests = 0
  const dispatcher = build(store, { slots: 2, onRequest: () => requests++ })
  dispatcher.setLane('ep_one', LANE)
  await dispatcher.start()
  for (let turn = 0; turn < 40; turn++) await nextTurn()
  t.equal(requests, 4)
  letGo()
  while ((await store.counts()).delivered < 10) await nextTurn()
  await dispatcher.stop()
})

t.test('an ordered endpoint waits until the outcome is stored', async t => {
  const { store, letGo } = await holdingBack(t, true)
  let requests = 0
  const dispatcher = build(store, { slots: 10, onRequest: () => requests++ })
  dispatcher.setLane('ep_one', { ...LANE, isOrdered: true })
  await dispatcher.start()
  for (let turn = 0; turn < 40; turn++) await nextTurn()
  t.equal(requests, 1)
  letGo()
  await dispatcher.stop()
})

t.test('stopping waits for outcomes that are on their way to the disk', async t => {
  const { store, letGo } = await holdingBack(t)
  const dispatcher = build(store, { slots: 2, onRequest: () => {} })
  dispatcher.setLane('ep_one', LANE)
  await dispatcher.start()
  for (let turn = 0; turn < 40; turn++) await nextTurn()
  let isStopped = false
  const stopping = dispatcher.stop().then(() => { isStopped = true })
  for (let turn = 0; turn < 10; turn++) await nextTurn()
  t.equal(isStopped, false)
  letGo()
  await stopping
  t.equal((await store.counts()).inFlight, 0)
})
