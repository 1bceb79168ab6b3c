import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { openSqliteStore } from '../../../src/stores/sqlite-store.ts'
import { lockWriter } from '../../../src/stores/sqlite/writer-lock.ts'

t.test('one holder at a time, and the next when it is given back', async t => {
  const path = join(t.testdir(), 'sender.sqlite')
  const unlock = lockWriter(path)
  t.throws(() => lockWriter(path), { code: 'SENDER_DATABASE_LOCKED', message: /another process/ })
  unlock()
  lockWriter(path)()
})

t.test('a store that cannot be opened gives its lock back', async t => {
  const path = join(t.testdir({ 'sender.sqlite': 'no database, and long enough to be recognised as none. '.repeat(20) }), 'sender.sqlite')
  t.throws(() => openSqliteStore(path), { code: 'SENDER_DATABASE_UNREADABLE' })
  lockWriter(path)()
})

t.test('others may read while the store is open', async t => {
  const path = join(t.testdir(), 'sender.sqlite')
  const store = openSqliteStore(path)
  t.teardown(() => store.close())
  await store.enqueue({ id: 'a', action: 'fp.upload', body: Buffer.from('{}'), createdAtMs: 1, endpointIds: [] })
  const reader = new DatabaseSync(path, { readOnly: true })
  t.teardown(() => reader.close())
  t.match(reader.prepare('SELECT id FROM events').all(), [{ id: 'a' }])
})
