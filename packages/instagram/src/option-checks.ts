import { ContactsheetError } from './errors.ts'
import type { ConversionOptions } from './image/open-converter.ts'
import type { LocationOptions } from './options.ts'

export const CALLBACK_PATH = '/api/client/instagram/authCallback/open'

const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\]|.+\.localhost)$/

/** @throws {ContactsheetError} OPTIONS_INVALID unless the address is an origin that browsers can come back to */
export function checkedPublicUrl (text: unknown): string {
  const url = addressIn(text)
  if (url === undefined) throw invalid(`publicUrl must be an absolute address such as https://photos.example.com, got ${JSON.stringify(text)}`)
  if (!isSecure(url)) throw invalid(`publicUrl must begin with https://: Instagram sends people back to https addresses only (http works on localhost), got ${JSON.stringify(text)}`)
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw invalid(`publicUrl must be the server's address alone, ${url.origin}; a path before every route belongs into the option prefix`)
  }
  return url.origin
}

/** @throws {ContactsheetError} OPTIONS_INVALID unless it is `/` or a path that begins, and does not end, with a slash */
export function checkedPrefix (prefix: unknown): string {
  if (prefix === '/') return prefix
  if (typeof prefix !== 'string' || !/^(\/[A-Za-z0-9._~-]+)+$/.test(prefix)) {
    throw invalid(`prefix must be "/" or a path such as "/photos", without a slash at its end, got ${JSON.stringify(prefix)}`)
  }
  return prefix
}

/**
 * The redirect URI, which has to be written in the same way here and in the app's settings at Meta.
 *
 * @throws {ContactsheetError} OPTIONS_INVALID unless it is a secure address that ends in our callback's path
 */
export function checkedRedirectUri (given: string | undefined, publicUrl: string, prefix: string): string {
  const path = (prefix === '/' ? '' : prefix) + CALLBACK_PATH
  if (given === undefined) return publicUrl + path
  const url = addressIn(given)
  if (url === undefined) throw invalid(`redirectUri must be an absolute address that ends in ${path}, got ${JSON.stringify(given)}`)
  if (!isSecure(url)) throw invalid(`redirectUri must begin with https://: Instagram refuses http addresses, got ${JSON.stringify(given)}`)
  if (given.endsWith('/')) throw invalid(`redirectUri must not end in a slash: the callback is ${path}. Meta's dashboard may have added one when you saved the address; remove it there too`)
  if (!given.endsWith(path)) throw invalid(`redirectUri must end in ${path}, which is where the plugin listens, got ${JSON.stringify(given)}`)
  return given
}

/** @throws {ContactsheetError} OPTIONS_INVALID unless it names a file or a PostgreSQL database */
export function checkDatabase (address: unknown): void {
  if (typeof address === 'string' && /^(?!\w+:\/\/).|^postgres(ql)?:\/\//.test(address)) return
  // An address may hold a password.
  const got = typeof address === 'string' ? address.replace(/:\/\/.*/s, '://…') : address
  throw invalid(`database must be the path of an SQLite file, ":memory:" or an address such as postgres://user@host/name, got ${JSON.stringify(got)}`)
}

/** @throws {ContactsheetError} OPTIONS_INVALID unless every location says where it is */
export function checkStorage (storage: Readonly<Record<string, LocationOptions>> | undefined): void {
  if (typeof storage !== 'object' || storage === null) throw invalid("storage must be an object of locations, such as { S3: { type: 'disk', directory: './files' } }")
  for (const [name, location] of Object.entries(storage)) {
    const place = location.type === 'disk' ? location.directory : location.type === 's3' ? location.bucket : undefined
    if (typeof place !== 'string' || place === '') {
      throw invalid(`storage.${name} must be { type: 'disk', directory } or { type: 's3', bucket }, got the type ${JSON.stringify(location.type)}`)
    }
    if (location.containers?.length === 0) throw invalid(`storage.${name}.containers must name at least one, or be left out`)
  }
}

/** @throws {ContactsheetError} OPTIONS_INVALID unless every entry is a host, not an address */
export function checkHosts (name: string, hosts: readonly string[]): void {
  const wrong = hosts.find(host => !/^(\*\.)?([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/.test(host))
  if (wrong !== undefined) throw invalid(`${name} must list hosts such as cdn.example.com, cdn.example.com:8443 or *.example.com, got ${JSON.stringify(wrong)}`)
}

/** @throws {ContactsheetError} OPTIONS_INVALID unless what is given can be done */
export function checkConversions ({ mode, limits = {}, processes, maxWaiting, ...amounts }: ConversionOptions): void {
  if (mode !== undefined && !['quality', 'fast'].includes(mode)) throw invalid(`conversions.mode must be 'quality' or 'fast', got ${JSON.stringify(mode)}`)
  checkNumbers('conversions', { processes, maxWaiting, ...amounts }, 0)
  if (!Number.isInteger(processes ?? 0)) throw invalid(`conversions.processes must be a whole number, got ${processes}`)
  checkNumbers('conversions.limits', { ...limits }, 1)
}

/** @throws {ContactsheetError} OPTIONS_INVALID unless each that is given is a number of at least `least` */
export function checkNumbers (of: string, numbers: Readonly<Record<string, number | undefined>>, least: number): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value !== undefined && !(typeof value === 'number' && value >= least)) throw invalid(`${of}.${name} must be a number of at least ${least}, got ${JSON.stringify(value)}`)
  }
}

function addressIn (text: unknown): URL | undefined {
  return typeof text === 'string' && /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

const isSecure = (url: URL) => url.protocol === 'https:' || LOCAL_HOST.test(url.hostname)

export const invalid = (sentence: string) => new ContactsheetError('OPTIONS_INVALID', sentence)
