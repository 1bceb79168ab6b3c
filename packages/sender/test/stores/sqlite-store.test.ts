import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { openSqliteStore } from '../../src/stores/sqlite-store.ts'
import { deliveryStoreSuite } from './delivery-store-suite.ts'
import { LEASE_MS, NOW_MS, claim, endpoint, message } from './suite/material.ts'

t.test('the shared suite', async t => {
  await deliveryStoreSuite(t, async t => {
    const path = join(t.testdir(), 'sender.sqlite')
    let store = openSqliteStore(path)
    t.teardown(() => store.close())
    return {
      store,
      reopen: async () => {
        await store.close()
        store = openSqliteStore(path)
        return store
      }
    }
  })
})

t.test('nothing due means: do not ask before something is stored', async t => {
  const store = openSqliteStore(':memory:')
  t.teardown(() => store.close())
  await store.putEndpoint(endpoint())
  t.match(await claim(store), { deliveries: [], nextFirstAttemptAtMs: undefined, nextRetryAtMs: undefined })
})

t.test('a crash is noticed at the next opening, without waiting for leases to end', async t => {
  const path = join(t.testdir(), 'sender.sqlite')
  const first = openSqliteStore(path)
  await first.putEndpoint(endpoint())
  await first.enqueue(message('a'))
  await claim(first)
  await first.close()
  const second = openSqliteStore(path)
  t.teardown(() => second.close())
  t.equal((await second.takeInterrupted({ nowMs: NOW_MS + 1, untilMs: NOW_MS + LEASE_MS }, 10)).length, 1)
})

t.test('a file that is no database of ours is refused', async t => {
  const directory = t.testdir({ 'notes.txt': 'these are not the bytes of a database, and long enough to be seen as such'.repeat(20) })
  t.throws(() => openSqliteStore(join(directory, 'notes.txt')), { code: 'SENDER_DATABASE_UNREADABLE', message: /file is not a database/ })
  const newer = join(directory, 'newer.sqlite')
  const database = new DatabaseSync(newer)
  database.exec('PRAGMA user_version = 99')
  database.close()
  t.throws(() => openSqliteStore(newer), { code: 'SENDER_DATABASE_UNREADABLE', message: /format 99/ })
})

t.test('a new file is readable by its owner only, and so is its log', async t => {
  const directory = t.testdir()
  const store = openSqliteStore(join(directory, 'sender.sqlite'))
  t.teardown(() => store.close())
  await store.putEndpoint(endpoint())
  for (const name of ['sender.sqlite', 'sender.sqlite-wal']) t.equal(statSync(join(directory, name)).mode & 0o777, 0o600, name)
})

t.test('a folder that does not exist is said to be the matter', async t => {
  t.throws(() => openSqliteStore(join(t.testdir(), 'missing', 'sender.sqlite')), { code: 'SENDER_DATABASE_UNREADABLE' })
})

t.test('a caller\'s transaction is refused', async t => {
  const store = openSqliteStore(':memory:')
  t.teardown(() => store.close())
  await t.rejects(async () => await store.enqueue(message('a', { endpointIds: [] }), { transaction: {} }), { code: 'SENDER_TRANSACTION_UNSUPPORTED' })
})

t.test('the bytes of an erased event are in none of the store\'s files', async t => {
  const directory = t.testdir()
  const store = openSqliteStore(join(directory, 'sender.sqlite'))
  t.teardown(() => store.close())
  await store.putEndpoint(endpoint())
  // Neighbours on the same pages, small and large, some of them erased too, so that pages are merged and moved.
  const secret = (index: number) => `person-${index}-lives-at-${index}`
  await Promise.all(Array.from({ length: 400 }, async (_, index) => {
    await store.enqueue(message(`e${index}`, { body: Buffer.from(JSON.stringify({ note: secret(index), padding: 'x'.repeat(index % 7 === 0 ? 9_000 : 60) })) }))
  }))
  await Promise.all((await claim(store, { firstAttempts: 400 })).deliveries.map(async ({ id, fence, attempt, run, eventId }) => {
    const responseBody = Buffer.from(`answer for ${secret(Number(eventId.slice(1)))}`)
    await store.settle({ deliveryId: id, fence, attempt, run, closed: { endedAtMs: NOW_MS, outcome: 'delivered', responseBody }, next: { state: 'delivered' } })
  }))
  const erased = Array.from({ length: 400 }, (_, index) => index).filter(index => index % 3 !== 0)
  t.ok(filesHold(directory, secret(1)), 'the bytes are there before')
  // Some in commits of their own, the others together.
  for (const index of erased.splice(-20)) {
    await store.erase(`e${index}`)
    t.notOk(filesHold(directory, secret(index)), secret(index))
  }
  await Promise.all(erased.map(async index => { await store.erase(`e${index}`) }))
  t.same(erased.filter(index => filesHold(directory, secret(index))), [])
  t.ok(filesHold(directory, secret(3)), 'what was not erased is still there')
})

function filesHold (directory: string, text: string): boolean {
  return readdirSync(directory).some(name => readFileSync(join(directory, name)).includes(text))
}
