import { createHash } from 'node:crypto'

/** SHA-256. Secrets of browsers are stored only so: whoever reads the tables can use none of them. */
export function hashOf (secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
