import { DEFAULT_GRAPH_VERSION, hostUrl } from '../hosts.ts'
import type { World } from '../model/world.ts'
import type { Access } from './access.ts'
import { parseFields } from './fields.ts'
import { projectMedia } from './media.ts'
import { slicePosts, type Slice } from './paging.ts'
import type { GraphParameters } from './parameters.ts'

/** One page of a media list, with the links to its neighbours. */
export interface MediaPage {
  data: Array<Record<string, unknown>>
  paging?: { cursors: { before: string, after: string }, next?: string, previous?: string }
}

/** `/me/media` and `/{user-id}/media`. An empty page has no `paging` at all. */
export function listMedia (world: World, access: Access, parameters: GraphParameters, version: string | undefined): MediaPage {
  const wanted = parseFields(parameters.fields ?? 'id')
  const slice = slicePosts(access.account.media(), parameters)
  const data = slice.items.map(media => projectMedia(world, { account: access.account, media, isChild: false }, wanted))
  if (slice.before === undefined || slice.after === undefined) return { data }
  const link = (cursor: Record<string, string>): string => pageLink(world, access, parameters, version, slice, cursor)
  return {
    data,
    paging: {
      cursors: { before: slice.before, after: slice.after },
      ...(slice.hasNext || world.switches.trailingNext === 'emptyPage') && { next: link({ after: slice.after }) },
      ...slice.hasPrevious && { previous: link({ before: slice.before }) }
    }
  }
}

/** Like Instagram's: with the numeric account id even for `/me`, a version, and the token in clear. */
function pageLink (world: World, access: Access, { fields, since, until }: GraphParameters, version = DEFAULT_GRAPH_VERSION, slice: Slice, cursor: Record<string, string>): string {
  const url = new URL(`${hostUrl(world, 'graph')}/${version}/${access.account.id}/media`)
  const query = { access_token: access.token, fields, since, until, limit: String(slice.limit), ...cursor }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url.href
}
