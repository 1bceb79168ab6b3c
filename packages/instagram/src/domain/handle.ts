import { randomBytes } from 'node:crypto'

/** What every handle looks like: 20 characters, the shape that Filestack's own clients insist on. */
export const HANDLE_PATTERN = '^[A-Za-z0-9_-]{20}$'

/** A new random handle (120 bits, so that it cannot be guessed). */
export function newHandle (): string {
  return randomBytes(15).toString('base64url')
}
