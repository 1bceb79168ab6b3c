type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown

/** `JSON.parse` with the third argument of its reviver, which TypeScript's library does not know yet. */
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown

/**
 * Parses JSON without losing digits: whole numbers above 2^53 come out as their decimal text.
 *
 * @throws {SyntaxError} when the text is no JSON
 * @see Instagram writes `user_id` as a JSON number of 17 digits
 */
export function parseLossless (text: string): unknown {
  return parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value)
}
