import t from 'tap'
import { killAndInspect } from './killed-copies.ts'

t.setTimeout(3_000_000)

t.test('a host that is killed in the middle of copies leaves nothing half, on SQLite', async t => {
  await killAndInspect(t, `${t.testdir()}/contactsheet.sqlite`)
})
