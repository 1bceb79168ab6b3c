import t from 'tap'
import { looseObjectsSuite } from './loose-objects-suite.ts'
import { onSqlite } from './each-database.ts'

await looseObjectsSuite(t, onSqlite)
