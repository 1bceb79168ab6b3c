import type { Sharp } from 'sharp'
import type { OperationName, Settings, Step } from '../../domain/conversion/operations.ts'
import type { Pixels } from '../picture.ts'
import { filters } from './filters.ts'
import { frames } from './frames.ts'
import { geometry } from './geometry.ts'
import { overlays } from './overlays.ts'
import type { Context } from './context.ts'

/** Does one operation: from pixels to a picture that still has to be run, so that the last one runs together with the encoder. */
export type Apply<Name extends OperationName> = (pixels: Pixels, settings: Settings<Name>, context: Context) => Sharp | Promise<Sharp>

const FUNCTIONS: { readonly [Name in OperationName]: Apply<Name> } = { ...geometry, ...overlays, ...filters, ...frames }

export async function applyStep<Name extends OperationName> (pixels: Pixels, step: Extract<Step, { name: Name }>, context: Context): Promise<Sharp> {
  const apply = FUNCTIONS[step.name] as Apply<OperationName>
  return await apply(pixels, step.settings as Settings<Name>, context)
}
