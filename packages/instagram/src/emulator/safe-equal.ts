import { timingSafeEqual } from 'node:crypto'

/** Compares in constant time; different lengths are unequal. */
export function safeEqual (left: Buffer | string, right: Buffer | string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
