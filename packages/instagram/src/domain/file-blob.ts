import { Type, type Static } from 'typebox'
import type { FileRecord } from './file.ts'

const Fields = {
  filename: Type.String(),
  type: Type.String(),
  size: Type.Optional(Type.Integer()),
  key: Type.Optional(Type.String()),
  container: Type.Optional(Type.String()),
  path: Type.Optional(Type.String())
}

/** What REST calls answer: Filepicker's names, so `type` and not `mimetype`. */
export const FileBlob = Type.Object({ url: Type.String(), ...Fields, writeable: Type.Boolean() })
export type FileBlob = Static<typeof FileBlob>

/** What the dialog hands to the page that opened it. @see https://github.com/filestack-archive/filepicker-js */
export const DialogPayload = Type.Object({
  url: Type.String(),
  data: Type.Object({ ...Fields, client: Type.String(), id: Type.Integer() })
})
export type DialogPayload = Static<typeof DialogPayload>

export function toBlob (record: FileRecord, url: string): FileBlob {
  return { url, filename: record.filename, type: record.mimetype, ...sizeOf(record), ...placeOf(record), writeable: record.source.kind === 'stored' }
}

export function toDialogPayload (record: FileRecord, url: string): DialogPayload {
  const { filename, mimetype: type, client, id } = record
  return { url, data: { filename, type, ...sizeOf(record), ...placeOf(record), client, id } }
}

function sizeOf ({ size }: FileRecord): { size?: number } {
  return size === undefined ? {} : { size }
}

function placeOf ({ source }: FileRecord): { key?: string, container?: string } {
  return source.kind === 'stored' ? { key: source.key, container: source.container } : {}
}
