import { addressOf, keyOf } from './place.ts'
import { request } from './request.ts'
import type { RequestOptions } from './types.ts'

/**
 * Disconnects this browser from Instagram.
 *
 * @throws {PickerError} 403 or 123
 */
export async function logout (options: RequestOptions = {}): Promise<void> {
  await request({ method: 'GET', address: addressOf(options, '/api/clients/unauth', { key: keyOf(options) }), withCredentials: true, codes: { 403: 403, other: 123 } }, options)
}
