import { parameter, type Values } from './operation.ts'
import { refuseParameter } from './refusal.ts'
import { flag, integer, oneOf, type Read } from './values.ts'

/** Formats that a result can have. */
export const FORMATS = ['jpg', 'png', 'webp', 'avif', 'gif'] as const
export type Format = typeof FORMATS[number]

export const MIMETYPES = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', avif: 'image/avif', gif: 'image/gif', json: 'application/json' } as const satisfies Record<Format | 'json', string>

/** How the result is written. */
export interface Output {
  /** `source`: as the source is written. `auto`: the best that the browser accepts, see `withFormat`. */
  format: Format | 'source' | 'auto'
  /** 1 to 100, JPEG, WebP and AVIF. Absent: the format's own default. */
  quality?: number
  /** Smaller for more work. */
  compress?: true
  progressive?: true
  /** Only this picture of an animation, from 1. */
  page?: number
  /** Only the first picture of an animation. */
  still?: true
  /** The width and height as JSON in place of the picture. */
  imagesize?: true
}

const format: Read<Format | 'pjpg' | 'auto'> = (text, name) => {
  const lower = text.toLowerCase()
  return oneOf(['jpg', 'png', 'webp', 'avif', 'gif', 'auto', 'pjpg'])(lower === 'jpeg' ? 'jpg' : lower, name)
}

export const OUTPUT_PARAMETERS = {
  format: parameter(format),
  quality: parameter(integer(1, 100)),
  compress: parameter(flag),
  progressive: parameter(flag),
  page: parameter(integer(1, 10_000)),
  animated: parameter(flag),
  imagesize: parameter(flag, 'image_size'),
  exif: parameter(flag),
  no_metadata: parameter(flag),
  secure: parameter(flag)
} as const

export function readOutput (values: Values<typeof OUTPUT_PARAMETERS>): Output {
  const { format, quality, page } = values
  if (quality !== undefined && (format === 'png' || format === 'gif')) return refuseParameter('quality', 'left out for a format without quality', `quality=${quality} and format=${format}`)
  if (values.no_metadata === false) return refuseParameter('no_metadata', 'true: metadata is always removed', false)
  if (page !== undefined && values.animated === true) return refuseParameter('page', 'left out when animated=true', page)
  return {
    format: format === 'pjpg' ? 'jpg' : format ?? 'source',
    ...(quality === undefined ? {} : { quality }),
    ...(values.compress === true ? { compress: true } : {}),
    ...(values.progressive ?? format === 'pjpg' ? { progressive: true } : {}),
    ...(page === undefined ? {} : { page }),
    ...(values.animated === false ? { still: true } : {}),
    ...(values.imagesize === true ? { imagesize: true } : {})
  }
}

/** What a file's name ends in, without the dot. */
export function extensionOf (mimetype: string): string {
  const subtype = mimetype.slice(mimetype.indexOf('/') + 1)
  return subtype === 'jpeg' ? 'jpg' : subtype
}
