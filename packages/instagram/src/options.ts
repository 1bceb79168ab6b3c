import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { WebhookEvent } from '@contactsheet/webhooks'
import type { ConversionOptions } from './image/open-converter.ts'
import { ContactsheetError } from './errors.ts'
import { checkApp, checkAppsAgree } from './app-checks.ts'
import { checkConversions, checkDatabase, checkHosts, checkNumbers, checkStorage, checkedPrefix, checkedPublicUrl, checkedRedirectUri } from './option-checks.ts'

/** One Instagram app: the host's own, or a customer's that shows up instead. */
export interface AppOptions {
  /** *Instagram app ID* (Instagram > API setup with Instagram login), not the Meta app id of Settings > Basic. */
  instagramAppId: string
  /** *Instagram app secret* from the same page. */
  instagramAppSecret: string
  /** App id of Settings > Basic. Only compared, so that a mix-up is told at the start. */
  metaAppId?: string
  /** App secret of Settings > Basic. Meta's deauthorize and data deletion callbacks may be signed with it. */
  metaAppSecret?: string
  /** Signs policies and opens the REST routes by HTTP Basic auth (user `app`); at least 16 characters. Without it neither exists for this app. */
  secret?: string
  /** Origins (`https://shop.example.com`, without a slash at the end) of the pages that may open the dialog and call the routes, besides the server's own. @defaultValue [] */
  origins?: readonly string[]
  /** What may be picked and uploaded. @defaultValue ['image/*'] */
  mimetypes?: readonly string[]
  /** Endings that a file's name may have, such as `['.jpg', '.png']`; an empty list allows any. @defaultValue [] */
  extensions?: readonly string[]
  /** Largest file in bytes. @defaultValue 40 MiB */
  maxSize?: number
}

/** Where copies are kept. */
export type LocationOptions = DiskLocationOptions | S3LocationOptions

/** Copies below a directory of this machine. */
export interface DiskLocationOptions {
  type: 'disk'
  directory: string
  /** Folders that a client may ask for as `container`; the first is used when it asks for none. @defaultValue ['files'] */
  containers?: readonly string[]
}

/** Copies in a bucket of Amazon S3 or of anything that speaks its protocol. */
export interface S3LocationOptions {
  type: 's3'
  bucket: string
  /** Further buckets that a client may ask for as `container`. @defaultValue [] */
  containers?: readonly string[]
  /** @defaultValue 'us-east-1' */
  region?: string
  /** @defaultValue Amazon's own */
  endpoint?: string
  /** @defaultValue false; most other servers need true */
  forcePathStyle?: boolean
  /** @defaultValue what Amazon's SDK finds in the environment */
  credentials?: { accessKeyId: string, secretAccessKey: string }
}

/** Where Instagram is. Only an emulator needs another place. */
export interface InstagramEndpoints {
  /** @defaultValue https://www.instagram.com/oauth/authorize */
  authorizeUrl: string
  /** @defaultValue https://api.instagram.com */
  apiBaseUrl: string
  /** @defaultValue https://graph.instagram.com */
  graphBaseUrl: string
  /** Host names (`host` or `host:port`; `*.` in front for every subdomain) from which photos may be fetched. @defaultValue *.cdninstagram.com, *.fbcdn.net */
  cdnHosts: readonly string[]
}

export interface InstagramOptions {
  /** Encrypts tokens and signs what leaves; at least 32 characters. In a list the first is used for new things, all for old ones. */
  secret: string | readonly string[]
  /** The server as browsers see it, e.g. `https://photos.example.com`. Blob urls and the OAuth redirect URI begin with it. */
  publicUrl: string
  /**
   * Where Instagram sends people back to, written exactly as in the app's settings at Meta. Only a tunnel or a forwarder needs another one.
   * @defaultValue `<publicUrl><prefix>/api/client/instagram/authCallback/open`
   */
  redirectUri?: string
  /** Serves requests that carry no key, or `appKey`. */
  app: AppOptions
  /** The default app's API key, as `filepicker.setKey` sends it. @defaultValue 'default' */
  appKey?: string
  /** Further apps by their API key. */
  apps?: Readonly<Record<string, AppOptions>>
  /** SQLite file, `:memory:`, or `postgres://…`. @defaultValue 'contactsheet.sqlite' */
  database?: string
  /** Locations by name (not case-sensitive); `S3` is what clients ask for when they name none. */
  storage: Readonly<Record<string, LocationOptions>>
  /** How conversions run, and what they may cost. */
  conversions?: ConversionOptions
  /** Folder for caches that may be deleted at any time; conversions kept there survive restarts. @defaultValue a folder of this process alone, which ends with it */
  cacheDirectory?: string
  /** Path before every route. @defaultValue '/' */
  prefix?: string
  /** Is told of every event, at least once, until it resolves. */
  onEvent?: (event: WebhookEvent) => Promise<void> | void
  /** @defaultValue Instagram itself */
  instagram?: Partial<InstagramEndpoints>
  /** The host's own identity in place of our session cookie. */
  session?: (request: FastifyRequest) => string | Promise<string>
  /** Hosts (as in `cdnHosts`) from which files may be stored by url although they are not on the public internet. @defaultValue [] */
  urlHosts?: readonly string[]
  /** Runs before every route; throw to refuse. */
  authorize?: (request: FastifyRequest) => void | Promise<void>
  /** `required`: every call needs a policy and its signature. @defaultValue { required: false } */
  security?: { required?: boolean }
  /** Calls of one address in a window, for each route that makes the server work (picks, uploads, ...). Behind a proxy set Fastify's `trustProxy`. @defaultValue { max: 600, windowMs: 60_000 } */
  rateLimit?: { max?: number, windowMs?: number }
  /** @defaultValue Date.now */
  now?: () => number
  /** For calls to Instagram's Graph API. (The exchange of a code goes through `@fastify/oauth2`, which brings its own client.) @defaultValue globalThis.fetch */
  fetch?: typeof globalThis.fetch
  /** @defaultValue crypto.randomUUID */
  newId?: () => string
}

