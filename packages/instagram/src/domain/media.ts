/** One entry of a connected account's media list, as the rest of the package sees it. */
export interface MediaItem {
  /** Instagram's media id; for a photo of a carousel, the child's own id. */
  id: string
  kind: 'image' | 'video' | 'carousel'
  /** `<media id>.jpg`: Instagram gives no name. The extension follows the bytes once they are known. */
  filename: string
  mimetype: string
  caption?: string
  altText?: string
  permalink?: string
  /** ISO 8601, UTC. */
  takenAt?: string
  /** A CDN link that dies within days: never stored, never logged, never sent to a browser. */
  url?: string
  /** The image children of a carousel, in post order. */
  children?: MediaItem[]
}

/** An entry as browsers are told of it: no link of Instagram's, but a path of ours to a preview. */
export interface MediaListItem extends Omit<MediaItem, 'url' | 'children'> {
  /** A path of ours, to which a width is added; absent when Instagram gives no picture. */
  thumbnail?: string
  children?: MediaListItem[]
}

/** Widths in pixels that previews are made in: few, so that one picture has few results to cache. */
export const THUMBNAIL_WIDTHS_PX = [160, 320, 480, 640, 960, 1080] as const

/** A page of the list; `after` is our own cursor and absent on the last page. */
export interface MediaPage {
  items: MediaItem[]
  after?: string
}

/** Whose media: the account as one app knows it. Survives signing out and in again. */
export interface AccountReference {
  appKey: string
  /** App-scoped id (`/me` field `id`), a decimal string. */
  accountId: string
}

/** A browser session that is, or was, signed in to an Instagram account through one app. */
export interface Connection extends AccountReference {
  sessionId: string
  username: string
  accountType: string
  /** `reconnect`: Instagram no longer accepts the token, the person has to sign in again. */
  status: 'connected' | 'reconnect'
}

/** Names the bytes of an account's photo wherever they are cached; without a media id, what all names of the account begin with. */
export function instagramContentKey ({ appKey, accountId }: AccountReference, mediaId = ''): string {
  return `instagram:${appKey}:${accountId}:${mediaId}`
}
