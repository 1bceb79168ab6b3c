import sharp, { type Sharp } from 'sharp'
import type { Placement } from '../../domain/conversion/values.ts'
import { decode } from '../decode.ts'
import { readHeader } from '../header.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { toPixels, toSharp, type Pixels } from '../picture.ts'
import type { Apply } from './index.ts'

const FONTS = { sans: 'sans-serif', serif: 'serif', mono: 'monospace' } as const

const watermark: Apply<'watermark'> = async (pixels, { sizePercent, position }, { overlayPath }) => {
  if (overlayPath === undefined) throw new TypeError('a plan with a watermark needs the file of it')
  const header = await readHeader(overlayPath, DEFAULT_LIMITS)
  const width = sizePercent === undefined ? header.upright.width : Math.max(1, Math.round(pixels.width * sizePercent / 100))
  const factor = Math.min(width / header.upright.width, pixels.width / header.upright.width, pixels.height / header.upright.height)
  const size = { width: Math.max(1, Math.round(header.upright.width * factor)), height: Math.max(1, Math.round(header.upright.height * factor)) }
  const overlay = await decode({ path: overlayPath, header, page: 0, pages: 1, need: size })
  return lay(pixels, await toPixels(toSharp(overlay).resize({ ...size, fit: 'fill' })), position, 0)
}

/** Set by Pango. What the user wrote is text and nothing else: its markup is escaped, and no SVG is made of it. */
const text: Apply<'text'> = async (pixels, { text, sizePx, colour, font, position, paddingPx }) => {
  const room = { width: Math.max(1, pixels.width - 2 * paddingPx), height: Math.max(1, pixels.height - 2 * paddingPx) }
  const written = await sharp({
    text: { text: `<span foreground="#${hex(colour)}">${escaped(text)}</span>`, font: `${FONTS[font]} ${sizePx * 0.75}`, rgba: true, dpi: 96, width: room.width, wrap: 'word-char', align: ALIGN[position.horizontal] }
  }).png().toBuffer()
  const line = await toPixels(sharp(written).ensureAlpha())
  const factor = Math.min(1, room.width / line.width, room.height / line.height)
  const shown = factor === 1 ? line : await toPixels(toSharp(line).resize({ width: Math.max(1, Math.floor(line.width * factor)), height: Math.max(1, Math.floor(line.height * factor)), fit: 'fill' }))
  return lay(pixels, faded(shown, colour.alpha), position, paddingPx)
}

const ALIGN = { left: 'left', center: 'centre', right: 'right' } as const

function lay (pixels: Pixels, overlay: Pixels, { vertical, horizontal }: Placement, padding: number): Sharp {
  const { data, ...raw } = overlay
  const left = { left: padding, center: (pixels.width - overlay.width) / 2, right: pixels.width - overlay.width - padding }[horizontal]
  const top = { top: padding, middle: (pixels.height - overlay.height) / 2, bottom: pixels.height - overlay.height - padding }[vertical]
  return toSharp(pixels).composite([{ input: data, raw, left: Math.max(0, Math.round(left)), top: Math.max(0, Math.round(top)) }])
}

function faded (pixels: Pixels, alpha: number): Pixels {
  if (alpha === 1 || pixels.channels === 3) return pixels
  const data = Buffer.from(pixels.data)
  for (let at = 3; at < data.length; at += 4) data[at] = (data[at] as number) * alpha
  return { ...pixels, data }
}

function hex ({ r, g, b }: { r: number, g: number, b: number }): string {
  return [r, g, b].map(value => value.toString(16).padStart(2, '0')).join('')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Pango refuses control characters, and reads markup in the rest. */
function escaped (text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu, ' ').replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
}

export const overlays = { watermark, text }
