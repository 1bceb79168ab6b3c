import { fileUrl, urlOf } from '../blob.ts'
import { PickerError } from '../errors.ts'
import type { BlobOrUrl, FileBlob, RequestOptions } from '../types.ts'
import { stat } from './stat.ts'

/**
 * Saves a file to the person's computer, the one place to export to: Instagram takes no files.
 *
 * @returns the blob that was saved
 * @throws {PickerError} 132 when the file cannot be had
 */
export async function exportFile (input: BlobOrUrl, options: RequestOptions & { suggestedFilename?: string } = {}): Promise<FileBlob> {
  const { filename = '', mimetype = '', size } = await stat(input, options).catch(() => { throw new PickerError(132) })
  const link = document.createElement('a')
  const address = new URL(urlOf(input))
  address.searchParams.set('dl', 'true')
  if (options.policy !== undefined) address.searchParams.set('policy', options.policy)
  if (options.signature !== undefined) address.searchParams.set('signature', options.signature)
  link.href = address.href
  link.download = options.suggestedFilename ?? filename
  link.click()
  return { url: fileUrl(input), filename: link.download, mimetype, ...(size === undefined ? {} : { size }), client: 'Computer', isWriteable: true }
}
