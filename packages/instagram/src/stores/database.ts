import type { Kysely } from 'kysely'
import type { ConnectionTables } from './migrations/0001-connections.ts'
import type { FileTables } from './migrations/0002-files.ts'

/** Every table of the plugin; each migration declares the tables it makes. */
export interface Tables extends ConnectionTables, FileTables {}

export type Database = Kysely<Tables>
