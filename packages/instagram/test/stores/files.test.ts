import t from 'tap'
import { filesSuite } from './files-suite.ts'
import { onSqlite } from './each-database.ts'

await filesSuite(t, onSqlite)
