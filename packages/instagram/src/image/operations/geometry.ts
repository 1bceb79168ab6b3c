import type { Region } from 'sharp'
import { fitted, overlap } from '../../domain/conversion/fit.ts'
import type { Alignment } from '../../domain/conversion/geometry.ts'
import { ContactsheetError } from '../../errors.ts'
import { toSharp } from '../picture.ts'
import type { Apply } from './index.ts'

/** `faces` is a guess by what draws the eye: skin tones, edges, saturated colours. There is no face detector. */
const POSITIONS = {
  center: 'centre', top: 'north', bottom: 'south', left: 'west', right: 'east', faces: 'attention', attention: 'attention', entropy: 'entropy'
} as const satisfies Record<Alignment, string>

const resize: Apply<'resize'> = (pixels, settings, { mode }) => toSharp(pixels).resize({
  ...fitted(pixels, settings).box,
  fit: settings.fit === 'crop' ? 'cover' : 'fill',
  position: POSITIONS[settings.align],
  kernel: mode === 'fast' ? 'linear' : 'lanczos3'
})

const crop: Apply<'crop'> = (pixels, area) => toSharp(pixels).extract(overlapOf(pixels, area))

/** @throws {ContactsheetError} CONVERSION_INVALID when the area lies beside the picture */
export function overlapOf (pixels: { width: number, height: number }, area: Region): Region {
  const part = overlap(pixels, area)
  if (part === undefined) throw new ContactsheetError('CONVERSION_INVALID', `crop must lie at least partly on the picture, which has ${pixels.width} × ${pixels.height} pixels here`)
  return part
}

export const geometry = {
  resize,
  crop,
  flip: (pixels => toSharp(pixels).flip()) satisfies Apply<'flip'>,
  flop: (pixels => toSharp(pixels).flop()) satisfies Apply<'flop'>,
  rotate: ((pixels, { degrees, background }) => toSharp(pixels).rotate(degrees, { background })) satisfies Apply<'rotate'>
}
