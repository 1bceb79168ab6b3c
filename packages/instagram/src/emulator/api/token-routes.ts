import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type, type Static } from 'typebox'
import { asFlatError, FlatError } from '../errors.ts'
import { appScopedId } from '../model/apps.ts'
import { issueToken, type AuthorizationCode, type World } from '../model/world.ts'
import { addFaultHooks } from '../faults/hooks.ts'
import { addLogHook } from '../log/request-log.ts'

const TokenRequest = Type.Object({
  client_id: Type.Optional(Type.String()),
  client_secret: Type.Optional(Type.String()),
  grant_type: Type.Optional(Type.String()),
  redirect_uri: Type.Optional(Type.String()),
  code: Type.Optional(Type.String())
})
type TokenRequest = Static<typeof TokenRequest>

/** `api.instagram.com`: a code becomes a short-lived token. Errors are flat, not Graph-shaped. */
export const tokenRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  addLogHook(scope, world, 'api')
  addFaultHooks(scope, world, 'api')
  scope.setErrorHandler((error, _request, reply) => {
    const flat = asFlatError(error)
    return reply.code(flat.statusCode).send(flat.body())
  })

  scope.post('/oauth/access_token', { schema: { body: TokenRequest } }, async (request, reply) => {
    const { app, account, scopes } = redeemCode(world, request.body)
    const token = issueToken(world, { appId: app.id, accountId: account.id, scopes, kind: 'short' })
    return reply.type('application/json').send(tokenAnswer(world, token, appScopedId(app.id, account.id), scopes))
  })

  scope.get('/oauth/access_token', async (_request, reply) =>
    reply.code(400).send({ error: { message: 'Unsupported request - method type: get', type: 'IGApiException', code: 100, fbtrace_id: 'AAAAAAAAAAAAAAAAAAAAAAA' } }))

  // The first API, gone since 29 June 2020. How exactly it refuses today is not recorded.
  scope.all('/v1/*', async (_request, reply) =>
    reply.code(400).send({ meta: { error_type: 'OAuthException', code: 400, error_message: 'This API has been shut down. Use the Instagram API with Instagram Login.' } }))
}

function redeemCode (world: World, request: TokenRequest): AuthorizationCode {
  const app = world.apps.find(candidate => candidate.id === request.client_id)
  if (app === undefined) throw new FlatError('Invalid platform app')
  if (request.grant_type !== 'authorization_code') throw new FlatError('Invalid grant_type: must be authorization_code')
  const code = world.codes.get(request.code ?? '')
  if (code === undefined || code.app !== app || code.expiresAtMs <= world.clock.now()) throw new FlatError('Matching code was not found or was already used')
  if (code.isUsed) throw new FlatError('This authorization code has been used')
  if (code.redirectUri !== request.redirect_uri || app.secret !== request.client_secret) {
    throw new FlatError('Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request')
  }
  code.isUsed = true
  return code
}

/** Written by hand, because the real answer has `user_id` as a number that JavaScript cannot hold. */
function tokenAnswer (world: World, token: string, userId: string, scopes: readonly string[]): string {
  if (world.switches.tokenAnswer === 'doc') {
    return JSON.stringify({ data: [{ access_token: token, user_id: userId, permissions: scopes.join(',') }] })
  }
  return `{"access_token":${JSON.stringify(token)},"user_id":${userId},"permissions":${JSON.stringify(scopes)}}`
}
