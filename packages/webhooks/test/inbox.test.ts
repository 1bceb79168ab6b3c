import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { createReceiver, sqliteIdempotency, type EventContext, type IdempotencyStore, type ReceiveResult, type Receiver, type ReceiverOptions } from '../src/index.ts'
import { TEST_SECRET, createClock, fixture, signedRequest, type Clock } from '../src/testing.ts'

const LEASE_MS = 60_000

function openStore (t: Test): IdempotencyStore {
  const database = new DatabaseSync(':memory:')
  t.teardown(() => database.close())
  return sqliteIdempotency({ database })
}

/** A receiver that answers before it handles, and the results that it reports one after the other. */
function start (t: Test, clock: Clock, idempotency: IdempotencyStore, options: Partial<ReceiverOptions>) {
  const results: ReceiveResult[] = []
  let wake = () => {}
  const receiver = createReceiver({
    secrets: TEST_SECRET,
    now: clock.now,
    idempotency,
    respond: 'after-store',
    ...options,
    onResult: result => {
      results.push(result)
      wake()
    }
  })
  t.teardown(() => receiver.close())
  const reported = async (count: number) => {
    while (results.length < count) await new Promise<void>(resolve => { wake = resolve })
    return results
  }
  return { receiver, reported }
}

const send = (receiver: Receiver, clock: Clock, event: object = fixture('fp.upload')) => receiver.receive(signedRequest(event, { now: clock.now }))

t.test('the sender is answered before the handler has run', async t => {
  const clock = createClock()
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { receiver, reported } = start(t, clock, openStore(t), { on: { 'fp.upload': () => gate } })
  t.match(await send(receiver, clock), { outcome: 'stored', status: 200 })
  t.match(await send(receiver, clock), { outcome: 'duplicate', status: 200 }, 'a stored event is as good as done')
  open()
  t.same((await reported(3)).map(({ outcome }) => outcome), ['stored', 'duplicate', 'handled'])
})

t.test('the handler gets the event and the context as they were received', async t => {
  const clock = createClock()
  const { promise: seen, resolve } = Promise.withResolvers<[unknown, EventContext]>()
  const { receiver } = start(t, clock, openStore(t), { on: { 'fp.upload': (...given) => resolve(given) } })
  await send(receiver, clock)
  const [event, context] = await seen
  t.strictSame(event, fixture('fp.upload'))
  t.match(context, { key: 'fp.upload:100946', scheme: 'standard', keyIndex: 0, id: 'evt_100946', receivedAtMs: clock.now(), attempt: 1 })
})

t.test('a handler that fails is run again after a while, by whatever process is there', async t => {
  const clock = createClock()
  const store = openStore(t)
  const first = start(t, clock, store, { on: { 'fp.upload': () => { throw new Error('not now') } } })
  await send(first.receiver, clock)
  t.match((await first.reported(2)).at(-1), { outcome: 'failed', error: { code: 'WEBHOOK_HANDLER_FAILED', cause: { message: 'not now' } } })
  await first.receiver.close()

  clock.advance(5000)
  const second = start(t, clock, store, { on: { 'fp.upload': () => {} } })
  t.match(await second.reported(1), [{ outcome: 'handled', context: { attempt: 2 } }])
})

t.test('an event whose process died is handled by the next one once the lease has run out', async t => {
  const clock = createClock()
  const store = openStore(t)
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const dying = start(t, clock, store, { on: { 'fp.upload': () => gate } })
  await send(dying.receiver, clock)

  clock.advance(LEASE_MS)
  const next = start(t, clock, store, { on: { 'fp.upload': () => {} } })
  t.match(await next.reported(1), [{ outcome: 'handled', event: fixture('fp.upload'), context: { attempt: 2 } }])
  t.match(await send(next.receiver, clock), { outcome: 'duplicate' })

  open()
  t.match((await dying.reported(2)).at(-1), { error: { code: 'WEBHOOK_EVENT_IN_PROGRESS' } }, 'if it was not dead after all, it is told')
})

t.test('a handler that has failed as often as it may is given up and reported', async t => {
  const clock = createClock()
  const store = openStore(t)
  const options = { limits: { maxAttempts: 2 }, on: { 'fp.upload': () => { throw new Error('never') } } }
  const first = start(t, clock, store, options)
  await send(first.receiver, clock)
  await first.reported(2)
  await first.receiver.close()
  clock.advance(3_600_000)
  const second = start(t, clock, store, options)
  t.match(await second.reported(1), [{ outcome: 'failed', context: { attempt: 2 } }])
  await second.receiver.close()
  t.equal(await store.takeDue?.({ nowMs: clock.now() + 1e12, leaseMs: 1, retainMs: 1 }), undefined)
})

t.test('of a hundred events at once no more than sixteen are handled at the same time, and all are handled', async t => {
  const clock = createClock()
  let running = 0
  let most = 0
  const { receiver, reported } = start(t, clock, openStore(t), {
    on: {
      'fp.upload': async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise(resolve => setImmediate(resolve))
        running -= 1
      }
    }
  })
  const sent = await Promise.all(Array.from({ length: 100 }, (_, id) => send(receiver, clock, fixture('fp.upload', { id }))))
  t.ok(sent.every(({ outcome }) => outcome === 'stored'))
  const results = await reported(200)
  t.equal(results.filter(({ outcome }) => outcome === 'handled').length, 100)
  t.ok(most <= 16, `at most ${most}`)
})

t.test('an event that cannot be stored is not answered as stored', async t => {
  const down: IdempotencyStore = { durable: true, claim: async () => { throw new Error('disk full') }, takeDue: async () => { throw new Error('disk full') } }
  const clock = createClock()
  const { receiver } = start(t, clock, down, { on: { 'fp.upload': () => {} } })
  t.match(await send(receiver, clock), { status: 503, error: { code: 'WEBHOOK_STORE_UNAVAILABLE' } })
})

t.test('a stored event that someone has damaged is reported and does not end the process', async t => {
  const clock = createClock()
  const store = openStore(t)
  await store.claim({ key: 'a', message: '{"event":', nowMs: clock.now(), leaseMs: 0, retainMs: 1 })
  const { reported } = start(t, clock, store, { on: { 'fp.upload': () => {} } })
  t.match(await reported(1), [{ outcome: 'failed', status: 500 }])
})

t.test('closing waits for the handlers that run', async t => {
  const clock = createClock()
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  let isDone = false
  const { receiver } = start(t, clock, openStore(t), {
    on: {
      'fp.upload': async () => {
        await gate
        isDone = true
      }
    }
  })
  await send(receiver, clock)
  const closing = receiver.close()
  t.notOk(isDone)
  open()
  await closing
  t.ok(isDone)
})
