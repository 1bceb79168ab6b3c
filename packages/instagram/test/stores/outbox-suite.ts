import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import type { WebhookEvent } from '@contactsheet/webhooks'
import { deleteEvent } from '../../src/domain/file-event.ts'
import { createOutbox, type Outbox } from '../../src/stores/outbox.ts'
import type { FreshDatabase, StoreSuite } from './each-database.ts'

const START = 1_700_000_000_000
const DAY_MS = 24 * 60 * 60_000
const PATROL_MS = 1_000

/** Hosts on one database, with one clock that stands still until it is moved. */
async function hosts (t: Test, { open }: FreshDatabase, ...tell: Array<(event: WebhookEvent) => Promise<void> | void>) {
  let time = START
  const outboxes: Array<Outbox & { add: (handle: string, url?: string) => Promise<void>, refusals: unknown[] }> = []
  for (const onEvent of tell) {
    const database = await open()
    const refusals: unknown[] = []
    const outbox = createOutbox({ database, now: () => time, onEvent, onRefusal: error => { refusals.push(error) } })
    t.teardown(async () => { await outbox.close() })
    outboxes.push({ ...outbox, refusals, add: async (handle, url = handle) => { await outbox.append(database, handle, deleteEvent(url, time)) } })
  }
  return { outboxes, pass: (milliseconds: number) => { time += milliseconds } }
}

async function until (isTrue: () => boolean): Promise<void> {
  const endsAtMs = performance.now() + 20_000
  while (!isTrue()) {
    if (performance.now() > endsAtMs) throw new Error('what was waited for did not happen')
    await setImmediate()
  }
}

/** A host that is dead renews nothing. */
function stopRenewals (t: Test): void {
  t.intercept(globalThis, 'setInterval', { value: () => setTimeout(() => {}, 0) })
}

/** Timers without those that look for what another host left behind. */
function ignoringPatrols (start: typeof globalThis.setTimeout) {
  return (work: () => void, milliseconds: number) => milliseconds === PATROL_MS ? start(() => {}, 0) : start(work, milliseconds)
}

function handlesOutOfOrder (events: readonly WebhookEvent[]): string[] {
  const newest = new Map<string, number>()
  return events.flatMap(event => {
    const { id = 0, text: { url } } = event as { id?: number, text: { url: string } }
    const handle = String(Number(url) % 40)
    const isBehind = id < (newest.get(handle) ?? 0)
    newest.set(handle, id)
    return isBehind ? [handle] : []
  })
}

/** Collects urls, and settles each call as the test says. */
function listener () {
  const heard: WebhookEvent[] = []
  const open = new Map<string, { resolve: () => void, reject: (error: Error) => void }>()
  const urlOf = (event: WebhookEvent): string => (event as { text: { url: string } }).text.url
  return {
    heard,
    urls: () => heard.map(urlOf),
    async tell (event: WebhookEvent): Promise<void> {
      heard.push(event)
      await new Promise<void>((resolve, reject) => { open.set(urlOf(event), { resolve, reject }) })
    },
    settle (url: string, error?: Error): void {
      const call = open.get(url)
      if (error === undefined) call?.resolve()
      else call?.reject(error)
    }
  }
}

