import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { hex } from '../../../packages/instagram/src/emulator/photos/colour.ts'
import { develop } from '../../../packages/instagram/src/emulator/photos/develop.ts'
import { LAND } from '../../../packages/instagram/src/emulator/photos/entries/land.ts'
import { NEAR } from '../../../packages/instagram/src/emulator/photos/entries/near.ts'
import { WATER_AND_SKY } from '../../../packages/instagram/src/emulator/photos/entries/water-and-sky.ts'
import { FRAMES } from '../../../packages/instagram/src/emulator/photos/entry.ts'
import { createNoise } from '../../../packages/instagram/src/emulator/photos/noise.ts'
import { createRandom } from '../../../packages/instagram/src/emulator/photos/random.ts'

/** How many photos a run has: so many that no round sees one twice. */
export const PHOTO_COUNT = 240

const FOLDER = fileURLToPath(new URL('../../../.data/bench-paintings/', import.meta.url))
const ENTRIES = [...NEAR, ...LAND, ...WATER_AND_SKY].flat()
/** Neighbours are of different scenes. */
const STRIDE = 7

/** The emulator's painted photos, 1080 and 1440 pixels wide as Instagram serves them: every scene several times, each with its own chance. */
export async function photoFolder (): Promise<string> {
  await mkdir(FOLDER, { recursive: true })
  const there = new Set(await readdir(FOLDER))
  for (let at = 0; at < PHOTO_COUNT; at++) if (!there.has(photoName(at))) await paint(at)
  return FOLDER
}

export function photoName (at: number): string {
  return `${String(at).padStart(3, '0')}.jpg`
}

async function paint (at: number): Promise<void> {
  const entry = ENTRIES[at * STRIDE % ENTRIES.length]
  if (entry === undefined) throw new RangeError('the catalogue has no photos')
  const { widthPx, heightPx } = FRAMES[entry.frame]
  const shot = { aspect: widthPx / heightPx, random: createRandom(at), noise: createNoise(at), palette: entry.palette.split(' ').map(hex) }
  const path = join(FOLDER, photoName(at))
  await writeFile(`${path}.part`, await develop(entry.scene(shot), FRAMES[entry.frame], at))
  await rename(`${path}.part`, path)
}
