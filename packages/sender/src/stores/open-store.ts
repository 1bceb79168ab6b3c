import type { DeliveryStore } from './delivery-store.ts'
import { openSqliteStore } from './sqlite-store.ts'

/**
 * Opens the store that a `database` option names: a file, `:memory:`, or a PostgreSQL address.
 *
 * @throws {SenderError} SENDER_DATABASE_LOCKED, SENDER_DATABASE_UNREADABLE
 */
export async function openStore (database: string): Promise<DeliveryStore> {
  return openSqliteStore(database)
}
