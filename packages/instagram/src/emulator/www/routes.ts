import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { asFlatError } from '../errors.ts'
import type { World } from '../model/world.ts'
import { answerLocation, scriptedDecision } from './answer.ts'
import { AuthorizeQuery, checkAuthorizeRequest } from './authorize-request.ts'
import { consentPage } from './consent-page.ts'
import { errorPage } from './error-page.ts'
import { manageAccessRoutes } from './manage-access.ts'
import { PAGE_STYLE } from './page.ts'
import { addFaultHooks } from '../faults/hooks.ts'
import { addLogHook } from '../log/request-log.ts'

const PersonsAnswer = Type.Object({
  answer: Type.Union([Type.Literal('allow'), Type.Literal('deny')]),
  account: Type.Optional(Type.String()),
  scope: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))
})

const LAST_ACCOUNT_COOKIE = 'emulator_last_account'

/** `www.instagram.com`: the page on which a person allows or cancels. */
export const wwwRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  addLogHook(scope, world, 'www')
  addFaultHooks(scope, world, 'www')
  scope.addHook('onSend', async (_request, reply) => {
    if (world.switches.openerPolicy !== 'none') reply.header('cross-origin-opener-policy', world.switches.openerPolicy)
    reply.headers({ 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'" })
  })

  scope.setErrorHandler((error, request, reply) => {
    const flat = asFlatError(error)
    reply.code(flat.statusCode)
    if (request.headers.accept?.includes('application/json') === true) return reply.send(flat.body())
    return reply.type('text/html; charset=utf-8').send(errorPage(flat.message))
  })

  scope.get('/oauth/authorize', { schema: { querystring: AuthorizeQuery } }, async (request, reply) => {
    const asked = checkAuthorizeRequest(world, request.query)
    const decision = scriptedDecision(world, request.query, asked)
    if (decision !== undefined) return leave(reply, answerLocation(world, asked, decision))
    const last = asked.isAccountForced ? undefined : request.cookies[LAST_ACCOUNT_COOKIE]
    return reply.type('text/html; charset=utf-8').send(consentPage(world, asked, request.url, last))
  })

  scope.post('/oauth/authorize', { schema: { querystring: AuthorizeQuery, body: PersonsAnswer } }, async (request, reply) => {
    const asked = checkAuthorizeRequest(world, request.query)
    const { answer, account = '', scope: granted = [] } = request.body
    const location = answerLocation(world, asked, { isAllowed: answer === 'allow', username: account, scopes: [granted].flat() })
    if (account !== '') reply.setCookie(LAST_ACCOUNT_COOKIE, account, { path: '/', httpOnly: true, sameSite: 'lax' })
    return leave(reply, location)
  })

  await scope.register(manageAccessRoutes, { world })
  scope.get('/emulator.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(PAGE_STYLE))
}

function leave (reply: FastifyReply, location: string): FastifyReply {
  return reply.redirect(location, 302)
}
