import type { Insertable, Selectable } from 'kysely'
import type { FileRecord, FileSource, NewFile } from '../domain/file.ts'
import type { Tables } from './database.ts'

type Row = Selectable<Tables['contactsheet_files']>

/** A file as its table keeps it. */
export function toRow (file: NewFile): Insertable<Tables['contactsheet_files']> {
  const { source } = file
  return {
    handle: file.handle,
    app_key: file.appKey,
    session_id: file.sessionId === '' ? null : file.sessionId ?? null,
    filename: file.filename,
    mimetype: file.mimetype,
    size: file.size ?? null,
    client: file.client,
    created_at_ms: file.createdAtMs,
    modified_at_ms: file.modifiedAtMs,
    source_kind: source.kind,
    account_id: file.origin?.accountId ?? null,
    media_id: file.origin?.mediaId ?? null,
    url: source.kind === 'url' ? source.url : null,
    ...(source.kind === 'stored'
      ? { location: source.location, container: source.container, key: source.key, access: source.access, sha256: source.sha256 }
      : { location: null, container: null, key: null, access: null, sha256: null })
  }
}

export function fromRow (row: Row): FileRecord {
  const origin = row.account_id === null ? undefined : { accountId: row.account_id, mediaId: row.media_id ?? '' }
  return {
    id: row.id,
    handle: row.handle,
    appKey: row.app_key,
    sessionId: row.session_id ?? undefined,
    filename: row.filename,
    mimetype: row.mimetype,
    size: row.size ?? undefined,
    client: row.client,
    createdAtMs: row.created_at_ms,
    modifiedAtMs: row.modified_at_ms,
    source: sourceOf(row),
    origin
  }
}

function sourceOf (row: Row): FileSource {
  if (row.source_kind === 'instagram') return { kind: 'instagram', accountId: row.account_id ?? '', mediaId: row.media_id ?? '' }
  if (row.source_kind === 'url') return { kind: 'url', url: row.url ?? '' }
  return {
    kind: 'stored',
    location: row.location ?? '',
    container: row.container ?? '',
    key: row.key ?? '',
    access: row.access ?? 'private',
    sha256: row.sha256 ?? ''
  }
}
