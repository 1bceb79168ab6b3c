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

/** `host`, `host:port` or `*.domain`, by rule. */
export interface ListedHosts {
  /** The only hosts for the rule `instagram`. */
  cdnHosts: readonly string[]
  /** Hosts for the rule `public` that need not be public. */
  urlHosts: readonly string[]
}

/**
 * Checks one address of a download, the first or that of a redirect. A loopback host that is listed may be reached, by plain
 * http too.
 *
 * @throws {ContactsheetError} URL_NOT_ALLOWED
 */
export function checkDestination (text: string, rule: DownloadRule, hosts: ListedHosts): Destination {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) throw new ContactsheetError('URL_NOT_ALLOWED', 'url must be an absolute https address')
  if (url.username !== '' || url.password !== '') throw new ContactsheetError('URL_NOT_ALLOWED', 'url must not carry a user name or a password')

  const isListed = (rule === 'instagram' ? hosts.cdnHosts : hosts.urlHosts).some(pattern => matchesHost(url, pattern))
  if (rule === 'instagram' && !isListed) throw new ContactsheetError('URL_NOT_ALLOWED', `url must be at one of Instagram's hosts, got ${url.host}`)

  const isLocal = isListed && isLoopbackName(url.hostname)
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) {
    throw new ContactsheetError('URL_NOT_ALLOWED', `url must begin with https:, got ${url.protocol}`)
  }
  const isAllowedAddress = addressRule(rule, isListed, isLocal)
  const literal = bare(url.hostname)
  if (isIP(literal) !== 0 && !isAllowedAddress(literal)) throw new ContactsheetError('URL_NOT_ALLOWED', `url must lead to a public address, got ${url.hostname}`)
  return { url, isAllowedAddress }
}

/** Every rule about addresses that there is: one pool of connections is kept for each. */
export const ADDRESS_RULES: ReadonlyArray<(address: string) => boolean> = [isPublicAddress, isLoopbackAddress, isAnyAddress]

function addressRule (rule: DownloadRule, isListed: boolean, isLocal: boolean): (address: string) => boolean {
  if (isLocal) return isLoopbackAddress
  return rule === 'public' && isListed ? isAnyAddress : isPublicAddress
}

function isAnyAddress (): boolean {
  return true
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
