import t from 'tap'
import { openDatabase } from '../../src/stores/open-database.ts'

t.test('an SQLite database gets its tables, and opening it twice changes nothing', async t => {
  const path = `${t.testdir()}/contactsheet.sqlite`
  for (const _ of [1, 2]) {
    const database = await openDatabase(path)
    const rows = await database.selectFrom('contactsheet_files').selectAll().execute()
    t.same(rows, [])
    await database.destroy()
  }
})
