import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import type { WebhookEvent } from '@contactsheet/webhooks'
import { deleteEvent } from '../../src/domain/file-event.ts'
import { createOutbox, type Outbox } from '../../src/stores/outbox.ts'
import type { FreshDatabase, StoreSuite } from './each-database.ts'

const START = 1_700_000_000_000

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
  while (!isTrue()) await setImmediate()
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

  t.test('what a host was telling when it died is told by another, in order', async t => {
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
