import type { Place } from './types.ts'

/** Address of a route of the server's. */
export function addressOf ({ server = window.location.origin }: Place, path: string, query: Record<string, unknown> = {}): string {
  const url = new URL(server.replace(/\/$/, '') + path)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  return url.href
}

export function keyOf ({ key = 'default' }: Place): string {
  return key
}
