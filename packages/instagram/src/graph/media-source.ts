import type { AccountReference, MediaItem, MediaPage } from '../domain/media.ts'
import type { MediaSource } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'
import type { Connections } from '../stores/connections.ts'
import type { GraphClient } from './client.ts'
import { explain, photoGone } from './explain.ts'
import { createLinkCache } from './link-cache.ts'
import { createMediaReader } from './media-reader.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** How many pages without a photo are passed over before the caller is asked to go on. */
const MOST_EMPTY_PAGES = 5
const DEADLINE_MS = 20_000

export interface MediaSourceOptions {
  client: GraphClient
  tokens: TokenKeeper
  connections: Pick<Connections, 'isConnected'>
  now: () => number
}

export interface InstagramMedia extends MediaSource {
  /** Forgets every link of the account in this process. */
  forget (account: AccountReference): void
}

/** Instagram as the use cases need it. Every promise of it ends in the package's own errors. */
export function createMediaSource ({ client, tokens, connections, now }: MediaSourceOptions): InstagramMedia {
  const reader = createMediaReader(client, tokens)
  const links = createLinkCache(async (account, mediaId) => await reader.item(account, mediaId, AbortSignal.timeout(DEADLINE_MS)), now)

  const pages = async (account: AccountReference, { after, limit = 25, videos = false }: ListPage, signal: AbortSignal): Promise<MediaPage> => {
    let cursor = after
    for (let empty = 0; empty < MOST_EMPTY_PAGES; empty++) {
      const page = await reader.page(account, { limit, ...(cursor === undefined ? {} : { after: cursor }) }, signal)
      for (const item of page.items) links.keep(account, item)
      const items = videos ? page.items : page.items.filter(item => item.kind !== 'video')
      if (page.after === undefined || page.after === cursor) return { items }
      if (items.length > 0) return { items, after: page.after }
      cursor = page.after
    }
    return { items: [], ...(cursor === undefined ? {} : { after: cursor }) }
  }

  const withLink = async (account: AccountReference, mediaId: string): Promise<MediaItem & { url: string }> => {
    if (!await connections.isConnected(account)) throw new ContactsheetError('INSTAGRAM_RECONNECT_REQUIRED', 'Nobody is connected to this Instagram account any more.')
    if (!/^[0-9_]{1,64}$/.test(mediaId)) throw photoGone()
    const item = await links.get(account, mediaId)
    if (item?.url === undefined) throw photoGone()
    return { ...item, url: item.url }
  }

  const explained = async <T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw signal?.aborted === true ? new ContactsheetError('REQUEST_ABORTED', 'the caller went away') : explain(error, now())
    }
  }

  return {
    forget: links.forgetAccount,
    forgetLink: links.forgetItem,

    async list (account, page, signal) {
      const deadline = AbortSignal.timeout(DEADLINE_MS)
      return await explained(signal, async () => await pages(account, page, signal === undefined ? deadline : AbortSignal.any([signal, deadline])))
    },

    async find (account, mediaId, signal) {
      const item = await explained(signal, async () => await withLink(account, mediaId))
      if (item.kind !== 'image') throw photoGone()
      return item
    },

    preview: async (account, mediaId, signal) => await explained(signal, async () => await withLink(account, mediaId))
  }
}

type ListPage = Parameters<MediaSource['list']>[1]
