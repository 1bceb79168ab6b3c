import { OPERATIONS, type Step } from './operations.ts'
import type { Parameter, Parameters, Values } from './operation.ts'
import { OUTPUT_PARAMETERS, readOutput } from './output.ts'
import { toPlan, type ConversionPlan } from './plan.ts'
import { refuseParameter } from './refusal.ts'
import { flag } from './values.ts'

/** Sent along by clients or meant for the route: no part of a conversion. @see https://github.com/filestack-archive/filepicker-js */
const NOISE = new Set(['_cache_bust', 'plugin', 'nonce', '_xdr', 'key', 'policy', 'signature', 'cache', 'dl'])

const ORDER_PARAMETERS: Parameters = { crop_first: { read: flag, aliases: [] } }

const KNOWN: ReadonlyMap<string, { name: string, parameter: Parameter<unknown> }> = new Map(
  [...Object.values(OPERATIONS).map(({ parameters }) => parameters), OUTPUT_PARAMETERS, ORDER_PARAMETERS]
    .flatMap((parameters: Parameters) => Object.entries(parameters))
    .flatMap(([name, parameter]) => [name, ...parameter.aliases].map(spelling => [spelling, { name, parameter }] as const))
)

/**
 * Reads the parameters of a conversion: both names, camelCase or snake_case, in any order.
 *
 * @throws {ContactsheetError} CONVERSION_INVALID, naming the parameter, what is allowed, and what came
 */
export function parseConversion (parameters: Record<string, unknown>): ConversionPlan {
  const values = readAll(parameters)
  const steps = Object.entries(OPERATIONS).flatMap(([name, { check }]) => {
    const settings = (check as (values: Values<Parameters>) => unknown)(values)
    return settings === undefined ? [] : [{ name, settings } as Step]
  })
  return toPlan(inOrder(steps, values['crop_first'] === true), readOutput(values as Values<typeof OUTPUT_PARAMETERS>))
}

/** The same parameters as a query, without what does not change the picture. */
export function conversionQuery (parameters: Record<string, unknown>): string {
  const kept = Object.entries(parameters).filter(([name, value]) => value !== undefined && KNOWN.has(toSnakeCase(name)))
  return new URLSearchParams(kept.map(([name, value]): [string, string] => [name, String(value)])).toString()
}

function readAll (parameters: Record<string, unknown>): Values<Parameters> {
  const values: Record<string, unknown> = Object.create(null)
  for (const [spelling, came] of Object.entries(parameters)) {
    const folded = toSnakeCase(spelling)
    if (NOISE.has(folded) || came === undefined) continue
    const known = KNOWN.get(folded) ?? refuseParameter(spelling, 'a parameter of a conversion', came)
    if (Array.isArray(came) || known.name in values) return refuseParameter(spelling, 'given once', came)
    const text = typeof came === 'object' ? refuseParameter(spelling, 'text', came) : String(came)
    if (text === '') return refuseParameter(spelling, 'not empty', came)
    values[known.name] = known.parameter.read(text, spelling)
  }
  return values
}

function toSnakeCase (name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, letter => `_${letter}`).toLowerCase()
}

function inOrder (steps: Step[], isCropFirst: boolean): Step[] {
  if (!isCropFirst) return steps
  const crop = steps.filter(({ name }) => name === 'crop')
  if (crop.length === 0) return refuseParameter('crop_first', 'given together with crop', true)
  return [...crop, ...steps.filter(({ name }) => name !== 'crop')]
}
