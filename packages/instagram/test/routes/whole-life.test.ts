import { join } from 'node:path'
import t from 'tap'
import { live } from './whole-life.ts'

t.test('the life of links and copies, on SQLite', async t => { await live(t, join(t.testdir(), 'contactsheet.sqlite')) })
