import type { Pixel, Rgb } from './colour.ts'
import type { Noise } from './noise.ts'
import type { Random } from './random.ts'

/** What a scene is told: the frame, and its own sources of chance. */
export interface Shot {
  /** Width over height. Coordinates run from 0 to `aspect` and, downwards, from 0 to 1. */
  aspect: number
  random: Random
  noise: Noise
  palette: readonly Rgb[]
}

/** Leaves the colour of the point in `out`. */
export type Shader = (x: number, y: number, out: Pixel) => void

/** A point of light with a soft edge. `radius` in the frame's coordinates, `strength` 0 to 1. */
export interface Spark { x: number, y: number, radius: number, strength: number, colour: Rgb }

/** A scene ready to be exposed. */
export interface Plate {
  shader: Shader
  /** Share of the final size at which the shader runs; soft pictures need less. @defaultValue 0.46 */
  detail?: number
  /** Sharp things in front of it: the content of an SVG of 1000 units in height and `1000 × aspect` in width. */
  overlay?: string
  /** Small points of light at full sharpness. */
  sparks?: readonly Spark[]
  /** Strength of the film grain in 8-bit steps. @defaultValue 7 */
  grain?: number
  /** Darkening of the corners, 0 to 1. @defaultValue 0.28 */
  vignette?: number
}

/** Composes a picture: chance and palette in, plate out. */
export type Scene = (shot: Shot) => Plate
