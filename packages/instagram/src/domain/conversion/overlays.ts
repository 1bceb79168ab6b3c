import { operation, parameter } from './operation.ts'
import { refuseParameter } from './refusal.ts'
import { colour, decimal, integer, oneOf, placement, text, type Read } from './values.ts'

const MAX_URL_LENGTH = 2_000
/** A letter, a number, punctuation or a symbol of any script. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
const HANDLE = /^[A-Za-z0-9_-]{20}$/

/** Where the picture that is laid over comes from. */
export type OverlaySource = { kind: 'handle', handle: string } | { kind: 'url', url: string }

/** An address, or the handle of one of our files. */
const overlaySource: Read<OverlaySource> = (value, name) => {
  if (HANDLE.test(value)) return { kind: 'handle', handle: value }
  if (value.length <= MAX_URL_LENGTH && URL.canParse(value) && new URL(value).protocol === 'https:') return { kind: 'url', url: new URL(value).href }
  return refuseParameter(name, 'an https address or a handle', value)
}

export const overlays = {
  watermark: operation({
    watermark: parameter(overlaySource),
    watermark_size: parameter(decimal(1, 100), 'watersize'),
    watermark_position: parameter(placement({ vertical: 'bottom', horizontal: 'right' }), 'waterposition')
  }, ({ watermark, watermark_size: size, watermark_position: position }) => {
    if (watermark === undefined) {
      if (size !== undefined) return refuseParameter('watermark_size', 'given together with watermark', size)
      return position === undefined ? undefined : refuseParameter('watermark_position', 'given together with watermark', position)
    }
    return {
      source: watermark,
      /** Percent of the base picture's width. Absent: the overlay's own size, made smaller where it does not fit. */
      ...(size === undefined ? {} : { sizePercent: size }),
      position: position ?? { vertical: 'bottom' as const, horizontal: 'right' as const }
    }
  }),

  text: operation({
    text: parameter(text(300)),
    text_size: parameter(integer(4, 500), 'text_font_size'),
    text_color: parameter(colour, 'text_colour'),
    text_font: parameter(oneOf(['sans', 'serif', 'mono'])),
    text_align: parameter(placement({ vertical: 'bottom', horizontal: 'center' }), 'text_position'),
    text_padding: parameter(integer(0, 500))
  }, ({ text, text_size: size, text_color: color, text_font: font, text_align: align, text_padding: padding }) => {
    if (text === undefined) {
      const without = Object.entries({ size, color, font, align, padding }).find(([, value]) => value !== undefined)
      return without === undefined ? undefined : refuseParameter(`text_${without[0]}`, 'given together with text', 'no text')
    }
    if (!VISIBLE.test(text)) return refuseParameter('text', 'at least one visible character', text)
    return {
      text,
      sizePx: size ?? 32,
      colour: color ?? { r: 255, g: 255, b: 255, alpha: 1 },
      font: font ?? 'sans',
      position: align ?? { vertical: 'bottom' as const, horizontal: 'center' as const },
      paddingPx: padding ?? 10
    }
  })
} as const
