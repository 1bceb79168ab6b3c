import type { OperationName } from '../../../src/domain/conversion/operations.ts'

/** One picture of the contact sheet: what it shows, and the conversion that makes it. */
export interface Sample {
  operation: OperationName
  title: string
  parameters: Record<string, unknown>
}

const small = { w: 180, h: 180 }

function sample (operation: OperationName, parameters: Record<string, unknown>, base: Record<string, unknown> = small): Sample {
  return { operation, title: Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`).join(' '), parameters: { ...base, ...parameters } }
}

/** Every operation at least once. A new one comes last, so that the others keep their place on the sheet. */
export const SAMPLES: readonly Sample[] = [
  sample('resize', { w: 180, h: 120 }, {}),
  sample('resize', { w: 180, h: 120, fit: 'crop' }, {}),
  sample('resize', { w: 180, h: 120, fit: 'crop', align: 'top' }, {}),
  sample('resize', { w: 180, h: 120, fit: 'crop', align: 'faces' }, {}),
  sample('resize', { w: 180, h: 60, fit: 'scale' }, {}),
  sample('crop', { crop: '40,60,120,80' }),
  sample('crop', { crop: '-30,100,100,500' }),
  sample('crop', { crop: '200,200,300,200', crop_first: true }),
  sample('watermark', { watermark: 'overlay-handle-12345', watermark_size: 40 }),
  sample('watermark', { watermark: 'overlay-handle-12345', watermark_position: 'top,left' }),
  sample('text', { text: 'Café <b> & Söhne', text_size: 18 }),
  sample('monochrome', { monochrome: true }),
  sample('blackwhite', { blackwhite: 65 }),
  sample('sepia', { filter: 'sepia' }),
  sample('negative', { negative: true }),
  sample('modulate', { brightness: 130, saturation: 160, hue: 40 }),
  sample('blur', { filter: 'blur', blurAmount: 3 }),
  sample('sharpen', { sharpen: 2 }),
  sample('pixelate', { pixelate: 9 }),
  sample('flip', { flip: true }),
  sample('flop', { flop: true }),
  sample('rotate', { rotate: 90 }),
  sample('rotate', { rotate: 20, rotate_background: 'gold' }),
  sample('vignette', { vignette: 80 }),
  sample('rounded_corners', { rounded_corners: 30 }),
  sample('circle', { circle: true, background: 'f80' }),
  sample('border', { border: 6, border_color: 'crimson' }),
  sample('polaroid', { polaroid: 12 })
]
