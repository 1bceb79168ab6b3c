import type { EventDraft } from './event.ts'
import type { FileRecord } from './file.ts'

/**
 * What is told when a handle is made, with exactly the fields of Filestack's page: a stored file says where it is.
 *
 * @param url - absolute address of the file
 */
export function uploadEvent (record: FileRecord, url: string, nowMs: number): EventDraft {
  const { filename, client, mimetype: type, source } = record
  // A link whose source did not say its size has none to tell: the original leaves the field out too.
  const { size } = record as { size: number }
  const text = source.kind === 'stored'
    ? { container: source.container, url, filename, client, key: source.key, type, size }
    : { url, client, type, filename, size }
  return { action: 'fp.upload', timestamp: seconds(nowMs), text }
}

/** What is told when the bytes behind a handle were replaced. */
export function overwriteEvent ({ mimetype, filename, client, size }: FileRecord, url: string, nowMs: number): EventDraft {
  return { action: 'fp.overwrite', timestamp: seconds(nowMs), text: { mimetype, url, isWriteable: true, filename, client, size: size ?? 0 } }
}

/** What is told when a handle was ended. */
export function deleteEvent (url: string, nowMs: number): EventDraft {
  return { action: 'fp.delete', timestamp: seconds(nowMs), text: { url } }
}

function seconds (milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
