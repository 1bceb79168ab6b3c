import t from 'tap'
import { startPostgres } from '../postgres.ts'
import { killAndInspect } from './killed-copies.ts'

t.setTimeout(3_000_000)

t.test('a host that is killed in the middle of copies leaves nothing half, on PostgreSQL', async t => {
  await killAndInspect(t, await (await startPostgres(t))())
})
