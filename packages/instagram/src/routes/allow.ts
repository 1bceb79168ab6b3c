import { timingSafeEqual, createHash } from 'node:crypto'
import type { FastifyRequest, preHandlerHookHandler } from 'fastify'
import { faultOfCall, readPolicy, type PolicyCall } from '../domain/policy.ts'
import { ContactsheetError, refuse } from '../errors.ts'
import type { App } from '../options.ts'
import type { InstagramServices } from '../services.ts'
import { originsOf } from './cors.ts'
import type { Permission } from './permission.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `allow`. */
    permission: Permission | null
  }
}

/** Calls that change a file: an app key, which everybody can read in the page, is not enough. */
const NEEDS_OWNER: ReadonlySet<PolicyCall> = new Set(['write', 'writeUrl', 'remove'])

/**
 * Lets a request pass when it may do all of `calls`: with the app's secret by Basic auth, with a policy and its signature, or, where policies are
 * not required, with the app key alone (reading, picking, storing, converting) or as the browser session that made the handle.
 *
 * @throws {ContactsheetError} ACCESS_DENIED, POLICY_REQUIRED, POLICY_INVALID, POLICY_EXPIRED, POLICY_DENIES, SIGNATURE_INVALID, ORIGIN_NOT_ALLOWED
 */
export function allow (services: InstagramServices, ...calls: PolicyCall[]): preHandlerHookHandler {
  return (request, _reply, done) => {
    request.permission = permit(services, request, calls)
    done()
  }
}

/** The same decision for a handler that learns from the body what is asked for. */
export function permit (services: InstagramServices, request: FastifyRequest, calls: readonly PolicyCall[]): Permission {
  const app = appOf(services, request)
  const { authorization } = request.headers
  if (authorization?.startsWith('Basic ') === true) return permitServer(app, authorization)
  const policy = signedPolicyOf(request)
  if (policy !== undefined) return permitPolicy(services, request, app, policy, calls)
  if (services.options.security.required) throw new ContactsheetError('POLICY_REQUIRED', 'this call needs a policy and its signature')
  if (calls.includes('exif')) throw new ContactsheetError('POLICY_REQUIRED', 'exif needs a policy that names it')
  if (calls.some(call => NEEDS_OWNER.has(call))) permitOwner(services, request, app)
  return { policy: undefined }
}

/** The app of the file that the path names, else that of the key. @throws {ContactsheetError} APP_UNKNOWN */
export function appOf ({ options }: InstagramServices, request: FastifyRequest): App {
  const app = request.fileRecord === null ? request.caller.app : options.apps.get(request.fileRecord.appKey)
  if (app === undefined) throw new ContactsheetError('APP_UNKNOWN', 'the app that made this file is no longer there')
  return app
}

/** User `app`, password = the app's secret. @see https://www.filestack.com/docs/security/creating-policies */
function permitServer (app: App, authorization: string): Permission {
  const [user, ...password] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString('utf8').split(':')
  if (app.secret === undefined || user !== 'app' || !isSame(password.join(':'), app.secret)) {
    throw new ContactsheetError('ACCESS_DENIED', "user name and password must be \"app\" and the app's secret")
  }
  return { policy: undefined }
}

function permitPolicy ({ options }: InstagramServices, request: FastifyRequest, app: App, signed: { policy: string, signature: string }, calls: readonly PolicyCall[]): Permission {
  if (app.secret === undefined) throw new ContactsheetError('POLICY_INVALID', 'this app has no secret, so that no policy can be checked')
  const policy = readPolicy(signed, app.secret, options.now())
  if ('code' in policy) throw new ContactsheetError(policy.code, policy.message)
  for (const call of calls) refuse(faultOfCall(policy, call, request.fileRecord?.handle))
  return { policy }
}

/** The browser session that made the handle. A cookie travels with requests of foreign pages too, so the page's origin counts. */
function permitOwner (services: InstagramServices, request: FastifyRequest, app: App): void {
  const { origin } = request.headers
  if (origin !== undefined && !originsOf(services, [app]).includes(origin)) throw new ContactsheetError('ORIGIN_NOT_ALLOWED', `pages of ${origin} may not change files`)
  const owner = request.fileRecord?.sessionId
  if (owner === undefined || owner === '' || !request.caller.sessionIds.some(id => isSame(id, owner))) {
    throw new ContactsheetError('ACCESS_DENIED', 'only the browser session that made this file, a policy, or the app\'s secret may change it')
  }
}

function signedPolicyOf (request: FastifyRequest): { policy: string, signature: string } | undefined {
  for (const place of [request.query, request.body] as Array<Record<string, unknown> | null | undefined>) {
    const { policy, signature } = place ?? {}
    if (typeof policy !== 'string' || policy === '') continue
    return { policy, signature: typeof signature === 'string' ? signature : '' }
  }
  return undefined
}

function isSame (left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
