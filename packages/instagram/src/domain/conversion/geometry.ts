import { operation, parameter } from './operation.ts'
import { refuseParameter } from './refusal.ts'
import { colour, decimal, flag, integer, oneOf, rectangle, type Colour, type Read } from './values.ts'

/** Longest side and largest area of a result. */
export const MAX_SIDE_PX = 4_096
export const MAX_AREA_PX = 16_000_000

const FITS = ['clip', 'crop', 'scale', 'max'] as const
const ALIGNMENTS = ['center', 'top', 'bottom', 'left', 'right', 'faces', 'attention', 'entropy'] as const

export type Fit = typeof FITS[number]
export type Alignment = typeof ALIGNMENTS[number]

export interface ResizeSettings {
  width?: number
  height?: number
  fit: Fit
  /** Which part `crop` keeps. */
  align: Alignment
}

export const WHITE: Colour = { r: 255, g: 255, b: 255, alpha: 1 }

const side = integer(1, MAX_SIDE_PX, ' pixels')

/** Degrees clockwise, or `exif`, which changes nothing because every result is upright. */
const turn: Read<number> = (text, name) => {
  if (text.toLowerCase() === 'exif') return 0
  const degrees = decimal(-360, 360)
  try {
    return ((degrees(text, name) % 360) + 360) % 360
  } catch {
    return refuseParameter(name, 'degrees clockwise from -360 to 360, or exif', text)
  }
}

export const geometry = {
  resize: operation({
    w: parameter(side, 'width'),
    h: parameter(side, 'height'),
    fit: parameter(oneOf(FITS)),
    align: parameter(oneOf(ALIGNMENTS))
  }, ({ w, h, fit, align }): ResizeSettings | undefined => {
    if (w === undefined && h === undefined) {
      if (fit !== undefined) return refuseParameter('fit', 'given together with w or h', fit)
      return align === undefined ? undefined : refuseParameter('align', 'given together with w, h and fit=crop', align)
    }
    if (align !== undefined && fit !== 'crop') return refuseParameter('align', 'given together with fit=crop', align)
    if (w !== undefined && h !== undefined && w * h > MAX_AREA_PX) return refuseParameter('w × h', `at most ${MAX_AREA_PX} pixels`, w * h)
    return { ...(w === undefined ? {} : { width: w }), ...(h === undefined ? {} : { height: h }), fit: fit ?? 'clip', align: align ?? 'center' }
  }),

  crop: operation({ crop: parameter(rectangle) }, ({ crop }) => crop),

  flip: operation({ flip: parameter(flag) }, ({ flip }) => flip === true ? {} : undefined),

  flop: operation({ flop: parameter(flag) }, ({ flop }) => flop === true ? {} : undefined),

  rotate: operation({
    rotate: parameter(turn),
    rotate_background: parameter(colour)
  }, ({ rotate, rotate_background: background }) => {
    if (background !== undefined && rotate === undefined) return refuseParameter('rotate_background', 'given together with rotate', 'no rotate')
    return rotate === undefined || rotate === 0 ? undefined : { degrees: rotate, background: background ?? WHITE }
  })
} as const
