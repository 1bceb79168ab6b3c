import exifr from 'exifr'
import { imageSize } from 'image-size'

export interface PictureFacts {
  /** Pixels as the picture is shown; null when the bytes are no picture. */
  width: number | null
  height: number | null
}

/** Longer texts are nobody's business here. */
const MAX_VALUE_CHARACTERS = 500
/** EXIF orientations that lie on their side. */
const SIDEWAYS = 5

/** Width and height by a picture's header. Hostile bytes make it answer nulls; nothing is decoded. */
export function dimensionsOf (head: Buffer): PictureFacts {
  try {
    const { width, height, orientation = 1 } = imageSize(head)
    return orientation >= SIDEWAYS ? { width: height, height: width } : { width, height }
  } catch {
    return { width: null, height: null }
  }
}

/** The EXIF tags with a readable value, or null when there are none. */
export async function exifOf (head: Buffer): Promise<Record<string, unknown> | null> {
  try {
    const tags = await exifr.parse(head, { tiff: true, exif: true, gps: true, ihdr: false, jfif: false, reviveValues: false }) as Record<string, unknown> | undefined
    return tags === undefined ? null : Object.fromEntries(Object.entries(tags).filter(([, value]) => isReadable(value)))
  } catch {
    return null
  }
}

function isReadable (value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_VALUE_CHARACTERS
  return typeof value === 'number' || (Array.isArray(value) && value.length <= 8 && value.every(one => typeof one === 'number'))
}
