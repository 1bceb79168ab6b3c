import { blobOfAnswer, urlOf, type FileAnswer } from '../blob.ts'
import { PickerError } from '../errors.ts'
import { addressOf, keyOf } from '../place.ts'
import { requestJson, type CodesByStatus } from '../request.ts'
import type { BlobOrUrl, FileBlob, StoreOptions } from '../types.ts'

const DATA_CODES: CodesByStatus = { 400: 122, 403: 403, 404: 121, other: 123 }
const URL_CODES: CodesByStatus = { 400: 152, 403: 403, 404: 151, other: 153 }

/**
 * Stores a text, a file, the file of an input, or what a blob's url leads to.
 *
 * @throws {PickerError} 115 for an empty input; 121, 122, 123 and 403; for a blob 151, 152, 153
 */
export async function store (input: string | Blob | HTMLInputElement | Exclude<BlobOrUrl, string>, options: StoreOptions = {}): Promise<FileBlob> {
  if (typeof input === 'string') {
    const mimetype = options.mimetype ?? 'text/plain'
    const body = new Blob([input], { type: mimetype })
    return blobOfAnswer(await requestJson<FileAnswer>({ method: 'POST', address: storeAddress({ ...options, mimetype }), body, headers: { 'content-type': mimetype }, codes: DATA_CODES }, options))
  }
  if (isFileInput(input)) {
    const [file] = input.files ?? []
    if (file === undefined) throw new PickerError(115)
    return await store(file, options)
  }
  if (!(input instanceof Blob)) return await storeUrl(urlOf(input), input.filename === undefined ? options : { filename: input.filename, ...options })
  const filename = options.filename ?? (input instanceof File ? input.name : undefined)
  const address = storeAddress(filename === undefined ? options : { ...options, filename })
  return blobOfAnswer(await requestJson<FileAnswer>({ method: 'POST', address, body: formOf(input, filename), codes: DATA_CODES }, options))
}

/**
 * Stores what an address leads to; the server fetches it.
 *
 * @throws {PickerError} 151, 152, 153 and 403
 */
export async function storeUrl (url: string, options: StoreOptions = {}): Promise<FileBlob> {
  return blobOfAnswer(await requestJson<FileAnswer>({ method: 'POST', address: storeAddress(options), body: new URLSearchParams({ url }), codes: URL_CODES }, options))
}

/** The one field name that servers of this kind read. */
export function formOf (file: Blob, filename?: string): FormData {
  const form = new FormData()
  if (filename === undefined) form.append('fileUpload', file)
  else form.append('fileUpload', file, filename)
  return form
}

export function isFileInput (input: unknown): input is HTMLInputElement {
  return input instanceof HTMLInputElement && input.type === 'file'
}

function storeAddress (options: StoreOptions): string {
  const { filename, mimetype, path, container, access, base64decode, policy, signature } = options
  return addressOf(options, `/api/store/${encodeURIComponent(options.location ?? 'S3')}`, {
    key: keyOf(options), filename, mimetype, path, container, access, base64decode: base64decode || undefined, policy, signature
  })
}
