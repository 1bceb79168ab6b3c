import { createHash } from 'node:crypto'
import type { Converter } from '../domain/ports.ts'
import { ENCODER_VERSION, type EncoderMode } from './encode.ts'

type Subject = Parameters<Converter['etag']>[0]

/** As many characters of the hash as tell any two results apart (162 bits). */
const KEY_LENGTH = 27

/** The identity of a result before it exists: equal keys, equal bytes. */
export function resultKeyOf (mode: EncoderMode, { contentKey, plan, overlay }: Subject): string {
  const text = JSON.stringify([ENCODER_VERSION, mode, contentKey, plan.key, overlay?.contentKey])
  return createHash('sha256').update(text).digest('base64url').slice(0, KEY_LENGTH)
}

/** A strong entity tag. @see RFC 9110, section 8.8.3 */
export function etagOf (key: string): string {
  return `"${key}"`
}

export function keyOfEtag (etag: string): string {
  return etag.slice(1, -1)
}
