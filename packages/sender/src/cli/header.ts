import { InvalidArgumentError } from 'commander'

/** Adds one `name: value` to those given before. */
export function header (text: string, before: Record<string, string> = {}): Record<string, string> {
  const colon = text.indexOf(':')
  if (colon < 1) throw new InvalidArgumentError('give it as "name: value".')
  return { ...before, [text.slice(0, colon).trim().toLowerCase()]: text.slice(colon + 1).trim() }
}
