import type { AccountReference, MediaItem, MediaPage } from '../domain/media.ts'
import { ContactsheetError } from '../errors.ts'
import { adaptNode, cursorAfter } from './adapt.ts'
import type { GraphClient } from './client.ts'
import { GraphFailure } from './failure.ts'
import { isMediaList } from './schemas.ts'
import type { TokenKeeper } from './token-keeper.ts'

const FULL_FIELDS = 'id,media_type,media_url,thumbnail_url,caption,alt_text,permalink,timestamp,' +
  'children{id,media_type,media_url,thumbnail_url,alt_text,permalink,timestamp}'
/** Without these there is nothing to show. */
const LEAST_FIELDS = 'id,media_type,media_url,children{id,media_type,media_url}'

/** Reads media nodes and turns them into ours. */
export interface MediaReader {
  /** One of Instagram's pages; may be empty and still go on. */
  page (account: AccountReference, page: { after?: string, limit: number }, signal: AbortSignal): Promise<MediaPage>
  item (account: AccountReference, mediaId: string, signal: AbortSignal): Promise<MediaItem | undefined>
}

export function createMediaReader (client: GraphClient, tokens: TokenKeeper): MediaReader {
  /** Asks for every field, and once more for the least when Instagram does not accept the request: a field may have been withdrawn. */
  const read = async (account: AccountReference, path: string, query: Record<string, string>, signal: AbortSignal): Promise<unknown> =>
    await tokens.use(account, async token => {
      const call = async (fields: string) =>
        await client.get({ path, query: { ...query, fields }, token, appKey: account.appKey, accountId: account.accountId, signal })
      return await call(FULL_FIELDS).catch(async (error: unknown) => {
        if (!isCode100(error)) throw error
        return await call(LEAST_FIELDS)
      })
    })

  return {
    async page (account, { after, limit }, signal) {
      const query = { limit: String(limit), ...(after === undefined ? {} : { after }) }
      const body = await read(account, 'me/media', query, signal).catch((error: unknown) => {
        if (!isCode100(error)) throw error
        throw after === undefined
          ? new GraphFailure('unavailable', { cause: error })
          : new ContactsheetError('REQUEST_INVALID', 'after is no cursor of this list', { cause: error })
      })
      if (!isMediaList(body)) throw new GraphFailure('unavailable')
      const next = cursorAfter(body.paging)
      return { items: body.data.map(adaptNode).filter(item => item !== undefined), ...(next === undefined ? {} : { after: next }) }
    },

    async item (account, mediaId, signal) {
      return adaptNode(await read(account, mediaId, {}, signal).catch((error: unknown) => {
        throw isCode100(error) ? new GraphFailure('gone', { cause: error }) : error
      }))
    }
  }
}

/** An unknown field, object or cursor. The subcode does not tell them apart: 33 was seen for fields and for objects. */
const isCode100 = (error: unknown) => error instanceof GraphFailure && (error.verdict === 'request' || error.verdict === 'gone')
