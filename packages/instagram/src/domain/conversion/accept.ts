import type { Format } from './output.ts'

/** Best first. GIF is never chosen: what is animated becomes WebP. */
const PREFERRED = ['avif', 'webp'] as const

/**
 * The format for `format=auto`: the best one that the browser names. A wildcard is no promise, since every browser sends one.
 *
 * @param accept - the request's `Accept` header
 * @returns `source` when it names none of them
 */
export function formatFor (accept: string | undefined): Format | 'source' {
  const named = (accept ?? '').toLowerCase().split(',').map(part => part.trim())
  return PREFERRED.find(format => named.some(part => isAccepted(part, `image/${format}`))) ?? 'source'
}

function isAccepted (part: string, mimetype: string): boolean {
  const [type, ...parameters] = part.split(';').map(text => text.trim())
  return type === mimetype && !parameters.some(parameter => /^q=0(\.0*)?$/.test(parameter))
}
