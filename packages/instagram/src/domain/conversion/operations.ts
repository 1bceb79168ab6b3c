import { filters } from './filters.ts'
import { frames } from './frames.ts'
import { geometry } from './geometry.ts'
import { overlays } from './overlays.ts'

/**
 * Every operation, in the order in which they run whatever the order of the query: resize, crop, overlays, filters, turns, frames.
 * Adding one is a row here, its check, its function in `image/operations`, and a golden picture.
 *
 * @see https://www.filestack.com/docs/javascript-api/convert
 */
export const OPERATIONS = {
  resize: geometry.resize,
  crop: geometry.crop,
  watermark: overlays.watermark,
  text: overlays.text,
  ...filters,
  flip: geometry.flip,
  flop: geometry.flop,
  rotate: geometry.rotate,
  ...frames
} as const

export type OperationName = keyof typeof OPERATIONS
export type Settings<Name extends OperationName> = Exclude<ReturnType<typeof OPERATIONS[Name]['check']>, undefined>

/** One operation with its settings, ready to run. */
export type Step = { [Name in OperationName]: { name: Name, settings: Settings<Name> } }[OperationName]
