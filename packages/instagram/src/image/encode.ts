import type { Sharp } from 'sharp'
import type { Format, Output } from '../domain/conversion/output.ts'

/** Part of every cache key: raise it whenever equal plans may give other bytes. */
export const ENCODER_VERSION = 1

/** `fast`: about a third less work for JPEG, a trace softer and 3 % larger. */
export type EncoderMode = 'quality' | 'fast'

/** How long each picture of an animation is shown, and how often it all runs (0: for ever). */
export interface Timing { delay: number[], loop: number }

type Write = (image: Sharp, output: Output, mode: EncoderMode, timing: Timing | undefined) => Sharp

/** How each format is written: what costs much is left out until it is asked for. */
const WRITERS: Readonly<Record<Format, Write>> = {
  jpg: (image, { quality = 80, compress = false, progressive = false }, mode) =>
    image.flatten({ background: 'white' }).jpeg({ quality, mozjpeg: compress, ...(compress ? {} : { progressive, optimiseCoding: mode === 'quality' }) }),
  png: (image, { compress = false, progressive = false }) =>
    image.png({ progressive, compressionLevel: compress ? 9 : 6, adaptiveFiltering: compress }),
  webp: (image, { quality = 80, compress = false }, _mode, timing) => image.webp({ quality, effort: compress ? 4 : 2, ...timing }),
  avif: (image, { quality = 50, compress = false }) => image.avif({ quality, effort: compress ? 3 : 0, chromaSubsampling: '4:2:0' }),
  gif: (image, { compress = false, progressive = false }, _mode, timing) => image.gif({ effort: compress ? 7 : 1, progressive, ...timing })
}

export function encoded (image: Sharp, format: Format, output: Output, mode: EncoderMode, timing?: Timing): Sharp {
  return WRITERS[format](image, output, mode, timing)
}
