import type { FastifyInstance, FastifyReply } from 'fastify'
import { randomBytes } from 'node:crypto'
import { GraphError, invalidParameter, objectNotFound } from '../errors.ts'
import type { World } from '../model/world.ts'
import { nodeRoutes } from './node-routes.ts'
import { graphTokenRoutes } from './token-routes.ts'

const VERSION = '/:version(^v\\d+\\.\\d+$)'

/** `graph.instagram.com`, with and without a version in front. */
export async function graphRoutes (scope: FastifyInstance, options: { world: World }): Promise<void> {
  scope.setErrorHandler((error, _request, reply) => sendGraphError(reply, asGraphError(error)))
  scope.setNotFoundHandler((request, reply) => sendGraphError(reply, objectNotFound(request.url.split('?')[0]?.split('/').at(-1) ?? '')))
  for (const prefix of ['/', VERSION]) {
    await scope.register(graphTokenRoutes, { ...options, prefix })
    await scope.register(nodeRoutes, { ...options, prefix })
  }
}

function asGraphError (error: unknown): GraphError {
  if (error instanceof GraphError) return error
  return invalidParameter(error instanceof Error ? error.message : 'Invalid parameter')
}

/** OAuth failures carry `www-authenticate` besides the body. */
export function sendGraphError (reply: FastifyReply, { detail, statusCode }: GraphError): FastifyReply {
  if (detail.type === 'OAuthException') {
    const kind = detail.code === 190 || detail.code === 104 ? 'invalid_token' : 'invalid_request'
    reply.header('www-authenticate', `OAuth "Facebook Platform" "${kind}" "${detail.message.replace(/[^\x20-\x7e]|["\\]/g, '')}"`)
  }
  return reply.code(statusCode).send({ error: { ...detail, fbtrace_id: `A${randomBytes(16).toString('base64url')}` } })
}
