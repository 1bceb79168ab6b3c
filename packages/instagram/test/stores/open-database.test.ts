import t from 'tap'
import { openDatabase } from '../../src/stores/open-database.ts'

t.test('an SQLite database gets its tables, and opening it twice changes nothing', async t => {
  const path = `${t.testdir()}/contactsheet.sqlite`
  for (const time of ['first', 'second']) {
    const database = await openDatabase(path)
    const rows = await database.selectFrom('contactsheet_files').selectAll().execute()
    t.same(rows, [], `the ${time} time`)
    await database.destroy()
  }
})
