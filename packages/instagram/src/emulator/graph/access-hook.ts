import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { World } from '../model/world.ts'
import { accessOf, type Access } from './access.ts'
import { meterCall, usageHeaders } from './usage.ts'

declare module 'fastify' {
  interface FastifyRequest { access: Access | null }
}

/** Every route of the scope wants a live token, is counted, and answers with the usage headers. */
export function requireAccess (scope: FastifyInstance, world: World): void {
  scope.decorateRequest('access', null)
  scope.addHook('preHandler', async (request, reply) => {
    request.access = accessOf(world, request)
    const { usage, problem } = meterCall(world, request.access)
    if (world.switches.usageHeaders === 'sent') reply.headers(usageHeaders(request.access, usage))
    if (problem !== undefined) throw problem
  })
}

/** The caller, on routes behind `requireAccess`. */
export function callerOf (request: FastifyRequest): Access {
  if (request.access === null) throw new Error('the route is not behind requireAccess')
  return request.access
}
