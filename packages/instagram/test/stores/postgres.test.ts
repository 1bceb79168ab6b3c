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

for (const [store, suite] of Object.entries(SUITES)) {
  t.test(store, async t => { await suite(t, freshAt(async () => await newDatabase())) })
}
