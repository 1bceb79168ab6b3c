import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { graphError, objectNotFound } from '../errors.ts'
import { revoke, type World } from '../model/world.ts'
import { callerOf } from './access-hook.ts'
import { isOwnAccount } from './node-routes.ts'
import { GraphQuery, NodeParams } from './query.ts'

/** Giving a connection up, and subscribing to an account's events. */
export const permissionRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  const schema = { querystring: GraphQuery, params: NodeParams }

  scope.delete('/:node/permissions', { schema }, async request => {
    const caller = callerOf(request)
    if (!isOwnAccount(caller, request.params.node)) throw objectNotFound(request.params.node)
    if (world.switches.deletePermissions === 'refused') throw graphError('100', 'Unsupported delete request.')
    revoke(world, caller.app, caller.account, 'removed')
    return { success: true }
  })

  scope.post('/:node/subscribed_apps', { schema }, async request => {
    const caller = callerOf(request)
    if (!isOwnAccount(caller, request.params.node)) throw objectNotFound(request.params.node)
    return { success: true }
  })
}
