import { FilepickerException } from './exceptions.ts'

const TYPES: Readonly<Record<string, ReadonlyArray<'string' | 'number' | 'boolean' | 'array'>>> = {
  width: ['number'],
  height: ['number'],
  quality: ['number'],
  page: ['number'],
  blurAmount: ['number'],
  sharpenAmount: ['number'],
  watermark_size: ['number'],
  text_size: ['number'],
  text_padding: ['number'],
  crop_first: ['boolean'],
  compress: ['boolean'],
  secure: ['boolean'],
  crop: ['string', 'array'],
  rotate: ['string', 'number'],
  exif: ['string', 'boolean'],
  align: ['string'],
  filter: ['string'],
  fit: ['string'],
  format: ['string'],
  text: ['string'],
  text_align: ['string'],
  text_color: ['string'],
  text_font: ['string'],
  watermark: ['string'],
  watermark_position: ['string'],
  policy: ['string'],
  signature: ['string'],
  storeLocation: ['string'],
  storePath: ['string'],
  storeContainer: ['string'],
  storeRegion: ['string'],
  storeAccess: ['string'],
  cloudinaryUploadPreset: ['string']
}

/** Spellings of a conversion's address and of this API. */
const LONG_NAMES: Readonly<Record<string, string>> = { w: 'width', h: 'height' }

/**
 * Refuses what the original refused: an unknown name, or a number given as text.
 *
 * @throws {FilepickerException}
 */
export function checkConversion (conversion: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(conversion)) {
    const types = TYPES[name]
    if (types === undefined) throw new FilepickerException(`Conversion parameter ${name} is not a valid parameter.`)
    const type = Array.isArray(value) ? 'array' : typeof value
    if (!types.some(allowed => allowed === type)) throw new FilepickerException(`Conversion parameter ${name} is not the right type: ${String(value)}. Should be a ${types.join(' or ')}`)
  }
}

/** The conversion that an address ends in, `…/convert?w=100`: a new one begins with it. */
export function conversionIn (url: string): Record<string, unknown> {
  if (!/\/convert\?/.test(url)) return {}
  const found: Record<string, unknown> = {}
  for (const [short, value] of new URL(url, window.location.href).searchParams) {
    const name = LONG_NAMES[short] ?? short
    found[name] = TYPES[name]?.[0] === 'number' ? Number(value) : TYPES[name]?.[0] === 'boolean' ? value === 'true' : value
  }
  return found.crop === undefined ? found : { crop_first: true, ...found }
}
