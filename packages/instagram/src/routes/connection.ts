import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ContactsheetError } from '../errors.ts'
import { requireSession, type Caller } from './caller.ts'
import { originsOf } from './cors.ts'
import type { Routes } from './index.ts'

/** Where a person removes the app at Instagram; the API offers no way to do it for them. */
export const MANAGE_URL = 'https://www.instagram.com/accounts/manage_access/'

/** Tickets of a session live for an hour, and a sign-in ten minutes more. */
const SPARE_SESSION_LIFE_MS = 2 * 60 * 60_000

const KeyQuery = Type.Object({ key: Type.Optional(Type.String({ maxLength: 200 })) })

const Status = Type.Object({
  status: Type.Union([Type.Literal('connected'), Type.Literal('reconnect'), Type.Literal('disconnected')]),
  username: Type.Optional(Type.String()),
  accountType: Type.Optional(Type.String()),
  signIn: Type.Optional(Type.String())
})

const Disconnected = Type.Object({ ok: Type.Literal(true), manageUrl: Type.String() })

/** Is this session connected, and the end of it. */
export const connectionRoutes: Routes = async (scope, { services }) => {
  const { connections, tickets, options, now } = services

  scope.get('/api/client/instagram/status', {
    schema: { querystring: KeyQuery, response: { 200: Status } }
  }, async (request, reply) => {
    requireSession(options, request, reply)
    const { app, sessionId, sessionIds } = request.caller
    reply.header('cache-control', 'no-store')
    await dropSpareSessions(request.caller, reply)
    const connection = await connections.find(app.key, sessionIds)
    const signIn = () => tickets.issue({ appKey: app.key, sessionId })
    if (connection === undefined) return { status: 'disconnected' as const, signIn: signIn() }
    const { status, username, accountType } = connection
    return { status, username, accountType, ...(status === 'connected' ? {} : { signIn: signIn() }) }
  })

  for (const path of ['/api/client/instagram/unauth', '/api/clients/unauth']) {
    scope.get(path, { schema: { querystring: KeyQuery, response: { 200: Disconnected } } }, async (request, reply) => {
      const { app, sessionIds } = request.caller
      if (!isAskedByOurs(request)) throw new ContactsheetError('ORIGIN_NOT_ALLOWED', 'a foreign page may not disconnect a person; list its origin in the app\'s origins')
      reply.header('cache-control', 'no-store')
      await connections.remove(sessionIds, app.key)
      return { ok: true as const, manageUrl: MANAGE_URL }
    })
  }

  /** Cookies come with navigations of foreign pages too. Pages of the app say where they are; our own, and a person's own address, do not have to. */
  function isAskedByOurs ({ headers: { origin, 'sec-fetch-site': site = 'none' }, caller: { app } }: FastifyRequest): boolean {
    return origin === undefined ? site === 'same-origin' || site === 'none' : originsOf(services, [app]).includes(origin)
  }

  /** Takes back the cookies of sessions that came up together with another one, once nothing can happen in them any more. */
  async function dropSpareSessions ({ sessionCookies: [, ...spare] }: Caller, reply: FastifyReply): Promise<void> {
    const old = spare.filter(({ madeAtMs }) => madeAtMs < now() - SPARE_SESSION_LIFE_MS)
    const inUse = await connections.inUse(old.map(({ id }) => id))
    for (const { name, options, id } of old) if (!inUse.includes(id)) reply.clearCookie(name, options)
  }
}
