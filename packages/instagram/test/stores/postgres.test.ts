import { sql } from 'kysely'
import t from 'tap'
import { startPostgres } from '../postgres.ts'
import { connectionsSuite } from './connections-suite.ts'
import { deletionsSuite } from './deletions-suite.ts'
import { freshAt } from './each-database.ts'
import { filesSuite } from './files-suite.ts'
import { looseObjectsSuite } from './loose-objects-suite.ts'
import { outboxSuite } from './outbox-suite.ts'
import { signInsSuite } from './sign-ins-suite.ts'

t.setTimeout(300_000)
const newDatabase = await startPostgres(t)

const SUITES = {
  connections: connectionsSuite,
  deletions: deletionsSuite,
  files: filesSuite,
  'loose objects': looseObjectsSuite,
  outbox: outboxSuite,
  'sign-ins': signInsSuite
}

t.test('a connection that the server ends fails what was asked over it with a code of its own and ends no process; a new one takes its place', async t => {
  const { open } = await freshAt(async () => await newDatabase())(t)
  const [database, other] = [await open(), await open()]
  const waiting = sql`select pg_sleep(30)`.execute(database)
  const refused = t.rejects(waiting, { code: 'DATABASE_UNAVAILABLE', cause: { code: '57P01' } })
  const end = sql<{ count: number }>`select count(pg_terminate_backend(pid)) as count from pg_stat_activity where query = 'select pg_sleep(30)' and datname = current_database()`
  for (let ended = 0; ended === 0;) ended = (await end.execute(other)).rows[0]?.count ?? 0
  await refused
  // Until the end of the old connection is known here, it may be asked once more.
  const ask = async (): Promise<unknown[]> => await sql`select 1 as one`.execute(database).then(({ rows }) => rows, () => [])
  for (;;) if ((await ask()).length > 0) break
  t.same(await ask(), [{ one: 1 }])
})

for (const [store, suite] of Object.entries(SUITES)) {
  t.test(store, async t => { await suite(t, freshAt(async () => await newDatabase())) })
}
