import { createHash } from 'node:crypto'

/** `media_type`. A reel is a `VIDEO`. */
export type MediaType = 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM'

/** One post, or one item of an album. */
export interface EmulatedMedia {
  /** 17 digits, unique over all accounts, the same after every start. */
  id: string
  mediaType: MediaType
  productType: 'FEED' | 'REELS'
  /** The picture's number in the photo catalogue: the photo itself, or the still of a video. */
  photo: number
  caption?: string
  altText?: string
  timestampMs: number
  shortcode: string
  /** Ending of the CDN path. The bytes are JPEG all the same, as at Instagram. */
  extension: 'jpg' | 'webp' | 'heic'
  /** False for media whose `media_url` Instagram withholds (copyright). */
  hasUrl: boolean
  likeCount: number
  commentsCount: number
  children: EmulatedMedia[]
  /** Uploaded bytes of a published photo; they replace the catalogue's picture. */
  bytes?: Buffer
  /** True once the person deleted it: the node is gone and the CDN answers 404. */
  isRemoved?: boolean
}

/** What a post is made of; everything else follows from the account and the post's place. */
export interface PostPlan extends Partial<Pick<EmulatedMedia, 'caption' | 'altText' | 'extension' | 'hasUrl' | 'mediaType' | 'productType'>> {
  photo: number
  children?: PostPlan[]
}

/** @param place - the post's place counted from the account's oldest post, and the item's place in its album (0 for the post itself) */
export function createMedia (username: string, place: { post: number, item: number }, timestampMs: number, plan: PostPlan): EmulatedMedia {
  const digest = createHash('sha256').update(`${username}:${place.post}:${place.item}`).digest()
  const account = createHash('sha256').update(username).digest().readUInt32BE(0) % 1_000_000
  const { children, ...rest } = plan
  return {
    id: `179${pad(account, 6)}${pad(place.post, 6)}${pad(place.item, 2)}`,
    mediaType: children === undefined ? 'IMAGE' : 'CAROUSEL_ALBUM',
    productType: 'FEED',
    timestampMs,
    shortcode: `C${digest.toString('base64url').slice(0, 10)}`,
    extension: 'jpg',
    hasUrl: true,
    likeCount: 12 + digest.readUInt16BE(4) % 900,
    commentsCount: digest.readUInt8(6) % 40,
    ...rest,
    children: (children ?? []).map((child, index) => createMedia(username, { post: place.post, item: index + 1 }, timestampMs, child))
  }
}

function pad (value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
