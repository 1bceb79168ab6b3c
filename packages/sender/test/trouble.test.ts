import { writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import pg from 'pg'
import { named } from '../src/trouble.ts'
import { freePort } from './helpers/free-port.ts'

const errorOf = async (work: () => unknown): Promise<unknown> => {
  try {
    await work()
  } catch (error) {
    return error
  }
}
const isNamed = (t: Test, error: unknown, message: RegExp): void => {
  t.ok(error instanceof Error)
  t.match(named(error), { name: 'SenderError', code: 'SENDER_DATABASE_UNAVAILABLE', statusCode: 503, message, cause: error })
}

t.test('a SQLite file that is damaged, locked or gone is trouble of the database, with its own text', async t => {
  const directory = t.testdir()
  const damaged = join(directory, 'damaged.sqlite')
  writeFileSync(damaged, 'x'.repeat(5_000))
  isNamed(t, await errorOf(() => new DatabaseSync(damaged).exec('CREATE TABLE a (b)')), /cannot be used now: file is not a database/)
  isNamed(t, await errorOf(() => new DatabaseSync(join(directory, 'missing', 'a.sqlite'))), /unable to open/)

  const locked = join(directory, 'locked.sqlite')
  const holder = new DatabaseSync(locked)
  t.teardown(() => holder.close())
  holder.exec('BEGIN EXCLUSIVE')
  isNamed(t, await errorOf(() => new DatabaseSync(locked).exec('CREATE TABLE a (b)')), /locked/)
})

t.test('a PostgreSQL that does not answer is trouble, also where a name has several addresses', async t => {
  const port = await freePort()
  const refused = await errorOf(() => new pg.Client({ host: '127.0.0.1', port }).connect())
  isNamed(t, refused, /ECONNREFUSED/)
  isNamed(t, new AggregateError([refused, refused], ''), /ECONNREFUSED 127\.0\.0\.1:\d+, connect ECONNREFUSED/)
  isNamed(t, new Error('Connection terminated unexpectedly'), /Connection terminated/)
})

for (const [code, why] of [['57P01', 'ended by its operator'], ['53300', 'too many connections'], ['53100', 'disk full'], ['40P01', 'deadlock']] as const) {
  t.test(`SQLSTATE ${code}, ${why}, is trouble`, async t => {
    isNamed(t, Object.assign(new Error(why), { code }), new RegExp(why))
  })
}

t.test('what is wrong with a statement or with a call of Node stays as it is: a defect', async t => {
  const statement = await errorOf(() => new DatabaseSync(':memory:').exec('SELECT nothing'))
  const call = await errorOf(() => createConnection({ port: -1 }))
  const syntax = Object.assign(new Error('syntax error'), { code: '42601' })
  for (const error of [statement, call, syntax, new TypeError('a mistake'), 'a text']) t.equal(named(error), error)
})
