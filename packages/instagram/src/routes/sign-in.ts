import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { registerOAuth } from '../auth/oauth.ts'
import { signInCookie } from '../auth/sign-in-cookie.ts'
import { mayUseTicket } from '../auth/sign-in-ticket.ts'
import type { SignIn, SignInOutcome } from '../domain/sign-in.ts'
import { ContactsheetError } from '../errors.ts'
import type { App } from '../options.ts'
import { connect } from '../use-cases/connect.ts'
import { findSignIn, finishSignIn, outcomeOf, startSignIn } from '../use-cases/sign-in.ts'
import { requireSession } from './caller.ts'
import type { Routes } from './index.ts'
import { allowedReturn, withOutcome } from './return-to.ts'
import { sendOutcomePage, sendProblemPage } from './sign-in-pages.ts'

const OpenQuery = Type.Object({
  key: Type.Optional(Type.String({ maxLength: 200 })),
  signIn: Type.Optional(Type.String({ maxLength: 1000 })),
  mode: Type.Optional(Type.Union([Type.Literal('popup'), Type.Literal('redirect')])),
  returnTo: Type.Optional(Type.String({ maxLength: 4000 }))
})

const CallbackQuery = Type.Object({
  state: Type.Optional(Type.String({ maxLength: 200 })),
  code: Type.Optional(Type.String({ maxLength: 2000 })),
  error: Type.Optional(Type.String({ maxLength: 200 })),
  error_reason: Type.Optional(Type.String({ maxLength: 200 }))
})

/** Start and end of a sign-in. Both are pages in a person's window, so that what goes wrong is told as a page. */
export const signInRoutes: Routes = async (scope, { services }) => {
  const { options, signIns, tickets, connections, ladder } = services
  const oauth = await registerOAuth(scope, options, signIns)

  scope.get('/api/client/instagram/auth/open', { schema: { querystring: OpenQuery }, errorHandler: sendProblemPage }, async (request, reply) => {
    const { signIn: ticketText = '', mode, returnTo } = request.query
    const { app } = request.caller
    const sessionId = ticketText === '' ? ownSession(request, reply) : sessionOfTicket(ticketText, app, request)
    const { state, browserSecret } = await startSignIn(services, {
      appKey: app.key,
      sessionId,
      ticket: ticketText,
      returnTo: mode === 'redirect' ? allowedReturn(returnTo, options.publicUrl, app) : undefined
    })
    const cookie = signInCookie(options.publicUrl, state)
    reply.setCookie(cookie.name, browserSecret, cookie.options)
    return reply.header('cache-control', 'no-store').redirect(await oauth.authorizeUrl(app, request, reply, state))
  })

  scope.get('/api/client/instagram/authCallback/open', { schema: { querystring: CallbackQuery }, errorHandler: sendProblemPage }, async (request, reply) => {
    const { state = '' } = request.query
    const cookie = signInCookie(options.publicUrl, state)
    const signIn = await findSignIn(services, state, request.cookies[cookie.name])
    const app = options.apps.get(signIn.appKey)
    if (app === undefined) throw new ContactsheetError('APP_UNKNOWN', 'The app of this sign-in is no longer configured.')
    const outcome = await end(app, signIn, request)
    await finishSignIn(services, signIn, outcome)
    if (signIn.returnTo !== undefined) return reply.header('cache-control', 'no-store').redirect(withOutcome(signIn.returnTo, outcome))
    return sendOutcomePage(reply, outcome)
  })

  function ownSession (request: FastifyRequest, reply: FastifyReply): string {
    requireSession(options, request, reply)
    return request.caller.sessionId
  }

  function sessionOfTicket (text: string, app: App, request: FastifyRequest): string {
    const ticket = tickets.read(text)
    if (ticket === undefined || ticket.appKey !== app.key) {
      throw new ContactsheetError('SIGN_IN_EXPIRED', 'This link is too old. Go back to the page where you choose photos and start again.')
    }
    const popup = { sessionId: request.caller.sessionId, fetchSite: headerText(request, 'sec-fetch-site') }
    if (!mayUseTicket(ticket, popup)) {
      throw new ContactsheetError('SIGN_IN_FOREIGN', 'This link belongs to another browser. Go back to the page where you choose photos and start there.')
    }
    return ticket.sessionId
  }

  /** Runs the rest of the sign-in; whatever a person can understand becomes its outcome. */
  async function end (app: App, signIn: SignIn, request: FastifyRequest<{ Querystring: { code?: string, error?: string, error_reason?: string } }>): Promise<SignInOutcome> {
    try {
      if (request.query.code === undefined) {
        if (!await signIns.claim(signIn.stateHash)) throw usedError()
        throw refusalOf(request.query)
      }
      const short = await oauth.exchangeCode(app, request)
      return { status: 'connected', ...await connect({ connections, ladder, now: options.now }, app, signIn.sessionId, short) }
    } catch (error) {
      const outcome = error instanceof ContactsheetError && error.code === 'SIGN_IN_USED' ? undefined : outcomeOf(error)
      if (outcome === undefined) throw error
      request.log.warn({ err: error, appKey: app.key }, 'a sign-in failed')
      return outcome
    }
  }
}

function refusalOf ({ error, error_reason: reason }: { error?: string, error_reason?: string }): ContactsheetError {
  if (reason === 'user_denied') return new ContactsheetError('INSTAGRAM_DECLINED', 'You did not allow access to your photos, so nothing was connected.')
  return new ContactsheetError('INSTAGRAM_ROLE_MISSING', error === undefined
    ? 'Instagram sent you back without an answer. Start again.'
    : 'Instagram refuses this account for this app. While the app is being tested, the account must be an accepted Instagram tester (Instagram > Settings > Website permissions > Apps and websites > Tester invites).')
}

const usedError = () => new ContactsheetError('SIGN_IN_USED', 'This sign-in has already been used. Go back to the page where you choose photos.')

function headerText (request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
