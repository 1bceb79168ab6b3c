import pg from 'pg'
import t from 'tap'
import { PostgresConnection } from '../../../src/stores/postgres/connection.ts'
import { startCluster } from '../../../../webhooks/test/postgres.ts'

const cluster = await startCluster({ settings: ['deadlock_timeout=20ms'] })
t.teardown(() => cluster.stop())
t.setTimeout(300_000)
const connectionString = await cluster.database()
const connection = new PostgresConnection(config => new pg.Pool({ connectionString, ...config }).on('error', () => {}))
t.teardown(() => connection.close())
await connection.rows('CREATE TABLE counters (name text PRIMARY KEY, value int NOT NULL DEFAULT 0)')
await connection.rows('INSERT INTO counters (name) VALUES (\'a\'), (\'b\')')

t.test('work that fails leaves nothing behind', async t => {
  await t.rejects(connection.transaction(async executor => {
    await executor.rows('UPDATE counters SET value = 100')
    throw new Error('changed my mind')
  }), { message: 'changed my mind' })
  t.same(await connection.rows('SELECT max(value) AS value FROM counters'), [{ value: 0 }])
})

t.test('of two that lock each other out, both get done', async t => {
  const add = async (first: string, second: string): Promise<void> => await connection.transaction(async executor => {
    await executor.rows('UPDATE counters SET value = value + 1 WHERE name = $1', [first])
    await executor.rows('SELECT pg_sleep(0.05)')
    await executor.rows('UPDATE counters SET value = value + 1 WHERE name = $1', [second])
  })
  await Promise.all([add('a', 'b'), add('b', 'a')])
  t.same(await connection.rows('SELECT value FROM counters'), [{ value: 2 }, { value: 2 }])
})

t.test('a connection that breaks between two statements fails the work and ends no process', async t => {
  await t.rejects(connection.transaction(async executor => {
    const [session] = await executor.rows<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await connection.rows('SELECT pg_terminate_backend($1, 5000)', [session?.pid])
    await executor.rows('SELECT 1')
  }))
  t.same(await connection.rows('SELECT 1 AS one'), [{ one: 1 }])
})
