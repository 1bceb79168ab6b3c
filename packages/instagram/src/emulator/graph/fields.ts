import { GraphError, invalidParameter } from '../errors.ts'

/** One wanted field: `caption`, or `children.limit(2){id,media_url}`. */
export interface WantedField { name: string, limit?: number, fields?: WantedField[] }

/**
 * Parses a `fields` parameter.
 *
 * @throws {GraphError} code 100 for text that does not parse
 */
export function parseFields (text: string): WantedField[] {
  const tokens = text.match(/[a-z_]\w*|\.limit\(\d+\)|[{},]|\S/gi) ?? []
  const fields = readList(tokens)
  if (tokens.length > 0) throw invalidParameter(`Syntax error "Unexpected token '${tokens[0]}'" at character ${text.length}`)
  return fields
}

function readList (tokens: string[]): WantedField[] {
  const fields: WantedField[] = []
  while (/^[a-z_]/i.test(tokens[0] ?? '')) {
    fields.push(readField(tokens))
    if (tokens[0] !== ',') break
    tokens.shift()
  }
  return fields
}

function readField (tokens: string[]): WantedField {
  const field: WantedField = { name: tokens.shift() ?? '' }
  const limit = /^\.limit\((\d+)\)$/.exec(tokens[0] ?? '')
  if (limit !== null) {
    field.limit = Number(limit[1])
    tokens.shift()
  }
  if (tokens[0] === '{') {
    tokens.shift()
    field.fields = readList(tokens)
    if (tokens.shift() !== '}') throw invalidParameter('Syntax error "Expected end of string instead of \'{\'"')
  }
  return field
}

/** How each field of a node type is read. */
export type Resolvers<Node> = Readonly<Record<string, (node: Node, field: WantedField) => unknown>>

/**
 * The wanted fields of a node; empty ones are left out, as Instagram does, and `id` is always there.
 *
 * @throws {GraphError} code 100 for a field the node type does not have: one unknown field fails the whole call
 */
export function project<Node> (nodeType: string, resolvers: Resolvers<Node>, node: Node, wanted: readonly WantedField[]): Record<string, unknown> {
  const answer: Record<string, unknown> = {}
  for (const field of wanted) {
    const resolve = Object.hasOwn(resolvers, field.name) ? resolvers[field.name] : undefined
    if (resolve === undefined) throw unknownField(field.name, nodeType)
    const value = resolve(node, field)
    if (value !== undefined) answer[field.name] = value
  }
  return { ...answer, id: resolvers.id?.(node, { name: 'id' }) }
}

/** Code 100, as Instagram answers for a field the node does not have. */
export function unknownField (name: string, nodeType: string): GraphError {
  return new GraphError({ message: `(#100) Tried accessing nonexisting field (${name}) on node type (${nodeType})`, type: 'IGApiException', code: 100, error_subcode: 33 })
}
