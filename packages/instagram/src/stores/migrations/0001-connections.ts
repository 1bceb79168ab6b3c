import type { Kysely } from 'kysely'

export interface ConnectionTables {
  contactsheet_connections: {
    id: string
    app_key: string
    session_id: string
    account_id: string
    username: string
    account_type: string
    status: 'connected' | 'reconnect'
    /** Encrypted; see auth/token-cipher.ts. */
    token: string
    token_issued_at_ms: number
    token_expires_at_ms: number
    created_at_ms: number
  }
}

export async function up (database: Kysely<unknown>): Promise<void> {
  await database.schema.createTable('contactsheet_connections')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('app_key', 'text', column => column.notNull())
    .addColumn('session_id', 'text', column => column.notNull())
    .addColumn('account_id', 'text', column => column.notNull())
    .addColumn('username', 'text', column => column.notNull())
    .addColumn('account_type', 'text', column => column.notNull())
    .addColumn('status', 'text', column => column.notNull())
    .addColumn('token', 'text', column => column.notNull())
    .addColumn('token_issued_at_ms', 'bigint', column => column.notNull())
    .addColumn('token_expires_at_ms', 'bigint', column => column.notNull())
    .addColumn('created_at_ms', 'bigint', column => column.notNull())
    .addUniqueConstraint('contactsheet_connections_session', ['app_key', 'session_id'])
    .execute()
  await database.schema.createIndex('contactsheet_connections_account').on('contactsheet_connections').columns(['app_key', 'account_id']).execute()
}
