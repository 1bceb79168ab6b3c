import t from 'tap'
import { agree } from './files-model-suite.ts'

t.setTimeout(600_000)

t.test('any order of operations agrees with a model in memory, on SQLite', async t => {
  await agree(t, async t => `${t.testdir()}/contactsheet.sqlite`)
})
