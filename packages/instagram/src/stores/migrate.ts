import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import type { Database } from './database.ts'
import * as connections from './migrations/0001-connections.ts'
import * as files from './migrations/0002-files.ts'

export type DatabaseKind = 'sqlite' | 'postgres'

/** In order; a released one is never edited. */
const MIGRATIONS = { '0001-connections': connections, '0002-files': files }

/** Brings the tables up to date. Several nodes may start at once: Kysely's lock lets one of them do it. */
export async function migrate (database: Database, kind: DatabaseKind): Promise<void> {
  const migrations = Object.fromEntries(Object.entries(MIGRATIONS).map(([name, { up }]): [string, Migration] =>
    [name, { up: (inside: Kysely<unknown>) => up(inside, kind) }]))
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'contactsheet_migrations',
    migrationLockTableName: 'contactsheet_migrations_lock'
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
