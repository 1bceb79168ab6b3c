import type { FastifyInstance, FastifyReply } from 'fastify'
import { randomBytes } from 'node:crypto'
import { asGraphError, GraphError, objectNotFound } from '../errors.ts'
import { addFaultHooks } from '../faults/hooks.ts'
import { addLogHook } from '../log/request-log.ts'
import type { World } from '../model/world.ts'
import { publishRoutes } from '../publish/routes.ts'
import { requireAccess } from './access-hook.ts'
import { nodeRoutes } from './node-routes.ts'
import { permissionRoutes } from './permission-routes.ts'
import { graphTokenRoutes } from './token-routes.ts'
import { inUsersLanguage } from './user-messages.ts'

const VERSION = '/:version(^v\\d+\\.\\d+$)'

/** `graph.instagram.com`, with and without a version in front. */
export async function graphRoutes (scope: FastifyInstance, options: { world: World }): Promise<void> {
  const { world } = options
  scope.setErrorHandler((error, _request, reply) => sendGraphError(world, reply, asGraphError(error)))
  scope.setNotFoundHandler((request, reply) => sendGraphError(world, reply, unsupported(request.method, request.url)))
  addLogHook(scope, world, 'graph')
  addFaultHooks(scope, world, 'graph')
  requireAccess(scope, world)
  for (const prefix of ['/', VERSION]) {
    for (const routes of [graphTokenRoutes, permissionRoutes, publishRoutes, nodeRoutes]) await scope.register(routes, { ...options, prefix })
  }
}

function unsupported (method: string, url: string): GraphError {
  if (method === 'GET') return objectNotFound(url.split('?')[0]?.split('/').at(-1) ?? '')
  return new GraphError({ message: `Unsupported ${method.toLowerCase()} request.`, type: 'IGApiException', code: 100, error_subcode: 33 })
}

/** OAuth failures carry `www-authenticate` besides the body. */
function sendGraphError (world: World, reply: FastifyReply, { detail, statusCode }: GraphError): FastifyReply {
  if (detail.type === 'OAuthException') {
    const kind = detail.code === 190 || detail.code === 104 ? 'invalid_token' : 'invalid_request'
    reply.header('www-authenticate', `OAuth "Facebook Platform" "${kind}" "${detail.message.replace(/[^\x20-\x7e]|["\\]/g, '')}"`)
  }
  const error = { ...inUsersLanguage(detail, world.switches.userMessages), fbtrace_id: `A${randomBytes(16).toString('base64url')}` }
  return reply.code(statusCode).send({ error })
}
