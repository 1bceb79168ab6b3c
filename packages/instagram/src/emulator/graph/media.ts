import { mediaLink } from '../cdn/links.ts'
import { unknownField, parseFields, project, type Resolvers, type WantedField } from './fields.ts'
import type { EmulatedAccount } from '../model/accounts.ts'
import type { EmulatedMedia } from '../model/media.ts'
import type { World } from '../model/world.ts'

/** A media node together with where it was found. */
export interface MediaNode { account: EmulatedAccount, media: EmulatedMedia, isChild: boolean }

const NODE_TYPE = 'IGMedia'
const FACEBOOK_LOGIN_FIELDS = new Set(['caption', 'media_product_type'])

/** `GET /{media-id}`: without `fields`, the id alone. */
export function readMedia (world: World, node: MediaNode, fields: string | undefined): Record<string, unknown> {
  return projectMedia(world, node, parseFields(fields ?? 'id'))
}

/** The wanted fields of a media node. @throws {GraphError} code 100 for unknown ones */
export function projectMedia (world: World, node: MediaNode, wanted: readonly WantedField[]): Record<string, unknown> {
  const refused = world.switches.facebookLoginFields === 'refused' ? wanted.find(({ name }) => FACEBOOK_LOGIN_FIELDS.has(name)) : undefined
  if (refused !== undefined) throw unknownField(refused.name, NODE_TYPE)
  return project(NODE_TYPE, mediaFields(world), node, wanted)
}

/** `/{media-id}/children` and the expanded field `children{…}`: post order, no paging block. */
export function readChildren (world: World, node: MediaNode, wanted: readonly WantedField[] = [{ name: 'id' }], limit = Infinity): { data: Array<Record<string, unknown>> } {
  return { data: node.media.children.slice(0, limit).map(child => projectMedia(world, { account: node.account, media: child, isChild: true }, wanted)) }
}

function mediaFields (world: World): Resolvers<MediaNode> {
  const postOnly = (read: (media: EmulatedMedia) => unknown) => ({ media, isChild }: MediaNode) => isChild ? undefined : read(media)
  return {
    id: ({ media }) => media.id,
    caption: postOnly(media => media.caption),
    media_type: ({ media }) => media.mediaType,
    media_product_type: ({ media }) => media.productType,
    media_url: ({ media }) => mediaUrl(world, media),
    thumbnail_url: ({ media }) => media.mediaType === 'VIDEO' ? mediaLink(world, media, 'photo') : undefined,
    permalink: ({ media, isChild }) => isChild && world.switches.childPermalink === 'omitted' ? undefined : permalink(media),
    shortcode: ({ media }) => media.shortcode,
    timestamp: ({ media }) => timestamp(media.timestampMs),
    username: ({ account }) => account.username,
    owner: ({ account }) => ({ id: account.id }),
    alt_text: ({ media }) => media.altText,
    like_count: postOnly(media => media.likeCount),
    comments_count: postOnly(media => media.commentsCount),
    is_comment_enabled: postOnly(() => true),
    is_shared_to_feed: postOnly(media => media.productType === 'REELS' ? true : undefined),
    legacy_instagram_media_id: ({ media }) => media.id.slice(2),
    children: (node, { fields, limit }) => node.media.mediaType === 'CAROUSEL_ALBUM' ? readChildren(world, node, fields, limit) : undefined
  }
}

/** An album's own link is its first item's. */
function mediaUrl (world: World, media: EmulatedMedia): string | undefined {
  if (!media.hasUrl) return undefined
  const shown = media.children[0] ?? media
  return mediaLink(world, shown, shown.mediaType === 'VIDEO' ? 'video' : 'photo')
}

function permalink (media: EmulatedMedia): string {
  return `https://www.instagram.com/${media.productType === 'REELS' ? 'reel' : 'p'}/${media.shortcode}/`
}

/** ISO 8601 with `+0000`, without a colon and without milliseconds. */
function timestamp (epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}+0000`
}
