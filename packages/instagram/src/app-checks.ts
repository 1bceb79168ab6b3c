import { checkNumbers, invalid } from './option-checks.ts'
import type { AppOptions } from './options.ts'

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
  checkRules(name, app)
}

function checkRules (name: string, { secret, origins = [], mimetypes = ['image/*'], extensions = [], maxSize }: AppOptions): void {
  if (secret !== undefined && (typeof secret !== 'string' || secret.trim() !== secret || secret.length < 16)) {
    throw invalid(`secret of ${name} must be a string of at least 16 characters, without spaces around it: whoever guesses it can sign policies`)
  }
  const notOrigin = origins.find(origin => !isOrigin(origin))
  if (notOrigin !== undefined) throw invalid(`origins of ${name} must be origins as browsers send them, such as https://shop.example.com, without a path or a slash at the end, got ${JSON.stringify(notOrigin)}`)
  const notKind = mimetypes.find(kind => !/^(\*|[\w.+-]+\/(\*|[\w.+-]+)|\*\/\*)$/.test(kind))
  if (notKind !== undefined || mimetypes.length === 0) throw invalid(`mimetypes of ${name} must list kinds such as image/* or image/png, got ${JSON.stringify(notKind ?? mimetypes)}`)
  const notExtension = extensions.find(extension => !/^\s*\.?\w[\w.-]*\s*$/.test(extension))
  if (notExtension !== undefined) throw invalid(`extensions of ${name} must list endings such as .jpg, got ${JSON.stringify(notExtension)}`)
  checkNumbers(name, { maxSize }, 1)
}

/** As browsers write it in the header `Origin`; apps built on a web view have schemes of their own, such as `capacitor://localhost`. */
function isOrigin (text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+$/.test(text) || !URL.canParse(text)) return false
  const { origin } = new URL(text)
  return origin === text || origin === 'null'
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
