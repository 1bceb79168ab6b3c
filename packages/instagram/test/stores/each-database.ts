import type { Test } from 'tap'
import type { Database } from '../../src/stores/database.ts'
import { openDatabase } from '../../src/stores/open-database.ts'
import { startPostgres } from '../postgres.ts'

/** Opens the same empty database as often as a test wants hosts. */
export interface FreshDatabase {
  address: string
  open: () => Promise<Database>
}

/** Runs a suite on SQLite and on PostgreSQL. */
export async function onEachDatabase (t: Test, suite: (t: Test, fresh: (t: Test) => Promise<FreshDatabase>) => Promise<void>): Promise<void> {
  const freshAt = (addressOf: (t: Test) => Promise<string>) => async (t: Test): Promise<FreshDatabase> => {
    const address = await addressOf(t)
    return {
      address,
      async open () {
        const database = await openDatabase(address)
        t.teardown(async () => { await database.destroy() })
        return database
      }
    }
  }
  await t.test('SQLite', async t => { await suite(t, freshAt(async t => `${t.testdir()}/contactsheet.sqlite`)) })
  await t.test('PostgreSQL', async t => {
    const newDatabase = await startPostgres(t)
    await suite(t, freshAt(async () => await newDatabase()))
  })
}
