import { blobOfAnswer, fileUrl, type FileAnswer } from '../blob.ts'
import { PickerError } from '../errors.ts'
import { keyOf } from '../place.ts'
import { requestJson } from '../request.ts'
import type { BlobOrUrl, FileBlob, RequestOptions, StoreTarget } from '../types.ts'
import type { Conversion } from './conversion.ts'

/**
 * Makes a new stored file out of a blob; the blob stays as it is.
 *
 * @param store - where the new file is kept
 * @throws {PickerError} 141, 142, 143 and 403; 142 without a call for a blob that is neither an image nor a PDF
 */
export async function convert (input: BlobOrUrl, conversion: Conversion, store: StoreTarget = {}, options: RequestOptions = {}): Promise<FileBlob> {
  if (typeof input !== 'string' && input.mimetype !== undefined && !/^(image\/|application\/pdf$)/i.test(input.mimetype)) throw new PickerError(142)
  const fields: Record<string, unknown> = {
    ...conversion,
    key: keyOf(options),
    storeLocation: store.location,
    storePath: store.path,
    storeContainer: store.container,
    storeAccess: store.access ?? 'private',
    policy: options.policy,
    signature: options.signature
  }
  return blobOfAnswer(await requestJson<FileAnswer>({ method: 'POST', address: `${fileUrl(input)}/convert`, body: formFields(fields), codes: { 400: 142, 403: 403, 404: 141, other: 143 } }, options))
}

export function formFields (fields: Record<string, unknown>): URLSearchParams {
  return new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]))
}
