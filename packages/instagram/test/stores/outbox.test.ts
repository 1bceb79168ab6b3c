import t from 'tap'
import { outboxSuite } from './outbox-suite.ts'
import { onSqlite } from './each-database.ts'

await outboxSuite(t, onSqlite)
