import type { DeliveryStore } from './delivery-store.ts'
import { openPostgresStore } from './postgres-store.ts'
import { openSqliteStore } from './sqlite-store.ts'

/**
 * Opens the store that a `database` option names: a file, `:memory:`, or a PostgreSQL address.
 *
 * @param onError - told what fails in the background of a PostgreSQL connection
 * @throws {SenderError} SENDER_DATABASE_LOCKED, SENDER_DATABASE_UNREADABLE, SENDER_DRIVER_MISSING
 */
export async function openStore (database: string, onError: (error: Error) => void = () => {}): Promise<DeliveryStore> {
  return isPostgres(database) ? await openPostgresStore(database, { onError }) : openSqliteStore(database)
}

/** Whether a `database` option names a PostgreSQL database. */
export function isPostgres (database: string): boolean {
  return /^postgres(ql)?:\/\//.test(database)
}
