import t from 'tap'
import { signInsSuite } from './sign-ins-suite.ts'
import { onSqlite } from './each-database.ts'

await signInsSuite(t, onSqlite)
