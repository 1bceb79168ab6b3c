import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { registerOAuth } from '../auth/oauth.ts'
import { signInCookie } from '../auth/sign-in-cookie.ts'
import { mayUseTicket } from '../auth/sign-in-ticket.ts'
import type { SignIn, SignInOutcome } from '../domain/sign-in.ts'
import { ContactsheetError } from '../errors.ts'
import { ROLE_MISSING } from '../graph/explain.ts'
import type { App } from '../options.ts'
import { connect } from '../use-cases/connect.ts'
import { findSignIn, finishSignIn, outcomeOf, startSignIn } from '../use-cases/sign-in.ts'
import { cookiesOf, requireSession } from './caller.ts'
import type { Routes } from './index.ts'
import { languageOf } from './language.ts'
import { limitedByAddress } from './rate.ts'
import { allowedReturn, withOutcome } from './return-to.ts'
import { sendOutcomePage, sendProblemPage } from './sign-in-pages.ts'

const OpenQuery = Type.Object({
  key: Type.Optional(Type.String({ maxLength: 200 })),
  signIn: Type.Optional(Type.String({ maxLength: 1000 })),
  mode: Type.Optional(Type.Union([Type.Literal('popup'), Type.Literal('redirect')])),
  returnTo: Type.Optional(Type.String({ maxLength: 4000 })),
  language: Type.Optional(Type.String({ maxLength: 40 }))
})

const CallbackQuery = Type.Object({
  state: Type.String({ maxLength: 200 }),
  code: Type.Optional(Type.String({ maxLength: 2000 })),
  error: Type.Optional(Type.String({ maxLength: 200 })),
  error_reason: Type.Optional(Type.String({ maxLength: 200 }))
})

/** On redirects too: a Cross-Origin-Opener-Policy anywhere on the way would cut the window off from the dialog. */
const REDIRECT_HEADERS = { 'cache-control': 'no-store', 'cross-origin-opener-policy': 'unsafe-none', 'referrer-policy': 'no-referrer' }

/** Start and end of a sign-in. Both are pages in a person's window, so that what goes wrong is told as a page. */
export const signInRoutes: Routes = async (scope, { services }) => {
  const { options, signIns, tickets } = services
  const oauth = registerOAuth(scope, options, signIns)

  scope.get('/api/client/instagram/auth/open', {
    config: { rateLimit: limitedByAddress },
    schema: { querystring: OpenQuery },
    errorHandler: sendProblemPage
  }, async (request, reply) => {
    const { signIn: ticket = '', mode, returnTo } = request.query
    const { app } = request.caller
    const { state, browserSecret } = await startSignIn(services, {
      appKey: app.key,
      sessionId: ticket === '' ? ownSession(request, reply) : sessionOfTicket(ticket, request),
      ticket,
      returnTo: mode === 'redirect' ? allowedReturn(returnTo, options.publicUrl, app) : undefined,
      language: languageOf(request)
    })
    const cookie = signInCookie(options.publicUrl, state)
    reply.setCookie(cookie.name, browserSecret, cookie.options)
    return reply.headers(REDIRECT_HEADERS).redirect(await oauth.authorizeUrl(app, request, reply, state))
  })

  scope.get('/api/client/instagram/authCallback/open', { schema: { querystring: CallbackQuery }, errorHandler: sendProblemPage }, async (request, reply) => {
    const cookie = signInCookie(options.publicUrl, request.query.state)
    const signIn = await findSignIn(services, request.query.state, cookiesOf(request)[cookie.name])
    const app = options.apps.get(signIn.appKey)
    if (app === undefined) throw new ContactsheetError('APP_UNKNOWN', 'The app of this sign-in is no longer configured.')
    reply.clearCookie(cookie.name, cookie.options)
    const outcome = await end(app, signIn, request)
    if (signIn.returnTo !== undefined) return reply.headers(REDIRECT_HEADERS).redirect(withOutcome(signIn.returnTo, outcome))
    return await sendOutcomePage(request, reply, outcome)
  })

  function ownSession (request: FastifyRequest, reply: FastifyReply): string {
    requireSession(options, request, reply)
    return request.caller.sessionId
  }

  function sessionOfTicket (text: string, request: FastifyRequest): string {
    const ticket = tickets.read(text)
    if (ticket?.appKey !== request.caller.app.key) {
      throw new ContactsheetError('SIGN_IN_EXPIRED', 'This link is too old. Go back to the page where you choose photos and start again.')
    }
    if (!mayUseTicket(ticket, { sessionIds: request.caller.sessionIds, fetchSite: request.headers['sec-fetch-site'] })) {
      throw new ContactsheetError('SIGN_IN_FOREIGN', 'This link belongs to another browser. Go back to the page where you choose photos and start there.')
    }
    return ticket.sessionId
  }

  /** Runs the rest of the sign-in. However it ends, the dialog that waits for it is told; a second callback changes nothing. */
  async function end (app: App, signIn: SignIn, request: FastifyRequest<{ Querystring: CallbackQuery }>): Promise<SignInOutcome> {
    try {
      const outcome: SignInOutcome = { status: 'connected', ...await complete(app, signIn, request) }
      await finishSignIn(services, signIn, outcome)
      return outcome
    } catch (error) {
      if (error instanceof ContactsheetError && error.code === 'SIGN_IN_USED') throw error
      const outcome = outcomeOf(error)
      await finishSignIn(services, signIn, outcome)
      request.log.warn({ err: error, appKey: app.key }, 'a sign-in failed')
      return outcome
    }
  }

  async function complete (app: App, signIn: SignIn, request: FastifyRequest<{ Querystring: CallbackQuery }>): Promise<{ username: string }> {
    const { code, error } = request.query
    if (code === undefined || error !== undefined) {
      await signIns.claim(signIn.stateHash)
      throw refusalOf(request.query)
    }
    request.query.code = code.replace(/#_$/, '')
    return await connect(services, app, signIn.sessionId, await oauth.exchangeCode(app, request))
  }
}

type CallbackQuery = Static<typeof CallbackQuery>

/**
 * @see https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login: a person's
 * refusal has the reason `user_denied`. Other refusals come for accounts without a role in an app that is not live.
 */
function refusalOf ({ error, error_reason: reason }: CallbackQuery): ContactsheetError {
  if (reason === 'user_denied') return new ContactsheetError('INSTAGRAM_DECLINED', 'You did not allow access to your photos, so nothing was connected.')
  if (error === undefined) return new ContactsheetError('INSTAGRAM_SIGN_IN_REFUSED', 'Instagram sent you back without an answer. Start again.')
  return new ContactsheetError('INSTAGRAM_ROLE_MISSING', ROLE_MISSING)
}
