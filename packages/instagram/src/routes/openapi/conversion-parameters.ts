import { OPERATIONS } from '../../domain/conversion/operations.ts'
import type { Parameters } from '../../domain/conversion/operation.ts'
import { OUTPUT_PARAMETERS } from '../../domain/conversion/output.ts'

/** What each parameter takes, for people; the check itself is the conversion's. */
const MEANING: Readonly<Record<string, string>> = {
  w: 'Width in pixels, 1 to 4096',
  h: 'Height in pixels, 1 to 4096',
  fit: 'clip (default), crop, scale or max',
  align: 'What fit=crop keeps: center, top, bottom, left, right, faces, attention or entropy',
  crop: 'x,y,width,height in pixels',
  crop_first: 'true: crop before the resize',
  watermark: 'An https address, or a handle',
  watermark_size: 'Percent of the picture\'s width, 1 to 100',
  watermark_position: 'top, middle or bottom and left, center or right; bottom,right by default',
  text: 'Up to 300 characters',
  text_size: 'Pixels, 4 to 500',
  text_color: 'A colour: hexadecimal digits, a CSS name, or transparent',
  text_font: 'sans, serif or mono',
  text_align: 'As watermark_position; bottom,center by default',
  text_padding: 'Pixels, 0 to 500',
  filter: 'monochrome, blackwhite, sepia, negative, blur, sharpen or pixelate',
  monochrome: 'true',
  blackwhite: 'true, or the threshold in percent',
  sepia: 'true, or the tone in percent',
  negative: 'true',
  brightness: 'Percent, 0 to 1000',
  saturation: 'Percent, 0 to 1000',
  hue: 'Degrees, 0 to 359',
  blur: 'true, or 0.3 to 20 pixels',
  sharpen: 'true, or 0.3 to 10 pixels',
  pixelate: 'true, or the side of a tile, 2 to 100 pixels',
  flip: 'true: upside down',
  flop: 'true: left to right',
  rotate: 'Degrees clockwise, -360 to 360, or exif',
  rotate_background: 'A colour',
  vignette: 'true, or percent',
  rounded_corners: 'true, max, or a radius of 1 to 10000 pixels',
  background: 'A colour behind what a frame cuts away',
  circle: 'true',
  border: 'true, or 0 to 1000 pixels',
  border_color: 'A colour',
  polaroid: 'true, or degrees from 0 to 359',
  polaroid_color: 'A colour',
  format: 'jpg, pjpg, png, webp, avif, gif, or auto: what the Accept header allows',
  quality: '1 to 100, for JPEG, WebP and AVIF',
  compress: 'true: smaller, for more work',
  progressive: 'true',
  page: 'One picture of an animation, from 1',
  animated: 'false: the first picture only',
  imagesize: 'true: width and height as JSON in place of the picture',
  exif: 'Accepted; results never carry EXIF',
  no_metadata: 'Accepted as true; results never carry metadata',
  secure: 'Accepted; results are always drawn anew'
}

/** Query or form parameters of a conversion, each with its other spellings. */
export const CONVERSION_PARAMETERS = Object.fromEntries(
  [...Object.values(OPERATIONS).map(({ parameters }) => parameters), { crop_first: { aliases: [] } }, OUTPUT_PARAMETERS]
    .flatMap(parameters => Object.entries(parameters as Parameters))
    .map(([name, { aliases }]) => [name, { type: 'string', description: described(name, aliases) }])
)

function described (name: string, aliases: readonly string[]): string {
  const meaning = MEANING[name] ?? name
  return aliases.length === 0 ? meaning : `${meaning}. Also written ${aliases.join(', ')}`
}
