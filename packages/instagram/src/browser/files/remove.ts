import { fileUrl } from '../blob.ts'
import { keyOf } from '../place.ts'
import { request } from '../request.ts'
import type { BlobOrUrl, RequestOptions } from '../types.ts'
import { formFields } from './convert.ts'

/**
 * Ends a file: its url stops working and a stored copy is deleted. A photo at Instagram stays there.
 *
 * @throws {PickerError} 171, 172, 400 and 403
 */
export async function remove (input: BlobOrUrl, options: RequestOptions = {}): Promise<void> {
  const { policy, signature } = options
  await request({
    method: 'POST',
    address: `${fileUrl(input)}/remove`,
    body: formFields({ key: keyOf(options), policy, signature }),
    withCredentials: true,
    codes: { 400: 400, 403: 403, 404: 171, other: 172 }
  }, options)
}
