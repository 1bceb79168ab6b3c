import { operation, parameter } from './operation.ts'
import { decimal, flag, flagOr, integer, oneOf } from './values.ts'

export const FILTER_NAMES = ['monochrome', 'blackwhite', 'sepia', 'negative', 'blur', 'sharpen', 'pixelate'] as const
type FilterName = typeof FILTER_NAMES[number]

/** `filter=<name>` asks for a filter at its default amount, or at the amount that its own parameter gives. */
const filter = parameter(oneOf(FILTER_NAMES))

const DEFAULTS = { blackwhite: 50, sepia: 80, blur: 2, sharpen: 2, pixelate: 8 } as const

/** The amount asked for by `name=` or `filter=name`; nothing when neither, or when it is none. */
function amountOf (name: keyof typeof DEFAULTS, given: number | undefined, chosen: FilterName | undefined): { amount: number } | undefined {
  const amount = given ?? (chosen === name ? DEFAULTS[name] : undefined)
  return amount === undefined ? undefined : { amount }
}

export const filters = {
  monochrome: operation({ monochrome: parameter(flag, 'grayscale', 'greyscale'), filter },
    ({ monochrome, filter }) => monochrome ?? filter === 'monochrome' ? {} : undefined),

  /** Everything lighter than the threshold (percent) is white, the rest black. */
  blackwhite: operation({ blackwhite: parameter(flagOr(integer(0, 100), DEFAULTS.blackwhite), 'blackwhite_threshold'), filter },
    ({ blackwhite, filter }) => amountOf('blackwhite', blackwhite, filter)),

  /** Percent of the toned picture over the plain one. */
  sepia: operation({ sepia: parameter(flagOr(integer(0, 100), DEFAULTS.sepia), 'sepia_tone'), filter },
    ({ sepia, filter }) => amountOf('sepia', sepia, filter)),

  negative: operation({ negative: parameter(flag, 'negate'), filter },
    ({ negative, filter }) => negative ?? filter === 'negative' ? {} : undefined),

  /** Percent; 100 leaves as it is. Hue in degrees. */
  modulate: operation({
    brightness: parameter(integer(0, 1_000)),
    saturation: parameter(integer(0, 1_000)),
    hue: parameter(integer(0, 359))
  }, ({ brightness, saturation, hue }) => brightness === undefined && saturation === undefined && hue === undefined
    ? undefined
    : { brightness: brightness ?? 100, saturation: saturation ?? 100, hue: hue ?? 0 }),

  /** Standard deviation in pixels. */
  blur: operation({ blur: parameter(flagOr(decimal(0.3, 20), DEFAULTS.blur), 'blur_amount'), filter },
    ({ blur, filter }) => amountOf('blur', blur, filter)),

  /** Standard deviation in pixels. */
  sharpen: operation({ sharpen: parameter(flagOr(decimal(0.3, 10), DEFAULTS.sharpen), 'sharpen_amount'), filter },
    ({ sharpen, filter }) => amountOf('sharpen', sharpen, filter)),

  /** Side of a tile in pixels. */
  pixelate: operation({ pixelate: parameter(flagOr(integer(2, 100), DEFAULTS.pixelate), 'pixelate_amount'), filter },
    ({ pixelate, filter }) => amountOf('pixelate', pixelate, filter))
} as const
