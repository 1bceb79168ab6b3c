import t from 'tap'
import { connectionsSuite } from './connections-suite.ts'
import { onSqlite } from './each-database.ts'

await connectionsSuite(t, onSqlite)
