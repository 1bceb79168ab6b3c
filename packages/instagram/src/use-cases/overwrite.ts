import { dirname } from 'node:path/posix'
import type { Readable } from 'node:stream'
import { overwriteEvent } from '../domain/file-event.ts'
import type { FileRules } from '../domain/file-rules.ts'
import type { FileRecord } from '../domain/file.ts'
import { ContactsheetError } from '../errors.ts'
import { copy } from './copy.ts'
import { storedSource, type SaveServices } from './save.ts'

export interface OverwriteRequest {
  body: Readable
  /** Empty keeps the name that the file has. */
  filename: string
  mimetype: string | undefined
  rules: FileRules
  signal?: AbortSignal
}

/**
 * Puts other bytes behind a handle. They get a key of their own beside the old one, so that readers and crashes meet either
 * the old file or the new, never a mixture.
 *
 * @throws {ContactsheetError} FILE_NOT_WRITEABLE for a symlink; FILE_CHANGED when another call changed the file meanwhile
 */
export async function overwrite (services: SaveServices, record: FileRecord, urlOf: (record: FileRecord) => string, request: OverwriteRequest): Promise<FileRecord> {
  const { source } = record
  if (source.kind !== 'stored') {
    request.body.destroy()
    throw new ContactsheetError('FILE_NOT_WRITEABLE', 'a link cannot be written to, only a stored copy can')
  }
  const folder = dirname(source.key)
  const copied = await copy(services, {
    ...request,
    filename: request.filename === '' ? record.filename : request.filename,
    location: source.location,
    container: source.container,
    path: folder === '.' ? undefined : `${folder}/`
  })
  const time = Math.max(services.now(), record.modifiedAtMs + 1)
  const after: FileRecord = {
    ...record,
    filename: copied.filename,
    mimetype: copied.mimetype,
    size: copied.size,
    modifiedAtMs: time,
    source: storedSource(copied, source.access)
  }
  const doomed = await services.sweep.guard(copied.object, async () =>
    await services.files.replace(record, after, overwriteEvent(after, urlOf(after), time), copied.object))
  if (doomed !== undefined) await services.sweep.clear(doomed)
  return after
}
