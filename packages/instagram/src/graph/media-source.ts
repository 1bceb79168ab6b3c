import { ContactsheetError } from '../errors.ts'
import type { AccountReference, MediaItem, MediaPage } from '../domain/media.ts'
import type { MediaSource } from '../domain/ports.ts'
import type { TokenKeeper } from './token-keeper.ts'
import { adaptNode, cursorAfter } from './adapt.ts'
import type { GraphClient } from './client.ts'
import { explain } from './explain.ts'
import { GraphFailure } from './failure.ts'
import type { LinkCache } from './link-cache.ts'
import { isMediaList } from './schemas.ts'

const FULL_FIELDS = 'id,media_type,media_url,thumbnail_url,caption,alt_text,permalink,timestamp,' +
  'children{id,media_type,media_url,thumbnail_url,alt_text,permalink,timestamp}'
const LEAST_FIELDS = 'id,media_type,media_url,children{id,media_type,media_url}'

const DEFAULT_LIMIT = 25
/** How many pages without a photo are passed over before the caller is asked to go on. */
const MOST_EMPTY_PAGES = 5
const DEADLINE_MS = 20_000

export interface MediaSourceOptions {
  client: GraphClient
  tokens: TokenKeeper
  links: LinkCache
  now: () => number
}

/** Instagram as the use cases need it. */
export function createMediaSource ({ client, tokens, links, now }: MediaSourceOptions): MediaSource {
  /** Asks for every field; falls back once to the least when Instagram knows one of them no longer. */
  const read = async (account: AccountReference, token: string, path: string, query: Record<string, string>, signal: AbortSignal) => {
    const call = (fields: string) => client.get({ path, query: { ...query, fields }, token, ...account, signal })
    try {
      return await call(FULL_FIELDS)
    } catch (error) {
      if (!(error instanceof GraphFailure) || error.verdict !== 'request') throw error
      return await call(LEAST_FIELDS)
    }
  }

  const onePage = async (account: AccountReference, query: Record<string, string>, signal: AbortSignal) =>
    await tokens.use(account, async token => {
      const body = await read(account, token, 'me/media', query, signal)
      if (!isMediaList(body)) throw new GraphFailure('unavailable')
      return body
    })

  const pages = async (account: AccountReference, { after, limit = DEFAULT_LIMIT, videos = false }: ListPage, signal: AbortSignal): Promise<MediaPage> => {
    let cursor = after
    for (let empty = 0; empty < MOST_EMPTY_PAGES; empty++) {
      const body = await onePage(account, { limit: String(limit), ...(cursor === undefined ? {} : { after: cursor }) }, signal)
      const items = body.data.map(adaptNode).filter(item => item !== undefined).filter(item => videos || item.kind !== 'video')
      for (const item of items) links.keep(account, item)
      const next = cursorAfter(body.paging)
      if (next === undefined || next === cursor) return { items }
      if (items.length > 0) return { items, after: next }
      cursor = next
    }
    return { items: [], ...(cursor === undefined ? {} : { after: cursor }) }
  }

  const lookUp = async (account: AccountReference, mediaId: string, signal: AbortSignal): Promise<MediaItem | undefined> => {
    const item = adaptNode(await tokens.use(account, async token => await read(account, token, mediaId, {}, signal)))
    if (item !== undefined) links.keep(account, item)
    return item
  }

  /** Every promise of this source ends in the package's own errors. */
  const explained = async <T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const deadline = AbortSignal.timeout(DEADLINE_MS)
    try {
      return await work(signal === undefined ? deadline : AbortSignal.any([signal, deadline]))
    } catch (error) {
      throw explain(error, now())
    }
  }

  const itemWithLink = async (account: AccountReference, mediaId: string, signal?: AbortSignal): Promise<MediaItem & { url: string }> => {
    if (!/^[0-9_]{1,64}$/.test(mediaId)) throw gone()
    const item = links.get(account, mediaId) ?? await explained(signal, async signal => await lookUp(account, mediaId, signal))
    if (item?.url === undefined) throw gone()
    return { ...item, url: item.url }
  }

  return {
    list: async (account, page, signal) => await explained(signal, async signal => await pages(account, page, signal)),
    preview: itemWithLink,
    async find (account, mediaId, signal) {
      const item = await itemWithLink(account, mediaId, signal)
      if (item.kind !== 'image') throw gone()
      return item
    }
  }
}

type ListPage = Parameters<MediaSource['list']>[1]

const gone = () => new ContactsheetError('SOURCE_GONE', 'This photo is no longer on Instagram, or no longer yours.')
