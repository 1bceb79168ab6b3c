import { blobOfAnswer, fileUrl, urlOf, type FileAnswer } from '../blob.ts'
import { PickerError } from '../errors.ts'
import { keyOf } from '../place.ts'
import { requestJson, type Call } from '../request.ts'
import type { BlobOrUrl, FileBlob, RequestOptions } from '../types.ts'
import { formOf, isFileInput } from './store.ts'

export interface WriteOptions extends RequestOptions {
  mimetype?: string
  /** The text is Base64 of the bytes. */
  base64decode?: boolean
}

/**
 * Puts new content into a stored file, whose url stays the same.
 *
 * @throws {PickerError} 115 for an empty input; 121, 122, 123 and 403
 */
export async function write (target: BlobOrUrl, input: string | Blob | HTMLInputElement | Exclude<BlobOrUrl, string>, options: WriteOptions = {}): Promise<FileBlob> {
  if (typeof input === 'string') {
    const mimetype = options.mimetype ?? 'text/plain'
    return await send(target, { ...options, mimetype }, { body: new Blob([input], { type: mimetype }), headers: { 'content-type': mimetype } })
  }
  if (isFileInput(input)) {
    const [file] = input.files ?? []
    if (file === undefined) throw new PickerError(115)
    return await write(target, file, options)
  }
  if (!(input instanceof Blob)) return await writeUrl(target, urlOf(input), options)
  return await send(target, { ...options, mimetype: options.mimetype ?? input.type }, { body: formOf(input) })
}

/**
 * Puts what an address leads to into a stored file.
 *
 * @throws {PickerError} 121, 122, 123 and 403
 */
export async function writeUrl (target: BlobOrUrl, url: string, options: WriteOptions = {}): Promise<FileBlob> {
  return await send(target, options, { body: new URLSearchParams({ url }) })
}

async function send (target: BlobOrUrl, options: WriteOptions, call: Pick<Call, 'body' | 'headers'>): Promise<FileBlob> {
  const address = new URL(fileUrl(target))
  const { mimetype, base64decode, policy, signature } = options
  for (const [name, value] of Object.entries({ key: keyOf(options), mimetype, base64decode: base64decode || undefined, policy, signature })) {
    if (value !== undefined && value !== '') address.searchParams.set(name, String(value))
  }
  return blobOfAnswer(await requestJson<FileAnswer>({ ...call, method: 'POST', address: address.href, withCredentials: true, codes: { 400: 122, 403: 403, 404: 121, other: 123 } }, options))
}
