import { toPixels, toSharp } from '../picture.ts'
import type { Apply } from './index.ts'
import { cutOut, type Coverage } from './mask.ts'

/** Darkens towards the corners, as the square of the distance from the middle. */
const vignette: Apply<'vignette'> = ({ data, width, height, channels }, { amount }) => {
  const out = Buffer.from(data)
  const strength = amount / 100
  for (let y = 0, at = 0; y < height; y++) {
    const down = ((y + 0.5) / height - 0.5) ** 2 * 2
    for (let x = 0; x < width; x++, at += channels) {
      const far = down + ((x + 0.5) / width - 0.5) ** 2 * 2
      const light = 1 - strength * far * far
      for (let channel = 0; channel < 3; channel++) out[at + channel] = (data[at + channel] as number) * light
    }
  }
  return toSharp({ data: out, width, height, channels })
}

/** One pixel of transition at the edge of a shape, so that it looks smooth. */
function edge (distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance))
}

function roundedBox (width: number, height: number, radius: number): Coverage {
  return (x, y) => {
    const dx = Math.max(0, Math.abs(x - width / 2) - (width / 2 - radius))
    const dy = Math.max(0, Math.abs(y - height / 2) - (height / 2 - radius))
    return dx === 0 || dy === 0 ? 1 : edge(Math.hypot(dx, dy) - radius)
  }
}

const roundedCorners: Apply<'rounded_corners'> = async (pixels, { radiusPx, background }) => {
  const largest = Math.min(pixels.width, pixels.height) / 2
  return await cutOut(pixels, roundedBox(pixels.width, pixels.height, radiusPx === 'max' ? largest : Math.min(radiusPx, largest)), background)
}

/** The largest circle around the middle; the rest is cut away. */
const circle: Apply<'circle'> = async (pixels, { background }) => {
  const side = Math.min(pixels.width, pixels.height)
  const square = await toPixels(toSharp(pixels).extract({
    left: Math.floor((pixels.width - side) / 2), top: Math.floor((pixels.height - side) / 2), width: side, height: side
  }))
  return await cutOut(square, roundedBox(side, side, side / 2), background)
}

const border: Apply<'border'> = (pixels, { widthPx, colour, background }) => {
  const image = toSharp(pixels)
  if (pixels.channels === 4) image.flatten({ background })
  return image.extend({ top: widthPx, bottom: widthPx, left: widthPx, right: widthPx, background: colour })
}

const polaroid: Apply<'polaroid'> = async (pixels, { degrees, colour, background }) => {
  const margin = Math.max(4, Math.round(Math.max(pixels.width, pixels.height) * 0.05))
  const image = toSharp(pixels)
  if (pixels.channels === 4) image.flatten({ background: colour })
  const print = image.extend({ top: margin, left: margin, right: margin, bottom: margin * 4, background: colour })
  if (degrees === 0) return print
  return toSharp(await toPixels(print.ensureAlpha())).rotate(degrees, { background })
}

export const frames = { vignette, rounded_corners: roundedCorners, circle, border, polaroid }
