import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

type Fault = ReturnType<Validator['Errors']>[number]

/** Told beside it by another error, which says what is wanted. */
const SAY_NOTHING = new Set<string>(['boolean', 'anyOf'])

/**
 * A check of what comes from outside as JSON.
 *
 * @returns what is wrong, each fault beginning with its place: `/answer must be "ask"`; empty when nothing is
 */
export function faultsIn (schema: TSchema): (value: unknown) => string[] {
  const compiled = Compile(schema)
  return value => compiled.Check(value) ? [] : [...new Set(compiled.Errors(value).filter(({ keyword }) => !SAY_NOTHING.has(keyword)).map(sentence))]
}

function sentence (fault: Fault): string {
  return `${fault.instancePath} ${wanted(fault)}`
}

function wanted (fault: Fault): string {
  switch (fault.keyword) {
    case 'additionalProperties': return `must not have ${fault.params.additionalProperties.map(quoted).join(', ')}`
    case 'const': return `must be ${quoted(fault.params.allowedValue)}`
    case 'enum': return `must be one of ${fault.params.allowedValues.map(quoted).join(', ')}`
    default: return fault.message
  }
}

const quoted = (value: unknown): string => JSON.stringify(value)
