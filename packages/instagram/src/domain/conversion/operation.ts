import type { Read } from './values.ts'

/** One parameter: how its text is read, and every name it goes by. */
export interface Parameter<Value> {
  read: Read<Value>
  /** Other spellings, in lower snake case; camelCase of each is understood too. */
  aliases: readonly string[]
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>

/** What the parameters of a row were read to; absent ones are `undefined`. */
export type Values<Of extends Parameters> = { [Name in keyof Of]: Of[Name] extends Parameter<infer Value> ? Value | undefined : never }

/** One row of the table of operations: the parameters it reads, and the pure check that makes its settings out of them. */
export interface Operation<Of extends Parameters, Settings> {
  parameters: Of
  /** @returns `undefined` when the parameters do not ask for this operation */
  check: (values: Values<Of>) => Settings | undefined
}

export function parameter<Value> (read: Read<Value>, ...aliases: string[]): Parameter<Value> {
  return { read, aliases }
}

export function operation<const Of extends Parameters, Settings> (parameters: Of, check: (values: Values<Of>) => Settings | undefined): Operation<Of, Settings> {
  return { parameters, check }
}
