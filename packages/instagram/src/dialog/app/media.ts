/** One entry of the media list, as the server sends it. */
export interface MediaListItem {
  id: string
  kind: 'image' | 'video' | 'carousel'
  filename: string
  mimetype: string
  caption?: string
  altText?: string
  permalink?: string
  /** ISO 8601. */
  takenAt?: string
  /** A path of ours, to which a width is added. */
  thumbnail?: string
  children?: MediaListItem[]
}

/** Widths in pixels that the server makes thumbnails in. */
export const THUMBNAIL_WIDTHS = [160, 320, 480, 640, 960, 1080] as const

/**
 * The address of a thumbnail that is sharp in a box.
 *
 * @param boxPx - longer side of the box in CSS pixels
 * @param overscan - how much longer the photo's longer side is than the part that is seen; 1.25 covers the upright 4:5 of Instagram in a square
 */
export function thumbnailAddress (thumbnail: string, boxPx: number, pixelRatio: number, overscan = 1.25): string {
  const wished = boxPx * pixelRatio * overscan
  const width = THUMBNAIL_WIDTHS.find(step => step >= wished) ?? THUMBNAIL_WIDTHS.at(-1)
  return `${thumbnail}${thumbnail.includes('?') ? '&' : '?'}w=${width}`
}
