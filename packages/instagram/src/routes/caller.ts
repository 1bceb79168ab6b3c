import cookie from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { newSessionSecret, sessionCookie, sessionIdOfCookie, sessionIdOfIdentity, type SessionCookie } from '../auth/session.ts'
import { ContactsheetError } from '../errors.ts'
import type { App, ResolvedOptions } from '../options.ts'
import type { RouteOptions } from './index.ts'

/** Who calls: through which app, in which browser session. */
export interface Caller {
  app: App
  /** Empty when the request has no session. Routes with `config: { session: true }` always have one. */
  sessionId: string
}

declare module 'fastify' {
  interface FastifyRequest { caller: Caller }
  interface FastifyContextConfig {
    /** A session is made when the browser has none. */
    session?: boolean
  }
}

/** Asks the host's `authorize`, then fills `request.caller`, before any schema or handler sees the request. */
export const caller = fp<RouteOptions>(async (scope, { services: { options } }) => {
  if (!scope.hasReplyDecorator('setCookie')) await scope.register(cookie)
  const ours = sessionCookie(options.publicUrl)
  scope.decorateRequest('caller')

  scope.addHook('onRequest', async request => await options.authorize?.(request))
  scope.addHook('preValidation', async (request, reply) => {
    request.caller = { app: appOf(options, request), sessionId: await sessionIdOf(options, ours, request) }
    if (request.routeOptions.config.session === true) requireSession(options, request, reply)
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
  const { name, options: cookieOptions } = sessionCookie(options.publicUrl)
  const secret = newSessionSecret()
  reply.setCookie(name, secret, cookieOptions)
  request.caller.sessionId = sessionIdOfCookie(secret) ?? ''
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

async function sessionIdOf (options: ResolvedOptions, { name }: SessionCookie, request: FastifyRequest): Promise<string> {
  if (options.session === undefined) return sessionIdOfCookie(request.cookies[name]) ?? ''
  const identity = await options.session(request)
  return identity === '' ? '' : sessionIdOfIdentity(identity)
}
