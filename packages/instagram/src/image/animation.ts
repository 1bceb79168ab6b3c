import sharp, { type Sharp } from 'sharp'
import type { Pixels } from './picture.ts'

/** The pictures of an animation, which come below each other out of the decoder. */
export function splitFrames ({ data, width, height, channels }: Pixels, pages: number): Pixels[] {
  const each = height / pages
  const bytes = width * each * channels
  return Array.from({ length: pages }, (_, at) => ({ data: data.subarray(at * bytes, (at + 1) * bytes), width, height: each, channels }))
}

export function joinFrames (frames: readonly Pixels[]): Sharp {
  const [first] = frames
  if (first === undefined) throw new TypeError('an animation has at least one picture')
  const { width, height, channels } = first
  return sharp(Buffer.concat(frames.map(({ data }) => data)), {
    raw: { width, height: height * frames.length, channels, pageHeight: height },
    limitInputPixels: false
  })
}
