import { operation, parameter } from './operation.ts'
import { WHITE } from './geometry.ts'
import { refuseParameter } from './refusal.ts'
import { colour, decimal, flagOr, integer, type Colour, type Read } from './values.ts'

const BLACK: Colour = { r: 0, g: 0, b: 0, alpha: 1 }
const SNOW: Colour = { r: 255, g: 250, b: 250, alpha: 1 }
const CLEAR: Colour = { r: 255, g: 255, b: 255, alpha: 0 }

const radius: Read<number | 'max' | undefined> = (text, name) => {
  if (text.toLowerCase() === 'max') return 'max'
  try {
    return flagOr(integer(1, 10_000), 10)(text, name)
  } catch {
    return refuseParameter(name, 'a radius from 1 to 10000 pixels, max, true or false', text)
  }
}

/** Behind what a frame cuts away: see-through where the format can hold that, white in a JPEG. */
const background = parameter(colour)

export const frames = {
  /** How dark the corners become, percent. */
  vignette: operation({ vignette: parameter(flagOr(integer(0, 100), 20), 'vignette_amount') },
    ({ vignette }) => vignette === undefined ? undefined : { amount: vignette }),

  rounded_corners: operation({ rounded_corners: parameter(radius, 'rounded_corners_radius'), background },
    ({ rounded_corners: asked, background }) => asked === undefined ? undefined : { radiusPx: asked, background: background ?? CLEAR }),

  circle: operation({ circle: parameter(flagOr(integer(1, 1), 1)), background },
    ({ circle, background }) => circle === undefined ? undefined : { background: background ?? CLEAR }),

  border: operation({ border: parameter(flagOr(integer(0, 1_000), 2), 'border_width'), border_color: parameter(colour, 'border_colour'), background },
    ({ border, border_color: color, background }) => {
      if (color !== undefined && border === undefined) return refuseParameter('border_color', 'given together with border', 'no border')
      return border === undefined || border === 0 ? undefined : { widthPx: border, colour: color ?? BLACK, background: background ?? WHITE }
    }),

  /** A print with a wide lower margin, turned by so many degrees. */
  polaroid: operation({ polaroid: parameter(flagOr(decimal(0, 359), 0), 'polaroid_rotate'), polaroid_color: parameter(colour, 'polaroid_colour'), background },
    ({ polaroid, polaroid_color: color, background }) => {
      if (color !== undefined && polaroid === undefined) return refuseParameter('polaroid_color', 'given together with polaroid', 'no polaroid')
      return polaroid === undefined ? undefined : { degrees: polaroid, colour: color ?? SNOW, background: background ?? CLEAR }
    })
} as const
