import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { sqliteIdempotency } from '../../src/index.ts'
import { idempotencySuite, keepingSuite } from './suite.ts'

const times = { nowMs: 1000, leaseMs: 60_000, retainMs: 3_600_000 }

function open (t: Test, file = ':memory:') {
  const database = new DatabaseSync(file)
  t.teardown(() => database.close())
  return { database, store: sqliteIdempotency({ database }) }
}

t.test('sqlite', t => idempotencySuite(t, t => open(t).store))
t.test('sqlite keeps events', t => keepingSuite(t, t => open(t).store))

t.test('what was done is remembered by another process of the same file', async t => {
  const directory = mkdtempSync(join(tmpdir(), 'webhooks-sqlite-'))
  t.teardown(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'events.db')
  const claim = await open(t, file).store.claim({ key: 'a', ...times })
  if (claim.state === 'claimed') await claim.commit(1000)
  t.same(await open(t, file).store.claim({ key: 'a', ...times }), { state: 'done' })
})

t.test('events past their retention leave the table, two at every commit', async t => {
  const { database, store } = open(t)
  const handle = async (key: string, nowMs: number) => {
    const claim = await store.claim({ key, ...times, nowMs })
    return claim.state === 'claimed' && await claim.commit(nowMs)
  }
  for (let n = 0; n < 10; n += 1) t.ok(await handle(`old${n}`, 1000))
  for (let n = 0; n < 5; n += 1) t.ok(await handle(`new${n}`, 1000 + times.retainMs))
  t.same(database.prepare('SELECT count(*) AS rows FROM webhook_events').get(), { rows: 5 })
})

t.test('a table name that is not a plain name is refused', async t => {
  const database = new DatabaseSync(':memory:')
  t.teardown(() => database.close())
  t.throws(() => sqliteIdempotency({ database, table: 'a; DROP TABLE b' }), { code: 'WEBHOOK_OPTION_INVALID' })
})
