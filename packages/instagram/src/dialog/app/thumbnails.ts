import { THUMBNAIL_WIDTHS_PX } from '../../domain/media.ts'

/**
 * The address of a thumbnail that is sharp in a box.
 *
 * @param boxPx - longer side of the box in CSS pixels
 * @param overscan - how much longer the photo's longer side is than the part that is seen; 1.25 covers the upright 4:5 of Instagram in a square
 */
export function thumbnailAddress (thumbnail: string, boxPx: number, pixelRatio: number, overscan = 1.25): string {
  const wished = boxPx * pixelRatio * overscan
  const width = THUMBNAIL_WIDTHS_PX.find(step => step >= wished) ?? THUMBNAIL_WIDTHS_PX.at(-1)
  return `${thumbnail}${thumbnail.includes('?') ? '&' : '?'}w=${width}`
}
