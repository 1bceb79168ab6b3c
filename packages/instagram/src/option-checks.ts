import { ContactsheetError } from './errors.ts'
import type { AppOptions } from './options.ts'

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

/** @throws {ContactsheetError} OPTIONS_INVALID unless id and secret can be those of an Instagram app */
export function checkApp (key: string, app: AppOptions | undefined): asserts app is AppOptions {
  const name = `the app ${JSON.stringify(key)}`
  if (app === undefined || app === null || typeof app !== 'object') throw invalid(`${name} must be an object with instagramAppId and instagramAppSecret`)
  const { instagramAppId: id, instagramAppSecret: secret, metaAppId, metaAppSecret } = app
  if (typeof id !== 'string' || !/^\d{5,25}$/.test(id)) {
    throw invalid(`instagramAppId of ${name} must be the digits of the Instagram app ID as a string (Meta dashboard: Instagram > API setup with Instagram login), got ${JSON.stringify(id)}`)
  }
  if (typeof secret !== 'string' || secret.trim() !== secret || secret.length < 16) {
    throw invalid(`instagramAppSecret of ${name} must be the Instagram app secret (Meta dashboard: Instagram > API setup with Instagram login), without spaces around it`)
  }
  if (id === metaAppId) {
    throw invalid(`instagramAppId of ${name} is the Meta app id of Settings > Basic, with which Instagram answers "Invalid platform app": take the Instagram app ID of Instagram > API setup with Instagram login`)
  }
  if (secret === metaAppSecret) {
    throw invalid(`instagramAppSecret of ${name} is the Meta app secret of Settings > Basic: take the Instagram app secret of Instagram > API setup with Instagram login`)
  }
}

type Credentials = Pick<AppOptions, 'instagramAppId' | 'instagramAppSecret'> & { key: string }

/** @throws {ContactsheetError} OPTIONS_INVALID when one Instagram app is given with two secrets */
export function checkAppsAgree (apps: Iterable<Credentials>): void {
  const seen = new Map<string, Credentials>()
  for (const app of apps) {
    const other = seen.get(app.instagramAppId)
    if (other !== undefined && other.instagramAppSecret !== app.instagramAppSecret) {
      throw invalid(`the apps ${JSON.stringify(other.key)} and ${JSON.stringify(app.key)} have the same instagramAppId but different secrets: one of them was copied wrongly`)
    }
    seen.set(app.instagramAppId, app)
  }
}

function addressIn (text: unknown): URL | undefined {
  return typeof text === 'string' && /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

const isSecure = (url: URL) => url.protocol === 'https:' || LOCAL_HOST.test(url.hostname)

const invalid = (sentence: string) => new ContactsheetError('OPTIONS_INVALID', sentence)
