import { hkdfSync } from 'node:crypto'

const KEY_BYTES = 32

/**
 * The key that one of the host's secrets gives for one purpose, so that what was made for one can never pass as something else.
 *
 * @see RFC 5869 (HKDF)
 */
export function deriveKey (secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'contactsheet', purpose, KEY_BYTES))
}
