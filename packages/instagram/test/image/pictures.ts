import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

/** A picture with colour, edges and grain, the same for the same seed. */
export function scene (width: number, height: number, seed = 1): Sharp {
  const data = Buffer.allocUnsafe(width * height * 3)
  let state = seed * 2_654_435_761 >>> 0
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      const grain = (state >>> 24) / 16
      data[at++] = 128 + 90 * Math.sin((x + seed * 31) / width * 9) + grain
      data[at++] = 120 + 80 * Math.cos((y + x / 3) / height * 7) + grain
      data[at++] = ((x >> 5) + (y >> 5)) % 2 === 0 ? 60 + grain : 170 + grain
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

export async function jpeg (width = 300, height = 200, seed = 1): Promise<Buffer> {
  return await scene(width, height, seed).jpeg({ quality: 84 }).toBuffer()
}

/** An animated GIF whose pictures differ. */
export async function animatedGif (width: number, height: number, frames: number): Promise<Buffer> {
  const raw = await Promise.all(Array.from({ length: frames }, async (_, at) => await scene(width, height, at + 1).raw().toBuffer()))
  return await sharp(Buffer.concat(raw), { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif({ effort: 1, delay: Array.from({ length: frames }, (_, at) => 40 + at * 20), loop: 0 }).toBuffer()
}

interface Teardown { teardown: (work: () => void) => void }

/** A new empty folder that goes away with the test. */
export function folder (t: Teardown): string {
  const path = mkdtempSync(join(tmpdir(), 'contactsheet-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Writes bytes where a converter can read them. */
export async function asFile (t: Teardown, bytes: Buffer, name = 'picture'): Promise<string> {
  const path = join(folder(t), name)
  await writeFile(path, bytes)
  return path
}
