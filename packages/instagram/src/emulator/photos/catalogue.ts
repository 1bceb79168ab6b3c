import { hex } from './colour.ts'
import { develop, type FrameSize } from './develop.ts'
import { LAND } from './entries/land.ts'
import { NEAR } from './entries/near.ts'
import { WATER_AND_SKY } from './entries/water-and-sky.ts'
import { FRAMES, type PhotoEntry } from './entry.ts'
import { createNoise } from './noise.ts'
import { createRandom } from './random.ts'

/** Every photo; neighbours are of different kinds, as in a feed that someone cares for. */
const PHOTOS: readonly PhotoEntry[] = interleave([...NEAR, ...LAND, ...WATER_AND_SKY])

/** How many different photos there are. */
export const PHOTO_COUNT = PHOTOS.length

/** What is known of a photo without painting it. */
export interface PhotoDescription extends FrameSize { caption: string, altText: string }

/** Size, caption and alternative text. Numbers beyond the catalogue start over. */
export function describePhoto (photo: number): PhotoDescription {
  const { frame, caption, altText } = entryOf(photo)
  return { ...FRAMES[frame], caption, altText }
}

/** Paints one photo; the same bytes for the same number. */
export async function takePhoto (photo: number): Promise<Buffer> {
  const { scene, frame, palette } = entryOf(photo)
  const { widthPx, heightPx } = FRAMES[frame]
  const seed = photo % PHOTO_COUNT
  const shot = { aspect: widthPx / heightPx, random: createRandom(seed), noise: createNoise(seed), palette: palette.split(' ').map(hex) }
  return await develop(scene(shot), FRAMES[frame], seed)
}

function entryOf (photo: number): PhotoEntry {
  const entry = PHOTOS[photo % PHOTO_COUNT]
  if (entry === undefined) throw new RangeError(`photo must be a whole number of 0 or more, got ${photo}`)
  return entry
}

/** First the first of every group, then the second of every group, …; the groups take turns in strides. */
function interleave (groups: ReadonlyArray<readonly PhotoEntry[]>): PhotoEntry[] {
  const order = groups.map((_, index) => groups[index * 7 % groups.length] ?? [])
  const longest = Math.max(...groups.map(group => group.length))
  return Array.from({ length: longest }, (_, round) => order.flatMap(group => group[round] ?? [])).flat()
}
