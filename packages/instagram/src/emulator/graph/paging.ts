import { invalidParameter } from '../errors.ts'
import type { EmulatedMedia } from '../model/media.ts'
import type { GraphParameters } from './parameters.ts'

const DEFAULT_LIMIT = 25
const MAX_LIMIT = 100
/** Instagram shows no more than this many of the newest posts. */
const VISIBLE_POSTS = 10_000

/** One page and what lies on either side of it. */
export interface Slice { items: EmulatedMedia[], before?: string, after?: string, hasNext: boolean, hasPrevious: boolean, limit: number }

/** Cuts one page out of an account's posts (newest first). Cursors name posts, so a new post does not shift the pages. */
export function slicePosts (posts: readonly EmulatedMedia[], parameters: GraphParameters): Slice {
  const [since, until] = [readTime(parameters.since, -Infinity), readTime(parameters.until, Infinity)]
  const visible = posts.slice(0, VISIBLE_POSTS).filter(({ isRemoved, timestampMs }) => isRemoved !== true && timestampMs >= since && timestampMs <= until)
  const limit = readLimit(parameters.limit)
  const start = startOf(visible, parameters, limit)
  const items = visible.slice(start, start + limit)
  const [first, last] = [items[0], items.at(-1)]
  return {
    items,
    limit,
    hasPrevious: start > 0,
    hasNext: start + items.length < visible.length,
    ...first !== undefined && { before: sealCursor(first) },
    ...last !== undefined && { after: sealCursor(last) }
  }
}

function startOf (posts: readonly EmulatedMedia[], { after, before }: GraphParameters, limit: number): number {
  if (after !== undefined && after !== '') return indexAt(posts, after) + 1
  if (before !== undefined && before !== '') return Math.max(0, indexAt(posts, before) - limit)
  return 0
}

function readLimit (text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1) throw invalidParameter('Param limit must be an integer greater than 0')
  return Math.min(limit, MAX_LIMIT)
}

/** Unix seconds, or a date in words. */
function readTime (text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const epochMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text)
  if (Number.isNaN(epochMs)) throw invalidParameter('Param since/until must be a unix timestamp or a date')
  return epochMs
}

const CURSOR_START = 'QVFIU'

function sealCursor (post: EmulatedMedia): string {
  return CURSOR_START + Buffer.from(`${post.timestampMs.toString(36)}|${post.id}`).toString('base64url').split('').reverse().join('')
}

/** The index of the cursor's post; of its older neighbour when the post is gone. */
function indexAt (posts: readonly EmulatedMedia[], cursor: string): number {
  const text = cursor.startsWith(CURSOR_START) ? Buffer.from(cursor.slice(CURSOR_START.length).split('').reverse().join(''), 'base64url').toString() : ''
  const [, time, id] = /^([0-9a-z]+)\|(\d+)$/.exec(text) ?? []
  if (time === undefined) throw invalidParameter('Invalid cursors values')
  const index = posts.findIndex(post => post.id === id)
  if (index !== -1) return index
  const older = posts.findIndex(post => post.timestampMs < parseInt(time, 36))
  return (older === -1 ? posts.length : older) - 1
}
