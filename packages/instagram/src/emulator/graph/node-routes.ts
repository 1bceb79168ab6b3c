import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { objectNotFound } from '../errors.ts'
import { appScopedId } from '../model/apps.ts'
import { findMedia } from '../model/look-up.ts'
import type { World } from '../model/world.ts'
import { readContainer } from '../publish/read-container.ts'
import { callerOf } from './access-hook.ts'
import type { Access } from './access.ts'
import { parseFields } from './fields.ts'
import { listMedia } from './media-list.ts'
import { readChildren, readMedia, type MediaNode } from './media.ts'
import { parametersOf } from './parameters.ts'
import { readProfile } from './profile.ts'
import { GraphQuery, NodeParams } from './query.ts'

/** Reading: the profile, the media list, one media node, an album's children, several nodes at once. */
export const nodeRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  const schema = { querystring: GraphQuery, params: NodeParams }

  scope.get('/:node', { schema }, async request => {
    const access = callerOf(request)
    return readNode(world, access, request.params.node, request.query.fields)
  })

  scope.get('/:node/media', { schema }, async request => {
    const access = callerOf(request)
    if (!isOwnAccount(access, request.params.node)) throw objectNotFound(request.params.node)
    return listMedia(world, access, parametersOf(request), request.params.version)
  })

  scope.get('/:node/children', { schema }, async request => {
    const access = callerOf(request)
    const node = ownMedia(world, access, request.params.node)
    return readChildren(world, node, parseFields(request.query.fields ?? 'id'))
  })

  scope.get('/', { schema: { querystring: GraphQuery } }, async request => {
    const access = callerOf(request)
    const { ids = '', fields } = parametersOf(request)
    return Object.fromEntries(ids.split(',').map(id => [id, readNode(world, access, id, fields)]))
  })
}

function readNode (world: World, access: Access, id: string, fields: string | undefined): Record<string, unknown> {
  if (isOwnAccount(access, id)) return readProfile(world, access, fields)
  const container = world.containers.get(id)
  if (container?.account === access.account) return readContainer(world, container, fields)
  return readMedia(world, ownMedia(world, access, id), fields)
}

/** `me`, the professional account id, or the app-scoped id. */
export function isOwnAccount ({ app, account }: Access, id: string): boolean {
  return id === 'me' || id === account.id || id === appScopedId(app.id, account.id)
}

/** @throws {GraphError} 100/33 for ids of other accounts and of nobody alike */
function ownMedia (world: World, access: Access, id: string): MediaNode {
  const found = findMedia(world, id)
  if (found === undefined || found.account !== access.account) throw objectNotFound(id)
  return { ...found, isChild: !found.media.id.endsWith('00') }
}
