import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import sharp from 'sharp'

/** How many photos a run has: so many that no round sees one twice. */
export const PHOTO_COUNT = 240

const FOLDER = fileURLToPath(new URL('../../../.data/bench-photos/', import.meta.url))
const ORIGINALS = fileURLToPath(new URL('../../../packages/instagram/test/image/photos/', import.meta.url))

/** 4:5 at 1080 and 3:2 at 1440 pixels, as Instagram keeps them. */
const FRAMES = [{ width: 1_080, height: 1_350 }, { width: 1_440, height: 960 }] as const

/** Photos that all differ, made once out of painted ones by cutting, turning, tinting and grain. */
export async function photoFolder (): Promise<string> {
  await mkdir(FOLDER, { recursive: true })
  if ((await readdir(FOLDER)).length >= PHOTO_COUNT) return FOLDER
  const originals = await Promise.all((await readdir(ORIGINALS)).map(async name => await readFile(join(ORIGINALS, name))))
  for (let at = 0; at < PHOTO_COUNT; at++) await develop(originals[at % originals.length] ?? Buffer.alloc(0), at)
  return FOLDER
}

export function photoName (at: number): string {
  return `${String(at).padStart(3, '0')}.jpg`
}

async function develop (original: Buffer, at: number): Promise<void> {
  const frame = FRAMES[at % 3 === 2 ? 1 : 0] ?? FRAMES[0]
  const grain = await sharp({ create: { ...frame, channels: 3, background: 'grey', noise: { type: 'gaussian', mean: 128, sigma: 9 } } }).png().toBuffer()
  const cut = await sharp(original).extract({ left: at % 60, top: (at * 7) % 60, width: 420, height: 280 }).png().toBuffer()
  const bytes = await sharp(cut).resize({ ...frame, kernel: 'cubic' }).modulate({ hue: (at * 37) % 360, brightness: 0.9 + (at % 5) * 0.05 })
    .flop(at % 2 === 1).composite([{ input: grain, blend: 'soft-light' }]).jpeg({ quality: 84, chromaSubsampling: '4:2:0' }).toBuffer()
  const path = join(FOLDER, photoName(at))
  await writeFile(`${path}.part`, bytes)
  await rename(`${path}.part`, path)
}
