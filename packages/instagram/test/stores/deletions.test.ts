import t from 'tap'
import { deletionsSuite } from './deletions-suite.ts'
import { onSqlite } from './each-database.ts'

await deletionsSuite(t, onSqlite)
