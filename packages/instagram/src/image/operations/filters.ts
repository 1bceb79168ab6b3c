import sharp from 'sharp'
import { toSharp } from '../picture.ts'
import type { Apply } from './index.ts'

/** How strongly red, green and blue enter each colour of a sepia print. */
const SEPIA = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]] as const

const sepia: Apply<'sepia'> = (pixels, { amount }) => {
  const tone = amount / 100
  const mixed = SEPIA.map((row, at) => row.map((weight, from) => weight * tone + (at === from ? 1 - tone : 0)))
  return toSharp(pixels).recomb(mixed as [[number, number, number], [number, number, number], [number, number, number]])
}

/** Every tile becomes its mean, in the place where it was. */
const pixelate: Apply<'pixelate'> = async (pixels, { amount }) => {
  const small = { width: Math.ceil(pixels.width / amount), height: Math.ceil(pixels.height / amount) }
  const edge = { right: small.width * amount - pixels.width, bottom: small.height * amount - pixels.height }
  const raw = { channels: pixels.channels } as const
  const whole = await toSharp(pixels).extend({ ...edge, extendWith: 'copy' }).raw().toBuffer({ resolveWithObject: true })
  const tiles = await sharp(whole.data, { raw: { ...raw, width: whole.info.width, height: whole.info.height }, limitInputPixels: false })
    .resize({ ...small, fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false }).raw().toBuffer()
  const grown = await sharp(tiles, { raw: { ...raw, ...small }, limitInputPixels: false })
    .resize({ width: whole.info.width, height: whole.info.height, fit: 'fill', kernel: 'nearest' }).raw().toBuffer()
  return sharp(grown, { raw: { ...raw, width: whole.info.width, height: whole.info.height }, limitInputPixels: false })
    .extract({ left: 0, top: 0, width: pixels.width, height: pixels.height })
}

export const filters = {
  monochrome: (pixels => toSharp(pixels).greyscale()) satisfies Apply<'monochrome'>,
  blackwhite: ((pixels, { amount }) => toSharp(pixels).threshold(Math.round(amount * 2.55))) satisfies Apply<'blackwhite'>,
  sepia,
  negative: (pixels => toSharp(pixels).negate({ alpha: false })) satisfies Apply<'negative'>,
  modulate: ((pixels, { brightness, saturation, hue }) =>
    toSharp(pixels).modulate({ brightness: brightness / 100, saturation: saturation / 100, hue })) satisfies Apply<'modulate'>,
  blur: ((pixels, { amount }) => toSharp(pixels).blur(amount)) satisfies Apply<'blur'>,
  sharpen: ((pixels, { amount }) => toSharp(pixels).sharpen({ sigma: amount })) satisfies Apply<'sharpen'>,
  pixelate
}
