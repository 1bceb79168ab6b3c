import type { MediaItem } from '../domain/media.ts'
import { isMediaList, isMediaNode, type MediaNode } from './schemas.ts'

const KINDS = { IMAGE: 'image', VIDEO: 'video', CAROUSEL_ALBUM: 'carousel' } as const
const MOST_CHILDREN = 20

/**
 * Our item for one of Instagram's media nodes, or `undefined` when there is nothing to show or take: no picture address (Instagram
 * withholds it for flagged media), an album without a photo, or a node that is none.
 */
export function adaptNode (node: unknown): MediaItem | undefined {
  if (!isMediaNode(node)) return undefined
  const kind = KINDS[node.media_type]
  if (kind === 'carousel') return adaptAlbum(node)
  const url = webAddress(kind === 'video' ? node.thumbnail_url : node.media_url)
  return kind === 'image' && url === undefined ? undefined : { ...common(node), kind, ...optional({ url }) }
}

/** An album opens into its photos, in post order; its videos are left out. */
function adaptAlbum (node: MediaNode): MediaItem | undefined {
  const nodes = isMediaList(node.children) ? node.children.data.slice(0, MOST_CHILDREN) : []
  const album = common(node)
  const inherited = optional({ permalink: album.permalink, takenAt: album.takenAt })
  const children = nodes.flatMap(child => {
    const item = adaptNode(child)
    return item?.kind === 'image' ? [{ ...inherited, ...item }] : []
  })
  const [first] = children
  return first === undefined ? undefined : { ...album, kind: 'carousel', ...optional({ url: first.url }), children }
}

function common (node: MediaNode) {
  const id = String(node.id)
  const isVideo = node.media_type === 'VIDEO'
  return {
    id,
    filename: `${id}.${isVideo ? 'mp4' : 'jpg'}`,
    mimetype: isVideo ? 'video/mp4' : 'image/jpeg',
    ...optional({
      caption: text(node.caption),
      altText: text(node.alt_text),
      permalink: webAddress(node.permalink),
      takenAt: utcTime(node.timestamp)
    })
  }
}

/** Leaves out what is undefined. */
function optional<T extends Record<string, unknown>> (fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

const text = (value: unknown) => typeof value === 'string' && value !== '' ? value : undefined

function webAddress (value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value) ? value : undefined
}

/** Instagram writes `2019-09-26T22:36:43+0000`, without a colon in the offset. */
function utcTime (value: unknown): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : NaN
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

/** The cursor of the next page; Instagram's own `next` address is never used, because it contains the token. */
export function cursorAfter (paging: unknown): string | undefined {
  const { next, cursors } = (paging ?? {}) as { next?: unknown, cursors?: { after?: unknown } }
  const after = cursors?.after
  return typeof next === 'string' && typeof after === 'string' && after !== '' ? after : undefined
}
