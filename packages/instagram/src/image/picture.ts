import sharp, { type Sharp } from 'sharp'

/** Pixels in memory: sRGB, 8 bits, with alpha when `channels` is 4. */
export interface Pixels {
  data: Buffer
  width: number
  height: number
  channels: 3 | 4
}

export function toSharp ({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
}

/** Runs what was asked of a picture, and holds the result. */
export async function toPixels (image: Sharp): Promise<Pixels> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  if (info.channels === 3 || info.channels === 4) return { data, width: info.width, height: info.height, channels: info.channels }
  return { data: spread(data, info.channels), width: info.width, height: info.height, channels: info.channels === 1 ? 3 : 4 }
}

/** Grey, or grey with alpha, as three colours. */
function spread (data: Buffer, channels: number): Buffer {
  const out = Buffer.allocUnsafe(data.length / channels * (channels + 2))
  for (let from = 0, to = 0; from < data.length; from += channels, to += channels + 2) {
    out.fill(data[from] as number, to, to + 3)
    if (channels === 2) out[to + 3] = data[from + 1] as number
  }
  return out
}
