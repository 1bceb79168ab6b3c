import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AccountReference } from '../domain/media.ts'
import { deriveKey } from './derive-key.ts'

const DAY_MS = 24 * 60 * 60_000
const MAC_BYTES = 32

export interface ThumbnailTarget extends AccountReference {
  mediaId: string
}

/** Addresses of previews: signed, good for one to two days, and the same text all day so that browsers cache them. */
export interface ThumbnailLinks {
  /** A path on this server. */
  pathOf (account: AccountReference, mediaId: string): string
  /** What a token stands for, or `undefined` when we did not sign it or it is too old. */
  read (token: string): ThumbnailTarget | undefined
}

export function createThumbnailLinks (secrets: readonly string[], prefix: string, now: () => number): ThumbnailLinks {
  const keys = secrets.map(secret => deriveKey(secret, 'thumbnail link'))
  const sign = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()

  return {
    pathOf ({ appKey, accountId }, mediaId) {
      const expiresOnDay = Math.floor(now() / DAY_MS) + 2
      const text = Buffer.from(JSON.stringify([appKey, accountId, mediaId, expiresOnDay])).toString('base64url')
      const [key] = keys
      if (key === undefined) throw new TypeError('signing needs a secret')
      return `${prefix === '/' ? '' : prefix}/api/thumbnail/${text}.${sign(key, text).toString('base64url')}`
    },
    read (token) {
      const [text = '', signature = ''] = token.split('.')
      const given = Buffer.from(signature, 'base64url')
      if (!keys.some(key => given.length === MAC_BYTES && timingSafeEqual(sign(key, text), given))) return undefined
      const [appKey, accountId, mediaId, expiresOnDay] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, string, string, number]
      return expiresOnDay * DAY_MS > now() ? { appKey, accountId, mediaId } : undefined
    }
  }
}
