import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Converter } from '../domain/ports.ts'
import { ENCODER_VERSION, type EncoderMode } from './encode.ts'

type Subject = Parameters<Converter['etag']>[0]

const MAX_KEYS = 4_096

/** The identity of a result before it exists: equal keys, equal bytes. Those asked for lately are remembered. */
export function createResultKeys (mode: EncoderMode): (subject: Subject) => string {
  const keys = new LRUCache<string, string>({ max: MAX_KEYS })
  return ({ contentKey, plan, overlay }) => {
    const text = JSON.stringify([ENCODER_VERSION, mode, contentKey, plan.key, overlay?.contentKey])
    const key = keys.get(text) ?? createHash('sha256').update(text).digest('base64url')
    keys.set(text, key)
    return key
  }
}

/** A strong entity tag. @see RFC 9110, section 8.8.3 */
export function etagOf (key: string): string {
  return `"${key.slice(0, 27)}"`
}
