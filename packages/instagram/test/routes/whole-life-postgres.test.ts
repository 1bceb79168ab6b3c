import t from 'tap'
import { startPostgres } from '../postgres.ts'
import { live } from './whole-life.ts'

t.test('the life of links and copies, on PostgreSQL', async t => { await live(t, await (await startPostgres(t))()) })
