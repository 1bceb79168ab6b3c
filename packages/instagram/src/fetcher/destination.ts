import { isIP } from 'node:net'
import type { DownloadRule } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'
import { isLoopbackAddress, isPublicAddress } from './address.ts'

/** Where one hop of a download may go, decided before a name is resolved. */
export interface Destination {
  url: URL
  /** Decides about each address that the name resolves to. */
  isAllowedAddress: (address: string) => boolean
}

/**
 * Checks one address of a download, the first or that of a redirect.
 *
 * @param cdnHosts - `host`, `host:port` or `*.domain`; a loopback host listed here may be reached, and by plain http
 * @throws {ContactsheetError} URL_NOT_ALLOWED
 */
export function checkDestination (text: string, rule: DownloadRule, cdnHosts: readonly string[]): Destination {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) throw new ContactsheetError('URL_NOT_ALLOWED', 'url must be an absolute https address')
  if (url.username !== '' || url.password !== '') throw new ContactsheetError('URL_NOT_ALLOWED', 'url must not carry a user name or a password')

  const isListed = rule === 'instagram' && cdnHosts.some(pattern => matchesHost(url, pattern))
  if (rule === 'instagram' && !isListed) throw new ContactsheetError('URL_NOT_ALLOWED', `url must be at one of Instagram's hosts, got ${url.host}`)

  const isLocal = isListed && isLoopbackName(url.hostname)
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) {
    throw new ContactsheetError('URL_NOT_ALLOWED', `url must begin with https:, got ${url.protocol}`)
  }
  const isAllowedAddress = isLocal ? isLoopbackAddress : isPublicAddress
  const literal = bare(url.hostname)
  if (isIP(literal) !== 0 && !isAllowedAddress(literal)) throw new ContactsheetError('URL_NOT_ALLOWED', `url must lead to a public address, got ${url.hostname}`)
  return { url, isAllowedAddress }
}

function matchesHost (url: URL, pattern: string): boolean {
  const wanted = pattern.toLowerCase()
  if (wanted.startsWith('*.')) return url.port === '' && url.hostname.endsWith(wanted.slice(1))
  return url.host === wanted || (url.port === '' && url.hostname === wanted)
}

function isLoopbackName (hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(bare(hostname))
}

/** `[::1]` without its brackets. */
function bare (hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}
