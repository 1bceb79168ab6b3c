import type { Kysely } from 'kysely'

export interface ConnectionTables {
  contactsheet_connections: {
    id: string
    app_key: string
    session_id: string
    /** App-scoped id, `/me` field `id`. */
    account_id: string
    /** `/me` field `user_id`; Meta's callbacks may name either. */
    professional_id: string | null
    username: string
    account_type: string
    status: 'connected' | 'reconnect'
    /** Encrypted; see auth/token-cipher.ts. */
    token: string
    token_issued_at_ms: number
    token_expires_at_ms: number
    /** Until then one node is refreshing the token and the others leave it alone. */
    refresh_lease_until_ms: number
    created_at_ms: number
  }
  contactsheet_sign_ins: {
    /** SHA-256 of the OAuth state, so that reading the table completes nobody's sign-in. */
    state_hash: string
    /** SHA-256 of the secret in the cookie of the browser that started it. */
    browser_hash: string
    /** SHA-256 of the dialog's `signIn` value; empty when a link started it. */
    ticket_hash: string
    app_key: string
    session_id: string
    /** Where a full-page sign-in goes back to; null in a popup. */
    return_to: string | null
    created_at_ms: number
    /** When the callback came; a state works once. */
    used_at_ms: number | null
    /** JSON of a `SignInOutcome`. */
    outcome: string | null
    outcome_at_ms: number | null
  }
  contactsheet_deletions: {
    code: string
    /** JSON of the accounts; null as soon as everything is erased. */
    accounts: string | null
    requested_at_ms: number
    completed_at_ms: number | null
  }
}

export async function up (database: Kysely<unknown>): Promise<void> {
  await createConnections(database)
  await createSignIns(database)
  await database.schema.createTable('contactsheet_deletions')
    .addColumn('code', 'text', column => column.primaryKey())
    .addColumn('accounts', 'text')
    .addColumn('requested_at_ms', 'bigint', column => column.notNull())
    .addColumn('completed_at_ms', 'bigint')
    .execute()
}

async function createConnections (database: Kysely<unknown>): Promise<void> {
  await database.schema.createTable('contactsheet_connections')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('app_key', 'text', column => column.notNull())
    .addColumn('session_id', 'text', column => column.notNull())
    .addColumn('account_id', 'text', column => column.notNull())
    .addColumn('professional_id', 'text')
    .addColumn('username', 'text', column => column.notNull())
    .addColumn('account_type', 'text', column => column.notNull())
    .addColumn('status', 'text', column => column.notNull())
    .addColumn('token', 'text', column => column.notNull())
    .addColumn('token_issued_at_ms', 'bigint', column => column.notNull())
    .addColumn('token_expires_at_ms', 'bigint', column => column.notNull())
    .addColumn('refresh_lease_until_ms', 'bigint', column => column.notNull().defaultTo(0))
    .addColumn('created_at_ms', 'bigint', column => column.notNull())
    .addUniqueConstraint('contactsheet_connections_session', ['app_key', 'session_id'])
    .execute()
  await database.schema.createIndex('contactsheet_connections_account').on('contactsheet_connections').columns(['app_key', 'account_id']).execute()
  await database.schema.createIndex('contactsheet_connections_expiry').on('contactsheet_connections').columns(['status', 'token_expires_at_ms']).execute()
}

async function createSignIns (database: Kysely<unknown>): Promise<void> {
  await database.schema.createTable('contactsheet_sign_ins')
    .addColumn('state_hash', 'text', column => column.primaryKey())
    .addColumn('browser_hash', 'text', column => column.notNull())
    .addColumn('ticket_hash', 'text', column => column.notNull())
    .addColumn('app_key', 'text', column => column.notNull())
    .addColumn('session_id', 'text', column => column.notNull())
    .addColumn('return_to', 'text')
    .addColumn('created_at_ms', 'bigint', column => column.notNull())
    .addColumn('used_at_ms', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('outcome_at_ms', 'bigint')
    .execute()
  await database.schema.createIndex('contactsheet_sign_ins_ticket').on('contactsheet_sign_ins').columns(['ticket_hash', 'outcome_at_ms']).execute()
  await database.schema.createIndex('contactsheet_sign_ins_age').on('contactsheet_sign_ins').column('created_at_ms').execute()
}
