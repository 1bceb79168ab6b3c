import type { Test } from 'tap'
import type { Database } from '../../src/stores/database.ts'
import { openDatabase } from '../../src/stores/open-database.ts'

/** Opens the same empty database as often as a test wants hosts. */
export interface FreshDatabase {
  address: string
  open: () => Promise<Database>
}

type Fresh = (t: Test) => Promise<FreshDatabase>

/** What a store promises on any database: run on SQLite by the store's own test, on PostgreSQL by `postgres.test.ts`. */
export type StoreSuite = (t: Test, fresh: Fresh) => Promise<void>

/** Makes empty databases at the addresses that are answered. */
export function freshAt (addressOf: (t: Test) => Promise<string>): Fresh {
  return async t => {
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
}

export const onSqlite = freshAt(async t => `${t.testdir()}/contactsheet.sqlite`)
