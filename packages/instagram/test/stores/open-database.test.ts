import { readdir, stat } from 'node:fs/promises'
import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../src/stores/database.ts'
import { openDatabase } from '../../src/stores/open-database.ts'
import { createSignIns } from '../../src/stores/sign-ins.ts'

t.test('an SQLite database gets its tables, and opening it twice changes nothing', async t => {
  const directory = t.testdir()
  const path = `${directory}/contactsheet.sqlite`
  for (const time of ['first', 'second']) {
    const database = await openDatabase(path)
    const rows = await database.selectFrom('contactsheet_files').selectAll().execute()
    t.same(rows, [], `the ${time} time`)
    for (const name of await readdir(directory)) t.equal((await stat(`${directory}/${name}`)).mode & 0o777, 0o600, `${name} is for nobody else to read`)
    await database.destroy()
  }
})

t.test('a folder that is not there is told', async t => {
  await t.rejects(openDatabase(`${t.testdir()}/missing/contactsheet.sqlite`), { code: 'DATABASE_UNAVAILABLE', message: /cannot be opened: ENOENT: no such file or directory/ })
})

t.test('a file that is no database is told, and stays as it is', async t => {
  const directory = t.testdir({ 'notes.txt': 'these are the notes of somebody, and no database at all. '.repeat(40) })
  await t.rejects(openDatabase(`${directory}/notes.txt`), { code: 'DATABASE_UNAVAILABLE', message: /file is not a database/ })
})

t.test('a PostgreSQL server that is not there is told, without the password', async t => {
  const opening = openDatabase('postgres://contactsheet:the-password@127.0.0.1:1/photos')
  await t.rejects(opening, { code: 'DATABASE_UNAVAILABLE', message: /cannot be opened: connect ECONNREFUSED/ })
  await opening.catch((error: unknown) => { t.notMatch(String(error), 'the-password') })
})

t.test('a full database has a code of its own, keeps what it has, and goes on when there is room', async t => {
  const database = await openDatabase(`${t.testdir()}/contactsheet.sqlite`)
  t.teardown(async () => { await database.destroy() })
  const signIns = createSignIns(database, Date.now)
  const start = async (stateHash: string) => await signIns.start({ stateHash, browserHash: 'b'.repeat(2_000), ticketHash: '', appKey: 'default', sessionId: 's', returnTo: undefined })
  await start('before')
  await allowPages(database, 1)
  await t.rejects(async () => { for (let n = 0; n < 100; n++) await start(`more ${n}`) }, {
    code: 'DATABASE_UNAVAILABLE', statusCode: 503, headers: { 'retry-after': '5' }, message: 'the database cannot be used now', cause: { message: /full/ }
  })
  t.ok(await signIns.find('before'))
  await allowPages(database, 100_000)
  await start('after')
  t.ok(await signIns.find('after'))
})

t.test('a question that makes no sense is a defect and stays one', async t => {
  const database = await openDatabase(':memory:')
  t.teardown(async () => { await database.destroy() })
  await t.rejects(sql`select 1 from no_such_table`.execute(database), { message: /no such table/ })
})

/** SQLite takes the pages that the file has already as the least. */
async function allowPages (database: Database, count: number): Promise<void> {
  await sql.raw(`pragma max_page_count = ${count}`).execute(database)
}

t.test('a question that is wrong is a defect, and not the database in trouble', async t => {
  const database = await openDatabase(':memory:')
  t.teardown(async () => { await database.destroy() })
  const wrong = database.selectFrom('contactsheet_files').selectAll().where('handle', '=', { not: 'a text' } as unknown as string)
  await t.rejects(wrong.execute(), { code: /^ERR_INVALID/ })
})