export const outboxSuite: StoreSuite = async (t, fresh) => {
  t.test('events are told with ids that are positive integers and grow', async t => {
    const events: WebhookEvent[] = []
    const { outboxes: [outbox] } = await hosts(t, await fresh(t), event => { events.push(event) })
    for (const handle of ['a', 'b', 'c']) await outbox?.add(handle)
    outbox?.start()
    await until(() => events.length === 3)
    t.same(events.map(event => 'id' in event && event.id), [1, 2, 3])
    t.same(events[0], { action: 'fp.delete', timestamp: START / 1000, text: { url: 'a' }, id: 1 })
  })

  t.test('the events of one handle wait for each other, those of others do not', async t => {
    const { urls, tell, settle } = listener()
    const { outboxes: [outbox] } = await hosts(t, await fresh(t), tell)
    for (const url of ['1', '2']) await outbox?.add('same', url)
    await outbox?.add('other', 'x')
    outbox?.start()
    await until(() => urls().length === 2)
    t.same(urls(), ['1', 'x'])
    settle('1')
    await until(() => urls().length === 3)
    t.same(urls(), ['1', 'x', '2'])
    settle('x')
    settle('2')
  })

  t.test('a refused event is told again after a pause, before the next of its handle', async t => {
    const { urls, tell, settle } = listener()
    const { outboxes: [outbox], pass } = await hosts(t, await fresh(t), tell)
    for (const url of ['1', '2']) await outbox?.add('same', url)
    outbox?.start()
    await until(() => urls().length === 1)
    settle('1', new Error('the receiver is down'))
    await until(() => outbox?.refusals.length === 1)
    outbox?.wake()
    await setImmediate()
    t.same(urls(), ['1'], 'not at once')
    pass(1_000)
    await until(() => {
      outbox?.wake()
      return urls().length === 2
    })
    settle('1')
    await until(() => urls().length === 3)
    t.same(urls(), ['1', '1', '2'])
    settle('2')
  })

  t.test('an event that is refused after others of its handle waits, and those are not told again', async t => {
    const { urls, tell, settle } = listener()
    const { outboxes: [outbox], pass } = await hosts(t, await fresh(t), tell)
    for (const url of ['1', '2', '3']) await outbox?.add('same', url)
    outbox?.start()
    await until(() => urls().length === 1)
    settle('1')
    await until(() => urls().length === 2)
    settle('2', new Error('the receiver is down'))
    await until(() => outbox?.refusals.length === 1)
    await setImmediate()
    pass(1_000)
    for (const [count, url] of [[3, '2'], [4, '3']] as const) {
      await until(() => {
        outbox?.wake()
        return urls().length === count
      })
      settle(url)
    }
    t.same(urls(), ['1', '2', '2', '3'])
  })

  t.test('a refused event does not wait for the clock that was set back meanwhile', async t => {
    const { urls, tell, settle } = listener()
    const { outboxes: [outbox], pass } = await hosts(t, await fresh(t), tell)
    pass(60 * DAY_MS)
    await outbox?.add('same', '1')
    outbox?.start()
    await until(() => urls().length === 1)
    settle('1', new Error('the receiver is down'))
    await until(() => outbox?.refusals.length === 1)
    pass(-60 * DAY_MS)
    await until(() => {
      outbox?.wake()
      return urls().length === 2
    })
    settle('1')
  })

  t.test('a host that died while it told many of a handle leaves all that are not gone, in order', async t => {
    stopRenewals(t)
    const database = await fresh(t)
    const dead = listener()
    const heard: unknown[] = []
    const { outboxes: [first, second], pass } = await hosts(t, database, dead.tell, event => { heard.push(event) })
    for (const url of ['1', '2', '3']) await first?.add('same', url)
    first?.start()
    await until(() => dead.urls().length === 1)
    dead.settle('1')
    await until(() => dead.urls().length === 2)
    pass(60_001)
    second?.start()
    await until(() => {
      second?.wake()
      return heard.length === 3
    })
    t.match(heard, ['1', '2', '3'].map(url => ({ text: { url } })))
    // Until its commit is there, the host that was believed dead would find an event to tell.
    await second?.close()
    dead.settle('2')
  })

  t.test('the events of many handles follow each other without a pause', async t => {
    t.intercept(globalThis, 'setTimeout', { value: ignoringPatrols(globalThis.setTimeout) })
    const events: WebhookEvent[] = []
    const { outboxes: [outbox] } = await hosts(t, await fresh(t), event => { events.push(event) })
    for (let index = 0; index < 50; index++) await outbox?.add(`handle ${index}`)
    outbox?.start()
    await until(() => events.length === 50)
  })

  t.test('what a host was telling when it died is told by another, in order', async t => {
    stopRenewals(t)
    const database = await fresh(t)
    const dead = listener()
    const living = listener()
    const { outboxes: [first, second], pass } = await hosts(t, database, dead.tell, living.tell)
    for (const url of ['1', '2']) await first?.add('same', url)
    first?.start()
    await until(() => dead.urls().length === 1)
    second?.start()
    second?.wake()
    await setImmediate()
    t.same(living.urls(), [], 'its lease holds')
    pass(60_001)
    await until(() => {
      second?.wake()
      return living.urls().length === 1
    })
    living.settle('1')
    await until(() => living.urls().length === 2)
    t.same(living.heard.map(event => 'id' in event && event.id), [1, 2])
    living.settle('2')
    dead.settle('1')
  })

  t.test('two hosts tell each event once', async t => {
    const [one, two] = [[] as WebhookEvent[], [] as WebhookEvent[]]
    const { outboxes } = await hosts(t, await fresh(t), event => { one.push(event) }, async event => { two.push(event) })
    for (let index = 0; index < 100; index++) await outboxes[0]?.add(`handle ${index % 40}`, String(index))
    for (const outbox of outboxes) outbox.start()
    await until(() => {
      for (const outbox of outboxes) outbox.wake()
      return one.length + two.length >= 100
    })
    await Promise.all(outboxes.map(async outbox => { await outbox.close() }))
    for (const heard of [one, two]) t.same(handlesOutOfOrder(heard), [], 'and those of a handle in order')
    t.same([...one, ...two].map(event => 'id' in event && event.id).sort((left, right) => Number(left) - Number(right)), Array.from({ length: 100 }, (_, index) => index + 1))
  })

  t.test('closing waits for what is being told and leaves the rest for the next start', async t => {
    const database = await fresh(t)
    const { urls, tell, settle } = listener()
    const { outboxes: [first, second] } = await hosts(t, database, tell, tell)
    for (const url of ['1', '2']) await first?.add('same', url)
    first?.start()
    await until(() => urls().length === 1)
    let isClosed = false
    const closing = first?.close().then(() => { isClosed = true })
    await setImmediate()
    t.equal(isClosed, false)
    settle('1')
    await closing
    t.same(urls(), ['1'])
    second?.start()
    await until(() => urls().length === 2)
    settle('2')
  })
}
