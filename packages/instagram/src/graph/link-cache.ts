import { LRUCache } from 'lru-cache'
import type { AccountReference, MediaItem } from '../domain/media.ts'

const MINUTE_MS = 60_000
const MOST_ITEMS = 20_000
/** A download may still be under way when the link dies. */
const MARGIN_MS = 15 * MINUTE_MS
/** For links that do not say when they die. */
const UNKNOWN_LIFE_MS = 10 * MINUTE_MS
/** Even a link that lives for days is looked up again now and then, so that a deleted photo disappears. */
const LONGEST_LIFE_MS = 6 * 60 * MINUTE_MS

export type LookUp = (account: AccountReference, mediaId: string) => Promise<MediaItem | undefined>

/** Remembers items with their CDN links until shortly before the links die. In memory only: links are never stored. */
export interface LinkCache {
  /** The item from memory, or looked up: once, however many ask for it at the same time. */
  get (account: AccountReference, mediaId: string): Promise<MediaItem | undefined>
  /** Keeps an item and its children. */
  keep (account: AccountReference, item: MediaItem): void
  /** The link did not work: the next `get` looks it up. */
  forgetItem (account: AccountReference, mediaId: string): void
  forgetAccount (account: AccountReference): void
}

export function createLinkCache (lookUp: LookUp, now: () => number): LinkCache {
  const items = new LRUCache<string, MediaItem>({ max: MOST_ITEMS, perf: { now }, ttlResolution: 0 })
  // Not the cache's own `fetch`: there, whoever keeps or forgets an item meanwhile breaks the look-up of those who wait for it.
  const underway = new Map<string, Promise<MediaItem | undefined>>()
  const prefixOf = ({ appKey, accountId }: AccountReference) => `${JSON.stringify([appKey, accountId])} `
  const remember = (key: string, item: MediaItem) => items.set(key, item, { ttl: lifeMs(item, now()) })

  const lookUpNow = async (key: string, account: AccountReference, mediaId: string): Promise<MediaItem | undefined> => {
    const item = await lookUp(account, mediaId)
    if (item !== undefined) remember(key, item)
    return item
  }

  return {
    async get (account, mediaId) {
      const key = prefixOf(account) + mediaId
      const known = items.get(key)
      if (known !== undefined) return known
      const running = underway.get(key) ?? lookUpNow(key, account, mediaId).finally(() => underway.delete(key))
      underway.set(key, running)
      return await running
    },
    keep (account, item) {
      for (const one of [item, ...item.children ?? []]) remember(prefixOf(account) + one.id, one)
    },
    forgetItem (account, mediaId) {
      items.delete(prefixOf(account) + mediaId)
    },
    forgetAccount (account) {
      const prefix = prefixOf(account)
      for (const key of [...items.keys()]) if (key.startsWith(prefix)) items.delete(key)
    }
  }
}

/** How long an item may be remembered, at least 1 ms: until shortly before `oe` of its link, which is hexadecimal seconds. */
export function lifeMs (item: MediaItem, nowMs: number): number {
  const links = [item, ...item.children ?? []].flatMap(one => one.url ?? [])
  const lives = links.map(link => {
    const oe = new URL(link).searchParams.get('oe') ?? ''
    return /^[0-9a-f]{1,10}$/i.test(oe) ? parseInt(oe, 16) * 1000 - nowMs - MARGIN_MS : UNKNOWN_LIFE_MS
  })
  return Math.max(1, Math.floor(Math.min(LONGEST_LIFE_MS, ...lives)))
}
