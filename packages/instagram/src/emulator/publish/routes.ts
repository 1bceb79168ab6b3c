import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { DAY_MS } from '../clock.ts'
import { graphError, invalidParameter, objectNotFound } from '../errors.ts'
import { callerOf } from '../graph/access-hook.ts'
import type { Access } from '../graph/access.ts'
import { isOwnAccount } from '../graph/node-routes.ts'
import { parametersOf } from '../graph/parameters.ts'
import { GraphQuery, NodeParams } from '../graph/query.ts'
import type { World } from '../model/world.ts'
import { PUBLISH_SCOPE } from '../scopes.ts'
import { postsSince } from './container.ts'
import { createMediaContainer } from './create.ts'
import { publishContainer } from './publish.ts'

/** Publishing: container, post, quota. A container's status is read as a node. */
export const publishRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  const schema = { querystring: GraphQuery, params: NodeParams }

  scope.post('/:node/media', { schema }, async request => {
    const caller = publisherOf(callerOf(request), request.params.node)
    return { id: (await createMediaContainer(world, caller, parametersOf(request))).id }
  })

  scope.post('/:node/media_publish', { schema }, async request => {
    const caller = publisherOf(callerOf(request), request.params.node)
    return { id: publishContainer(world, caller, parametersOf(request).creation_id ?? '').id }
  })

  scope.get('/:node/content_publishing_limit', { schema }, async request => {
    const { account } = publisherOf(callerOf(request), request.params.node)
    const { fields = 'quota_usage', since } = parametersOf(request)
    const usage = {
      quota_usage: postsSince(world, account, sinceMs(world, since)),
      config: { quota_total: account.quotaTotal, quota_duration: DAY_MS / 1000 }
    }
    const wanted = new Set(fields.replace(/\{[^}]*\}/g, '').split(','))
    return { data: [Object.fromEntries(Object.entries(usage).filter(([name]) => wanted.has(name)))] }
  })
}

/** @throws {GraphError} 100/33 for other accounts, 10 without the publishing scope */
function publisherOf (caller: Access, node: string): Access {
  if (!isOwnAccount(caller, node)) throw objectNotFound(node)
  if (!caller.claims.scopes.includes(PUBLISH_SCOPE)) throw graphError('10')
  return caller
}

/** Unix seconds, at most a day back. */
function sinceMs (world: World, since: string | undefined): number {
  const dayAgo = world.clock.now() - DAY_MS
  if (since === undefined) return dayAgo
  const asked = Number(since) * 1000
  if (Number.isNaN(asked) || asked < dayAgo - 60_000) throw invalidParameter('Param since must be a unix timestamp within the last 24 hours')
  return asked
}
