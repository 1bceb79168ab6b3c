import { createHash } from 'node:crypto'
import type { Converter } from '../domain/ports.ts'
import { ENCODER_VERSION, type EncoderMode } from './encode.ts'

/** The identity of a result before it exists: equal keys, equal bytes. */
export function resultKey ({ contentKey, plan, overlay }: Parameters<Converter['etag']>[0], mode: EncoderMode): string {
  return createHash('sha256').update(JSON.stringify([ENCODER_VERSION, mode, contentKey, plan.key, overlay?.contentKey])).digest('base64url')
}

/** A strong entity tag. @see RFC 9110, section 8.8.3 */
export function etagOf (key: string): string {
  return `"${key.slice(0, 27)}"`
}
