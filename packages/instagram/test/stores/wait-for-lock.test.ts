import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql, type Driver } from 'kysely'
import t, { type Test } from 'tap'
import { createDeletions } from '../../src/stores/deletions.ts'
import { openDatabase } from '../../src/stores/open-database.ts'
import { waitingForLock } from '../../src/stores/wait-for-lock.ts'

/** A database, and another process that holds its lock. */
async function locked (t: Test) {
  const path = `${t.testdir()}/contactsheet.sqlite`
  const database = await openDatabase(path)
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  t.teardown(async () => {
    await database.destroy()
    other.close()
  })
  return { database, other }
}

for (const [name, write] of [
  ['a change', async database => await createDeletions(database, () => 1).request('code', [])],
  ['a transaction', async database => await database.transaction().execute(async transaction => await createDeletions(transaction, () => 1).request('code', []))]
] as ReadonlyArray<readonly [string, (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<void>]>) {
  t.test(`${name} waits for a lock while the server goes on`, async t => {
    const { database, other } = await locked(t)
    let isWritten = false
    const writing = write(database).then(() => { isWritten = true })
    for (let turns = 0; turns < 10; turns++) await setImmediate()
    t.equal(isWritten, false)
    other.exec('commit')
    await writing
    t.ok(await createDeletions(database, () => 1).find('code'))
  })
}

t.test('reading needs no lock', async t => {
  const { database } = await locked(t)
  t.same(await createDeletions(database, () => 1).open(), [])
})

/** A database that says the same to every question. */
function answering (error: Error) {
  let asked = 0
  const delays: number[] = []
  const connection = { executeQuery: async () => { asked++; throw error }, async * streamQuery () {} }
  const driver = { init: async () => {}, destroy: async () => {}, acquireConnection: async () => connection, releaseConnection: async () => {} } as unknown as Driver
  const dialect = waitingForLock({
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: database => new SqliteIntrospector(database)
  }, async milliseconds => { delays.push(milliseconds) })
  return { database: new Kysely({ dialect }), asked: () => asked, waitedMs: () => delays.reduce((sum, delay) => sum + delay, 0) }
}

for (const errcode of [5, 517]) {
  t.test(`a lock (${errcode}) that stays for five seconds is told`, async t => {
    const { database, waitedMs } = answering(Object.assign(new Error('database is locked'), { errcode }))
    await t.rejects(sql`select 1`.execute(database), { message: 'database is locked' })
    t.equal(waitedMs(), 4_000, 'and as long as SQLite waits each time')
  })
}

for (const error of [Object.assign(new Error('disk I/O error'), { errcode: 10 }), new TypeError('no error of SQLite')]) {
  t.test(`${error.message} is told at once`, async t => {
    const { database, asked } = answering(error)
    await t.rejects(sql`select 1`.execute(database), error)
    t.equal(asked(), 1)
  })
}
