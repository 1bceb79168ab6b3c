/** Request headers: a Fetch `Headers`, or the object of Node and Fastify. Names are matched whatever their case. */
export type HeaderSource = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** The value of a header; a repeated one is joined as HTTP joins it. `name` is lower case. */
export function readHeader (headers: HeaderSource, name: string): string | undefined {
  // Nearly always it is a text under its lower-case name.
  const found = (headers as Readonly<Record<string, unknown>>)[name]
  if (typeof found === 'string') return found
  if (isFetchHeaders(headers)) return headers.get(name) ?? undefined
  const value = headers[name] ?? valueWhateverTheCase(headers, name)
  return typeof value === 'string' || value === undefined ? value : value.join(', ')
}

function isFetchHeaders (headers: HeaderSource): headers is Headers {
  return typeof headers.get === 'function'
}

function valueWhateverTheCase (headers: Readonly<Record<string, string | readonly string[] | undefined>>, name: string) {
  for (const key in headers) {
    if (key.length === name.length && key.toLowerCase() === name) return headers[key]
  }
  return undefined
}
