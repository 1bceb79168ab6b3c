import type { Sharp } from 'sharp'
import type { Colour } from '../../domain/conversion/values.ts'
import { toPixels, toSharp, type Pixels } from '../picture.ts'

/** How much of each pixel stays, 0 to 1. */
export type Coverage = (x: number, y: number) => number

/** Cuts a shape out; what is outside shows the background. */
export async function cutOut (pixels: Pixels, coverage: Coverage, background: Colour): Promise<Sharp> {
  const { data, width, height } = await withAlpha(pixels)
  const out = Buffer.allocUnsafe(data.length)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const kept = coverage(x + 0.5, y + 0.5) * (data[at + 3] as number) / 255
      const behind = background.alpha * (1 - kept)
      const alpha = kept + behind
      const share = alpha === 0 ? 0 : kept / alpha
      out[at] = mix(data[at] as number, background.r, share)
      out[at + 1] = mix(data[at + 1] as number, background.g, share)
      out[at + 2] = mix(data[at + 2] as number, background.b, share)
      out[at + 3] = Math.round(alpha * 255)
    }
  }
  return toSharp({ data: out, width, height, channels: 4 })
}

export async function withAlpha (pixels: Pixels): Promise<Pixels> {
  return pixels.channels === 4 ? pixels : await toPixels(toSharp(pixels).ensureAlpha())
}

function mix (front: number, back: number, share: number): number {
  return Math.round(front * share + back * (1 - share))
}
