import { LRUCache } from 'lru-cache'
import type { AccountReference, MediaItem } from '../domain/media.ts'

const MINUTE_MS = 60_000
/** A download may still be under way when the link dies. */
const MARGIN_MS = 15 * MINUTE_MS
/** For links that do not say when they die. */
const UNKNOWN_LIFE_MS = 10 * MINUTE_MS
/** Even a link that lives for days is looked up again now and then, so that a deleted photo disappears. */
const LONGEST_LIFE_MS = 6 * 60 * MINUTE_MS

/** Remembers items with their CDN links until shortly before the links die. In memory only: links are never stored. */
export interface LinkCache {
  get (account: AccountReference, mediaId: string): MediaItem | undefined
  /** Keeps the item and its children. */
  keep (account: AccountReference, item: MediaItem): void
  forgetMedia (account: AccountReference, mediaId: string): void
  forgetAccount (account: AccountReference): void
}

export function createLinkCache (now: () => number, max = 20_000): LinkCache {
  const entries = new LRUCache<string, { item: MediaItem, goodUntilMs: number }>({ max })
  const prefix = ({ appKey, accountId }: AccountReference) => `${JSON.stringify([appKey, accountId])} `

  return {
    get (account, mediaId) {
      const entry = entries.get(prefix(account) + mediaId)
      return entry !== undefined && entry.goodUntilMs > now() ? entry.item : undefined
    },
    keep (account, item) {
      for (const one of [item, ...item.children ?? []]) {
        if (one.url !== undefined) entries.set(prefix(account) + one.id, { item: one, goodUntilMs: goodUntilMs(one.url, now()) })
      }
    },
    forgetMedia (account, mediaId) {
      entries.delete(prefix(account) + mediaId)
    },
    forgetAccount (account) {
      for (const key of entries.keys()) if (key.startsWith(prefix(account))) entries.delete(key)
    }
  }
}

/**
 * Until when a link may be used: shortly before `oe`, hexadecimal seconds.
 *
 * @see https://developers.facebook.com/docs/instagram-platform/reference/instagram-media (links expire)
 */
export function goodUntilMs (url: string, nowMs: number): number {
  const oe = new URL(url).searchParams.get('oe') ?? ''
  const diesAtMs = /^[0-9a-f]{1,10}$/i.test(oe) ? parseInt(oe, 16) * 1000 : nowMs + UNKNOWN_LIFE_MS + MARGIN_MS
  return Math.min(diesAtMs - MARGIN_MS, nowMs + LONGEST_LIFE_MS)
}
