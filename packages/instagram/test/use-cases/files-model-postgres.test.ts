import t from 'tap'
import { startPostgres } from '../postgres.ts'
import { agree } from './files-model-suite.ts'

t.setTimeout(600_000)

t.test('any order of operations agrees with a model in memory, on PostgreSQL', async t => {
  const newDatabase = await startPostgres(t)
  await agree(t, async () => await newDatabase())
})