/** An app with its key and every default filled in. */
export interface App extends Required<Omit<AppOptions, 'secret' | 'metaAppId' | 'metaAppSecret'>> {
  key: string
  secret: string | undefined
  metaAppSecret: string | undefined
}

export interface ResolvedOptions extends Required<Omit<InstagramOptions, 'secret' | 'app' | 'apps' | 'session' | 'authorize' | 'instagram' | 'security' | 'rateLimit' | 'cacheDirectory'>> {
  secrets: readonly string[]
  apps: ReadonlyMap<string, App>
  instagram: InstagramEndpoints
  security: { required: boolean }
  rateLimit: { max: number, windowMs: number }
  cacheDirectory: string | undefined
  session: InstagramOptions['session']
  authorize: InstagramOptions['authorize']
}

/** The listener of a host that has none: events that change nothing need not be written for it. */
export const tellNobody = (): void => {}

const MIB = 1024 * 1024

const INSTAGRAM: InstagramEndpoints = {
  authorizeUrl: 'https://www.instagram.com/oauth/authorize',
  apiBaseUrl: 'https://api.instagram.com',
  graphBaseUrl: 'https://graph.instagram.com',
  cdnHosts: ['*.cdninstagram.com', '*.fbcdn.net']
}

/**
 * Fills in the defaults and refuses what cannot work.
 *
 * @throws {ContactsheetError} OPTIONS_INVALID with a sentence that says what to do
 */
export function resolveOptions (given: InstagramOptions): ResolvedOptions {
  const secrets = typeof given.secret === 'string' ? [given.secret] : [...given.secret ?? []]
  if (secrets.length === 0 || secrets.some(secret => typeof secret !== 'string' || secret.length < 32)) {
    throw new ContactsheetError('OPTIONS_INVALID', 'secret must be a string of at least 32 characters, or a list of such strings')
  }
  const appKey = given.appKey ?? 'default'
  const publicUrl = checkedPublicUrl(given.publicUrl)
  const prefix = checkedPrefix(given.prefix ?? '/')
  const apps = new Map(Object.entries({ ...given.apps, [appKey]: given.app }).map(([key, app]) => [key, resolveApp(key, app)]))
  checkAppsAgree(apps.values())
  const database = given.database ?? 'contactsheet.sqlite'
  checkDatabase(database)
  checkStorage(given.storage)
  checkConversions(given.conversions ?? {})
  checkNumbers('rateLimit', { ...given.rateLimit }, 1)
  checkHosts('urlHosts', given.urlHosts ?? [])
  checkHosts('instagram.cdnHosts', given.instagram?.cdnHosts ?? [])
  return {
    secrets,
    publicUrl,
    redirectUri: checkedRedirectUri(given.redirectUri, publicUrl, prefix),
    appKey,
    apps,
    database,
    storage: given.storage,
    conversions: given.conversions ?? {},
    cacheDirectory: given.cacheDirectory,
    prefix,
    onEvent: given.onEvent ?? tellNobody,
    instagram: { ...INSTAGRAM, ...given.instagram },
    session: given.session,
    authorize: given.authorize,
    urlHosts: given.urlHosts ?? [],
    security: { required: given.security?.required ?? false },
    rateLimit: { max: given.rateLimit?.max ?? 600, windowMs: given.rateLimit?.windowMs ?? 60_000 },
    now: given.now ?? Date.now,
    fetch: given.fetch ?? globalThis.fetch,
    newId: given.newId ?? randomUUID
  }
}

function resolveApp (key: string, app: AppOptions): App {
  checkApp(key, app)
  return {
    key,
    instagramAppId: app.instagramAppId,
    instagramAppSecret: app.instagramAppSecret,
    metaAppSecret: app.metaAppSecret,
    secret: app.secret,
    origins: app.origins ?? [],
    mimetypes: app.mimetypes ?? ['image/*'],
    extensions: app.extensions ?? [],
    maxSize: app.maxSize ?? 40 * MIB
  }
}
