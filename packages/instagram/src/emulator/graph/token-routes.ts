import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { GraphError, invalidParameter } from '../errors.ts'
import { issueToken, LONG_TOKEN_LIFE_MS, REFRESH_FROM_AGE_MS, type World } from '../model/world.ts'
import { BASIC_SCOPE } from '../scopes.ts'
import { callerOf } from './access-hook.ts'
import type { Access } from './access.ts'
import { parametersOf } from './parameters.ts'
import { GraphQuery } from './query.ts'

interface LongTokenAnswer { access_token: string, token_type: 'bearer', expires_in: number }

/** Short → long-lived token, and its refresh. */
export const graphTokenRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  scope.get('/access_token', { schema: { querystring: GraphQuery } }, async request => {
    const parameters = parametersOf(request)
    const access = callerOf(request)
    if (parameters.grant_type !== 'ig_exchange_token') throw invalidParameter('grant_type must be ig_exchange_token')
    if (parameters.client_secret !== access.app.secret) throw new GraphError({ message: 'Error validating client secret.', type: 'OAuthException', code: 1 })
    if (access.claims.kind !== 'short') throw invalidParameter('Unsupported token: expected a short-lived token')
    return longToken(world, access)
  })

  scope.get('/refresh_access_token', { schema: { querystring: GraphQuery } }, async request => {
    const parameters = parametersOf(request)
    const access = callerOf(request)
    if (parameters.grant_type !== 'ig_refresh_token') throw invalidParameter('grant_type must be ig_refresh_token')
    if (access.claims.kind !== 'long') throw invalidParameter('Unsupported token: expected a long-lived token')
    if (!access.claims.scopes.includes(BASIC_SCOPE)) throw invalidParameter(`${BASIC_SCOPE} is required`)
    if (world.clock.now() - access.claims.issuedAtMs < REFRESH_FROM_AGE_MS) throw invalidParameter('The token is too young to be refreshed')
    return longToken(world, access)
  })
}

function longToken (world: World, { claims }: Access): LongTokenAnswer {
  const token = issueToken(world, { ...claims, kind: 'long' })
  return { access_token: token, token_type: 'bearer', expires_in: LONG_TOKEN_LIFE_MS / 1000 }
}
