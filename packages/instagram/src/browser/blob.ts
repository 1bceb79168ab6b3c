import type { BlobOrUrl, FileBlob } from './types.ts'

/** What the dialog sends for one file. */
export interface DialogPayload { url: string, data: { filename: string, type: string, size?: number, key?: string, container?: string, path?: string, client?: string, id?: number } }

const EXTRAS = ['id', 'key', 'container', 'path', 'client'] as const

/** A blob out of the dialog's answer; it is always said to be writeable, as it has always been. */
export function blobOfPayload ({ url, data }: DialogPayload): FileBlob {
  const extras = Object.fromEntries(EXTRAS.filter(name => data[name] !== undefined).map(name => [name, data[name]]))
  return { url, filename: data.filename, mimetype: data.type, ...(data.size === undefined ? {} : { size: data.size }), ...extras, isWriteable: true }
}

/** What the file routes answer, in the spellings that they have had. */
export interface FileAnswer { url: string, filename?: string, name?: string, type?: string, mimetype?: string, size?: number, key?: string, s3_key?: string, container?: string, isWriteable?: boolean, writeable?: boolean }

/** A blob out of an answer of the file routes. */
export function blobOfAnswer (answer: FileAnswer): FileBlob {
  const key = answer.key ?? answer.s3_key
  return {
    url: answer.url,
    filename: answer.filename ?? answer.name ?? '',
    mimetype: answer.mimetype ?? answer.type ?? '',
    ...(answer.size === undefined ? {} : { size: answer.size }),
    ...(key === undefined ? {} : { key }),
    ...(answer.container === undefined ? {} : { container: answer.container }),
    isWriteable: answer.isWriteable ?? answer.writeable ?? false
  }
}

/** The file's own address, without a conversion at its end. */
export function fileUrl (input: BlobOrUrl): string {
  return urlOf(input).replace(/\/convert(\?.*)?$/, '')
}

export function urlOf (input: BlobOrUrl): string {
  return typeof input === 'string' ? input : input.url
}
