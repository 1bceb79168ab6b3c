import { createHash } from 'node:crypto'
import { HOUR_MS } from '../clock.ts'
import { createMedia, type EmulatedMedia, type PostPlan } from './media.ts'

/** Personal accounts cannot connect. */
export type AccountType = 'PERSONAL' | 'BUSINESS' | 'MEDIA_CREATOR'

/** What describes an account; the rest is derived from the username. */
export interface AccountPlan {
  username: string
  /** @defaultValue `'BUSINESS'` */
  accountType?: AccountType
  /** Shown name. Left out, `/me` leaves the field out too. */
  name?: string
  followersCount?: number
  /** Posts from newest to oldest, or a number of posts that walk through the photo catalogue. @defaultValue 0 */
  posts?: readonly PostPlan[] | number
  /** Publishing quota per 24 hours. @defaultValue 100 */
  quotaTotal?: number
}

/** An account with its posts. */
export interface EmulatedAccount {
  /** The professional account id, `17841…`: `user_id` of `/me`, `entry.id` of webhooks. */
  id: string
  username: string
  accountType: AccountType
  name: string | undefined
  followersCount: number
  quotaTotal: number
  /** Newest first. Built at the first read. */
  media: () => EmulatedMedia[]
  findMedia: (id: string) => EmulatedMedia | undefined
  /** Puts a new post in front; one that is not listed (a story) can be read by its id only. */
  addPost: (timestampMs: number, plan: PostPlan, bytes?: readonly (Buffer | undefined)[], options?: { isListed: boolean }) => EmulatedMedia
}

const NEWEST_POST_MS = Date.UTC(2026, 10, 20, 17, 42, 9)
const POST_EVERY_MS = 31 * HOUR_MS

/** Builds an account; its posts are built when they are first read. */
export function createAccount (plan: AccountPlan): EmulatedAccount {
  const digest = createHash('sha256').update(`account:${plan.username}`).digest()
  let posts: EmulatedMedia[] | undefined
  const unlisted: EmulatedMedia[] = []
  const media = () => (posts ??= buildPosts(plan))
  return {
    id: `17841${String(digest.readBigUInt64BE(0) % 1_000_000_000_000n).padStart(12, '4')}`,
    username: plan.username,
    accountType: plan.accountType ?? 'BUSINESS',
    name: plan.name,
    followersCount: plan.followersCount ?? digest.readUInt16BE(8),
    quotaTotal: plan.quotaTotal ?? 100,
    media,
    findMedia: id => findMedia(media(), id) ?? findMedia(unlisted, id),
    addPost: (timestampMs, post, bytes = [], { isListed } = { isListed: true }) => {
      const added = createMedia(plan.username, { post: media().length + unlisted.length, item: 0 }, timestampMs, post)
      attachBytes(added, bytes)
      const list = isListed ? media() : unlisted
      list.unshift(added)
      return added
    }
  }
}

function buildPosts ({ username, posts = 0 }: AccountPlan): EmulatedMedia[] {
  const count = typeof posts === 'number' ? posts : posts.length
  const planAt = (index: number): PostPlan => typeof posts === 'number' ? { photo: index } : posts[index] ?? { photo: index }
  return Array.from({ length: count }, (_, index) => {
    const irregularMs = (index * 7919) % 20 * 3_547_000
    return createMedia(username, { post: count - 1 - index, item: 0 }, NEWEST_POST_MS - index * POST_EVERY_MS - irregularMs, planAt(index))
  })
}

function findMedia (posts: readonly EmulatedMedia[], id: string): EmulatedMedia | undefined {
  const postId = `${id.slice(0, -2)}00`
  const post = posts.find(candidate => candidate.id === postId)
  const found = post?.id === id ? post : post?.children.find(child => child.id === id)
  return found?.isRemoved === true || post?.isRemoved === true ? undefined : found
}

function attachBytes (post: EmulatedMedia, bytes: readonly (Buffer | undefined)[]): void {
  const targets = post.children.length === 0 ? [post] : post.children
  targets.forEach((target, index) => {
    const own = bytes[index]
    if (own !== undefined) target.bytes = own
  })
}
