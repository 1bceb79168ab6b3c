import type { PoolClient } from 'pg'
import t, { type Test } from 'tap'
import { postgresIdempotency, type ClaimResult } from '../../src/index.ts'
import { openPool, startPostgres } from '../postgres.ts'
import { idempotencySuite, keepingSuite } from './suite.ts'

t.setTimeout(120_000)

const times = { nowMs: 1000, leaseMs: 60_000, retainMs: 3_600_000 }
const url = await startPostgres(t)

let tables = 0
function newTable () {
  tables += 1
  return `events_${tables}`
}

const plain = (t: Test) => postgresIdempotency({ pool: openPool(t, url), table: newTable() })
const transactional = (t: Test) => postgresIdempotency({ pool: openPool(t, url), table: newTable(), transactional: true })

t.test('postgres', t => idempotencySuite(t, plain))
t.test('postgres keeps events', t => keepingSuite(t, plain))
t.test('postgres, transactional', t => idempotencySuite(t, transactional))
t.test('postgres, transactional, keeps events', t => keepingSuite(t, transactional))

t.test('twenty processes may make the table at once', async t => {
  const table = newTable()
  const stores = Array.from({ length: 20 }, () => postgresIdempotency({ pool: openPool(t, url, 1), table }))
  const results = await Promise.all(stores.map(store => store.claim({ key: 'a', ...times })))
  t.equal(results.filter(({ state }) => state === 'claimed').length, 1)
})

t.test('a store that was down at first works once it is up', async t => {
  const pool = openPool(t, url)
  let isDown = true
  const store = postgresIdempotency({
    table: newTable(),
    pool: {
      query: async (statement, values) => isDown ? Promise.reject(new Error('down')) : pool.query(statement, values),
      connect: () => pool.connect()
    }
  })
  await t.rejects(async () => store.claim({ key: 'a', ...times }), { message: 'down' })
  isDown = false
  t.match(await store.claim({ key: 'a', ...times }), { state: 'claimed' })
})

t.test('what a handler writes through the transaction shares the fate of the claim', async t => {
  const pool = openPool(t, url)
  await pool.query('CREATE TABLE effects (note text)')
  const store = postgresIdempotency<PoolClient>({ pool, table: newTable(), transactional: true })
  const write = async (result: ClaimResult<PoolClient>, note: string) => {
    if (result.state !== 'claimed') throw new Error(`expected a claim, got ${result.state}`)
    await result.transaction.query('INSERT INTO effects VALUES ($1)', [note])
    return result
  }
  const notes = async () => (await pool.query('SELECT note FROM effects ORDER BY note')).rows.map(row => row.note)

  await (await write(await store.claim({ key: 'a', ...times }), 'released')).release()
  t.same(await notes(), [])

  const late = await write(await store.claim({ key: 'a', ...times }), 'late')
  const next = await write(await store.claim({ key: 'a', ...times, nowMs: 61_000 }), 'next')
  t.equal(await late.commit(61_000), false)
  t.equal(await next.commit(61_000), true)
  t.same(await notes(), ['next'])
})

t.test('a connection that breaks in a transaction does not end the process, nor go back to the pool', async t => {
  const pool = openPool(t, url, 1)
  const store = postgresIdempotency<PoolClient>({ pool, table: newTable(), transactional: true })
  const claim = await store.claim({ key: 'a', ...times })
  if (claim.state !== 'claimed') throw new Error('expected a claim')
  const { rows: [{ pid }] } = await claim.transaction.query('SELECT pg_backend_pid() AS pid')
  const broken = new Promise<void>(resolve => { claim.transaction.once('end', resolve) })
  await openPool(t, url, 1).query('SELECT pg_terminate_backend($1)', [pid])
  await broken

  await t.rejects(async () => claim.commit(1000))
  await claim.release()

  const next = await store.claim({ key: 'a', ...times })
  t.match(next, { state: 'claimed', attempt: 2 })
  t.ok(next.state === 'claimed' && await next.commit(1000))
})
