import cookie from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { createSessionCookies, sessionIdOfIdentity, type SessionCookie } from '../auth/session.ts'
import { ContactsheetError } from '../errors.ts'
import type { App, ResolvedOptions } from '../options.ts'
import type { RouteOptions } from './index.ts'

/** Who calls: through which app, in which browser session. */
export interface Caller {
  app: App
  /** Empty when the request has no session, see `requireSession`. */
  sessionId: string
  /** Every session of this browser, see `createSessionCookies`; `sessionId` is the first. */
  sessionIds: readonly string[]
  /** The cookies behind them; none when sessions are the host's. */
  sessionCookies: readonly SessionCookie[]
}

declare module 'fastify' {
  interface FastifyRequest { caller: Caller }
}

/** Asks the host's `authorize`, then fills `request.caller`, before any schema or handler sees the request. */
export const caller = fp<RouteOptions>(async (scope, { services: { options } }) => {
  if (!scope.hasReplyDecorator('setCookie')) await scope.register(cookie, { hook: false })
  scope.decorateRequest('caller')

  const { authorize, session } = options
  const cookies = createSessionCookies(options.publicUrl)

  function introduce (request: FastifyRequest, sessionIds: readonly string[], sessionCookies: readonly SessionCookie[]): void {
    request.caller = { app: appOf(options, request), sessionId: sessionIds[0] ?? '', sessionIds, sessionCookies }
  }

  if (authorize !== undefined) scope.addHook('onRequest', async request => await authorize(request))
  scope.addHook('preValidation', (request, _reply, done) => {
    if (session !== undefined) return identityOf(session, request).then(ids => introduce(request, ids, []))
    const sessionCookies = request.headers.cookie === undefined ? [] : cookies.read(cookiesOf(request))
    introduce(request, sessionCookies.map(({ id }) => id), sessionCookies)
    done()
  })
}, { name: 'contactsheet-caller' })

/**
 * Makes a session when the browser has none.
 *
 * @throws {ContactsheetError} SESSION_MISSING when sessions are the host's and it named none
 */
export function requireSession (options: ResolvedOptions, request: FastifyRequest, reply: FastifyReply): void {
  if (request.caller.sessionId !== '') return
  if (options.session !== undefined) throw new ContactsheetError('SESSION_MISSING', 'Sign in to this site first.')
  const { session, value } = createSessionCookies(options.publicUrl).make(options.now())
  reply.setCookie(session.name, value, session.options)
  request.caller = { ...request.caller, sessionId: session.id, sessionIds: [session.id], sessionCookies: [session] }
}

/** @throws {ContactsheetError} APP_UNKNOWN */
function appOf (options: ResolvedOptions, request: FastifyRequest): App {
  const key = keyIn(request.query) ?? keyIn(request.body) ?? options.appKey
  const app = options.apps.get(key)
  if (app === undefined) throw new ContactsheetError('APP_UNKNOWN', `no app has the key ${JSON.stringify(key.slice(0, 64))}`)
  return app
}

function keyIn (fields: unknown): string | undefined {
  const key = typeof fields === 'object' && fields !== null && 'key' in fields ? fields.key : undefined
  return typeof key === 'string' && key !== '' ? key : undefined
}

/** Nothing but a text names a session: an `undefined` of a host without types must not be one that all share. */
async function identityOf (session: NonNullable<ResolvedOptions['session']>, request: FastifyRequest): Promise<string[]> {
  const identity: unknown = await session(request)
  return typeof identity === 'string' && identity !== '' ? [sessionIdOfIdentity(identity)] : []
}

/** The request's cookies as the browser sent them, however the host has set up its own use of cookies. */
export function cookiesOf (request: FastifyRequest): Record<string, string | undefined> {
  return request.server.parseCookie(request.headers.cookie ?? '')
}
