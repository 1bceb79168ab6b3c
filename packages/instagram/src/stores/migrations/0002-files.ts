import { sql, type Generated, type Kysely } from 'kysely'

export interface FileTables {
  contactsheet_files: {
    id: Generated<number>
    handle: string
    app_key: string
    session_id: string | null
    filename: string
    mimetype: string
    size: number | null
    client: string
    created_at_ms: number
    modified_at_ms: number
    source_kind: 'instagram' | 'url' | 'stored'
    account_id: string | null
    media_id: string | null
    url: string | null
    location: string | null
    container: string | null
    key: string | null
    access: 'public' | 'private' | null
    sha256: string | null
  }
  contactsheet_outbox: {
    id: Generated<number>
    handle: string
    /** The event's JSON without its `id`, which is this row's. */
    event: string
    created_at_ms: number
    /** Not to be told before: the lease of the host that is telling it, or the pause after a refusal. */
    due_at_ms: number
    attempts: number
  }
  /** Keys in storage that no file row holds: being written, or to be removed. The sweep ends what a crash left here. */
  contactsheet_loose_objects: {
    id: Generated<number>
    location: string
    container: string
    key: string
    /** `writing` until its file row is committed; `doomed` bytes belong to nobody and may be removed by anybody. */
    state: 'writing' | 'doomed'
    /** When the sweep may take it. */
    due_at_ms: number
  }
}

export async function up (database: Kysely<unknown>, serial: 'sqlite' | 'postgres'): Promise<void> {
  const id = serial === 'sqlite' ? sql`integer primary key autoincrement` : sql`bigint generated always as identity primary key`
  await database.schema.createTable('contactsheet_files')
    .addColumn('id', id)
    .addColumn('handle', 'text', column => column.notNull().unique())
    .addColumn('app_key', 'text', column => column.notNull())
    .addColumn('session_id', 'text')
    .addColumn('filename', 'text', column => column.notNull())
    .addColumn('mimetype', 'text', column => column.notNull())
    .addColumn('size', 'bigint')
    .addColumn('client', 'text', column => column.notNull())
    .addColumn('created_at_ms', 'bigint', column => column.notNull())
    .addColumn('modified_at_ms', 'bigint', column => column.notNull())
    .addColumn('source_kind', 'text', column => column.notNull())
    .addColumn('account_id', 'text')
    .addColumn('media_id', 'text')
    .addColumn('url', 'text')
    .addColumn('location', 'text')
    .addColumn('container', 'text')
    .addColumn('key', 'text')
    .addColumn('access', 'text')
    .addColumn('sha256', 'text')
    .execute()
  await database.schema.createIndex('contactsheet_files_account').on('contactsheet_files').columns(['app_key', 'account_id', 'id']).execute()
  await database.schema.createIndex('contactsheet_files_key').on('contactsheet_files').columns(['location', 'container', 'key']).unique().execute()
  await database.schema.createTable('contactsheet_outbox')
    .addColumn('id', id)
    .addColumn('handle', 'text', column => column.notNull())
    .addColumn('event', 'text', column => column.notNull())
    .addColumn('created_at_ms', 'bigint', column => column.notNull())
    .addColumn('due_at_ms', 'bigint', column => column.notNull())
    .addColumn('attempts', 'integer', column => column.notNull())
    .execute()
  await database.schema.createIndex('contactsheet_outbox_handle').on('contactsheet_outbox').columns(['handle', 'id']).execute()
  await database.schema.createTable('contactsheet_loose_objects')
    .addColumn('id', id)
    .addColumn('location', 'text', column => column.notNull())
    .addColumn('container', 'text', column => column.notNull())
    .addColumn('key', 'text', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('due_at_ms', 'bigint', column => column.notNull())
    .addUniqueConstraint('contactsheet_loose_objects_key', ['location', 'container', 'key'])
    .execute()
}
