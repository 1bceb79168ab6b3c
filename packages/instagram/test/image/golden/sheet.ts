import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { parseConversion } from '../../../src/domain/conversion/parse.ts'
import { DEFAULT_LIMITS } from '../../../src/image/limits.ts'
import { createPixelCache } from '../../../src/image/pixel-cache.ts'
import { runConversion } from '../../../src/image/run-conversion.ts'
import { SAMPLES, type Sample } from './samples.ts'

export const PHOTOS = ['night', 'kitchen', 'ridges'] as const
export type Photo = typeof PHOTOS[number]

export const CELL_PX = 200
const COLUMNS = 7

export const sheetSize = { width: COLUMNS * CELL_PX, height: Math.ceil(SAMPLES.length / COLUMNS) * CELL_PX }

export function cellOf (at: number): { left: number, top: number, width: number, height: number } {
  return { left: at % COLUMNS * CELL_PX, top: Math.floor(at / COLUMNS) * CELL_PX, width: CELL_PX, height: CELL_PX }
}

function pathOf (name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

/** Where the sheet that was looked at and found right is kept. */
export function goldenPath (photo: Photo): string {
  return pathOf(`./${photo}.webp`)
}

/** All samples of one photo on one sheet, on grey squares so that see-through parts show. */
export async function paintSheet (photo: Photo): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'contactsheet-'))
  try {
    const overlayPath = join(folder, 'overlay.png')
    await sharp(OVERLAY).toFile(overlayPath)
    const cells = []
    for (const [at, { parameters }] of SAMPLES.entries()) {
      const input = await centred(await convert(pathOf(`../photos/${photo}.jpg`), overlayPath, parameters))
      cells.push({ input, left: cellOf(at).left, top: cellOf(at).top })
    }
    return await sharp(CHECKERS, { raw: { ...sheetSize, channels: 3 } }).composite(cells).png().toBuffer()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A red ring with a see-through middle. */
const OVERLAY = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><ellipse cx="40" cy="30" rx="32" ry="22" fill="none" stroke="#e02020" stroke-width="10"/></svg>')

const CHECKERS = Buffer.from(Uint8Array.from({ length: sheetSize.width * sheetSize.height * 3 }, (_, at) => {
  const pixel = Math.floor(at / 3)
  return ((pixel % sheetSize.width >> 3) + (Math.floor(pixel / sheetSize.width) >> 3)) % 2 === 0 ? 200 : 230
}))

async function convert (path: string, overlayPath: string, parameters: Sample['parameters']): Promise<Buffer> {
  const plan = parseConversion({ ...parameters, format: 'png' })
  const { bytes } = await runConversion({ source: path, path, overlayPath, plan, limits: DEFAULT_LIMITS, mode: 'quality' }, createPixelCache(0))
  return bytes
}

async function centred (picture: Buffer): Promise<Buffer> {
  const transparent = { r: 0, g: 0, b: 0, alpha: 0 }
  return await sharp(picture).ensureAlpha().resize(CELL_PX, CELL_PX, { fit: 'contain', withoutEnlargement: true, background: transparent }).png().toBuffer()
}
