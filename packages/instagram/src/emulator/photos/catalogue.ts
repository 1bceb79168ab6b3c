import { hex } from './colour.ts'
import { develop, type FrameSize } from './develop.ts'
import { createNoise } from './noise.ts'
import { createRandom } from './random.ts'
import type { Scene } from './scene.ts'
import { PHOTOS, type PhotoEntry } from './entries.ts'

/** How many different photos there are. */
export const PHOTO_COUNT = PHOTOS.length

export interface PhotoDescription extends FrameSize { caption: string, altText: string }

/** Frames as Instagram keeps them: 4:5, 1:1, 3:4, 1.91:1, 3:2, 16:9 and the larger newer ones. */
const FRAMES = {
  portrait: { widthPx: 1080, heightPx: 1350 },
  square: { widthPx: 1080, heightPx: 1080 },
  tall: { widthPx: 1080, heightPx: 1440 },
  classic: { widthPx: 1440, heightPx: 960 },
  wide: { widthPx: 1440, heightPx: 810 },
  banner: { widthPx: 1440, heightPx: 754 },
  large: { widthPx: 1440, heightPx: 1440 }
} as const satisfies Record<string, FrameSize>
export type FrameName = keyof typeof FRAMES

export function describePhoto (photo: number): PhotoDescription {
  const { frame, caption, altText } = entryOf(photo)
  return { ...FRAMES[frame], caption, altText }
}

/** Paints one photo; the same bytes for the same number. */
export async function takePhoto (photo: number): Promise<Buffer> {
  const { scene, frame, palette } = entryOf(photo)
  const { widthPx, heightPx } = FRAMES[frame]
  const seed = photo % PHOTO_COUNT
  const shot = { aspect: widthPx / heightPx, random: createRandom(seed), noise: createNoise(seed), palette: palette.map(hex) }
  return await develop((scene satisfies Scene)(shot), FRAMES[frame], seed)
}

function entryOf (photo: number): PhotoEntry {
  const entry = PHOTOS[photo % PHOTO_COUNT]
  if (entry === undefined) throw new RangeError(`photo must be 0 or more, got ${photo}`)
  return entry
}
