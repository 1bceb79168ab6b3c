import sharp from 'sharp'
import type { Pixel } from './colour.ts'
import { createRandom } from './random.ts'
import type { Plate } from './scene.ts'

export interface FrameSize { widthPx: number, heightPx: number }

/** Exposes a plate and develops it: enlarge, lay the sharp parts over it, vignette, grain, JPEG. */
export async function develop (plate: Plate, { widthPx, heightPx }: FrameSize, seed: number): Promise<Buffer> {
  const detail = plate.detail ?? 0.5
  const raw = { width: Math.round(widthPx * detail), height: Math.round(heightPx * detail), channels: 3 as const }
  const enlarged = sharp(expose(plate, raw.width, raw.height), { raw }).resize(widthPx, heightPx, { kernel: 'cubic', fit: 'fill' })
  const overlay = plate.overlay === undefined ? [] : [{ input: svg(plate.overlay, widthPx, heightPx) }]
  const pixels = await enlarged.composite(overlay).removeAlpha().raw().toBuffer()
  finish(pixels, widthPx, heightPx, plate, seed)
  return await sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ quality: 84, chromaSubsampling: '4:2:0' })
    .toBuffer()
}

function expose ({ shader }: Plate, width: number, height: number): Buffer {
  const bytes = Buffer.allocUnsafe(width * height * 3)
  const out: Pixel = [0, 0, 0]
  let offset = 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      shader((column + 0.5) / height, (row + 0.5) / height, out)
      bytes[offset++] = toByte(out[0])
      bytes[offset++] = toByte(out[1])
      bytes[offset++] = toByte(out[2])
    }
  }
  return bytes
}

/** Highlights roll off softly instead of clipping. */
function toByte (value: number): number {
  const soft = value <= 0.8 ? value : 0.8 + 0.2 * (1 - Math.exp((0.8 - value) / 0.2))
  return soft <= 0 ? 0 : soft * 255 + 0.5
}

function svg (content: string, widthPx: number, heightPx: number): Buffer {
  const width = Math.round(1000 * widthPx / heightPx)
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${width} 1000" preserveAspectRatio="none">${content}</svg>`)
}

const GRAIN_TILE = 1 << 16

/** Vignette and grain, in place. Grain is strongest in the middle tones, as on film. */
function finish (pixels: Buffer, width: number, height: number, { grain = 7, vignette = 0.28 }: Plate, seed: number): void {
  const tile = grainTile(seed)
  let cursor = seed * 7919
  let offset = 0
  for (let row = 0; row < height; row++) {
    const dy = (row / height - 0.5) ** 2 * 2
    for (let column = 0; column < width; column++) {
      const dx = (column / width - 0.5) ** 2 * 2
      const shade = 1 - vignette * (dx + dy) * (dx + dy)
      cursor = (cursor + 1 + (column & 1)) & (GRAIN_TILE - 1)
      const green = pixels[offset + 1] as number
      const noise = (tile[(cursor + row * 613) & (GRAIN_TILE - 1)] as number) * grain * (0.45 + green * (255 - green) / 29_600)
      for (let channel = 0; channel < 3; channel++, offset++) {
        const value = (pixels[offset] as number) * shade + noise
        pixels[offset] = value < 0 ? 0 : value > 255 ? 255 : value
      }
    }
  }
}

function grainTile (seed: number): Float32Array {
  const random = createRandom(seed ^ 0x51ED)
  return Float32Array.from({ length: GRAIN_TILE }, () => random.next() + random.next() - 1)
}
