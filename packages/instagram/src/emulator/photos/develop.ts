import sharp from 'sharp'
import type { Pixel } from './colour.ts'
import { createRandom } from './random.ts'
import type { Plate, Spark } from './scene.ts'

/** Size of the finished photo. */
export interface FrameSize { widthPx: number, heightPx: number }

interface Exposure { bytes: Buffer, width: number, height: number }

/** Exposes a plate and develops it: enlarge, lay the sharp parts over it, vignette, grain, JPEG. */
export async function develop (plate: Plate, { widthPx, heightPx }: FrameSize, seed: number): Promise<Buffer> {
  const detail = plate.detail ?? 0.46
  const exposure = expose(plate, Math.round(widthPx * detail), Math.round(heightPx * detail))
  const pixels = enlarge(exposure, widthPx, heightPx)
  if (plate.overlay !== undefined) layOver(pixels, await drawSvg(plate.overlay, widthPx, heightPx))
  if (plate.sparks !== undefined) strew(pixels, widthPx, heightPx, plate.sparks)
  finish(pixels, widthPx, heightPx, plate, seed)
  return await sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } }).jpeg({ quality: 87, optimiseCoding: false }).toBuffer()
}

function expose ({ shader }: Plate, width: number, height: number): Exposure {
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
  return { bytes, width, height }
}

/** Highlights roll off softly instead of clipping. */
function toByte (value: number): number {
  const soft = value <= 0.8 ? value : 0.8 + 0.2 * (1 - Math.exp((0.8 - value) / 0.2))
  return soft <= 0 ? 0 : soft * 255 + 0.5
}

/** Bilinear; written out because it is a third of the time of a general resize. */
function enlarge ({ bytes, width, height }: Exposure, toWidth: number, toHeight: number): Buffer {
  const pixels = Buffer.allocUnsafe(toWidth * toHeight * 3)
  const line = new Float32Array(width * 3)
  const lefts = new Int32Array(toWidth)
  const shares = new Float32Array(toWidth)
  for (let column = 0; column < toWidth; column++) {
    const x = Math.min(width - 1.001, Math.max(0, (column + 0.5) * width / toWidth - 0.5))
    lefts[column] = Math.floor(x) * 3
    shares[column] = x - Math.floor(x)
  }
  let offset = 0
  for (let row = 0; row < toHeight; row++) {
    const y = Math.min(height - 1.001, Math.max(0, (row + 0.5) * height / toHeight - 0.5))
    const top = Math.floor(y) * width * 3
    const below = y - Math.floor(y)
    for (let index = 0; index < width * 3; index++) {
      const above = bytes[top + index] as number
      line[index] = above + ((bytes[top + width * 3 + index] as number) - above) * below
    }
    for (let column = 0; column < toWidth; column++) {
      const left = lefts[column] as number
      const share = shares[column] as number
      const [red, green, blue] = [line[left] as number, line[left + 1] as number, line[left + 2] as number]
      pixels[offset] = red + ((line[left + 3] as number) - red) * share
      pixels[offset + 1] = green + ((line[left + 4] as number) - green) * share
      pixels[offset + 2] = blue + ((line[left + 5] as number) - blue) * share
      offset += 3
    }
  }
  return pixels
}

async function drawSvg (content: string, widthPx: number, heightPx: number): Promise<Buffer> {
  const width = Math.round(1000 * widthPx / heightPx)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${width} 1000" preserveAspectRatio="none">${content}</svg>`
  return await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer()
}

function layOver (pixels: Buffer, overlay: Buffer): void {
  for (let from = 0, to = 0; from < overlay.length; from += 4, to += 3) {
    const alpha = overlay[from + 3] as number
    if (alpha === 0) continue
    for (let channel = 0; channel < 3; channel++) {
      const below = pixels[to + channel] as number
      pixels[to + channel] = below + ((overlay[from + channel] as number) - below) * alpha / 255
    }
  }
}

function strew (pixels: Buffer, width: number, height: number, sparks: readonly Spark[]): void {
  for (const { x, y, radius, strength, colour } of sparks) {
    const [cx, cy, reach] = [x * height, y * height, radius * height]
    for (let row = Math.max(0, Math.floor(cy - reach * 3)); row <= Math.min(height - 1, cy + reach * 3); row++) {
      for (let column = Math.max(0, Math.floor(cx - reach * 3)); column <= Math.min(width - 1, cx + reach * 3); column++) {
        const light = strength * Math.exp(-((column - cx) ** 2 + (row - cy) ** 2) / (reach * reach)) * 255
        const offset = (row * width + column) * 3
        for (let channel = 0; channel < 3; channel++) pixels[offset + channel] = Math.min(255, (pixels[offset + channel] as number) + light * (colour[channel] as number))
      }
    }
  }
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
