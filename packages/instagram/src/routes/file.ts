import formbody from '@fastify/formbody'
import { Type } from 'typebox'
import { describe, FLAGS, type Flag } from '../use-cases/describe.ts'
import { abortedWith } from './aborted.ts'
import { allow, permit } from './allow.ts'
import { deliver } from './deliver.ts'
import { fileOf, loadFile } from './file-hook.ts'
import type { Routes } from './index.ts'
import { limitedByAddress } from './rate.ts'
import { KeyAndPolicy } from './schemas.ts'

const Params = Type.Object({ handle: Type.String() })
const ReadQuery = Type.Object({ ...KeyAndPolicy, cache: Type.Optional(Type.Boolean()), dl: Type.Optional(Type.Boolean()), base64encode: Type.Optional(Type.Boolean()) })
const Flags = Object.fromEntries(FLAGS.map(flag => [flag, Type.Optional(Type.Boolean())]))
const StatQuery = Type.Object({ ...KeyAndPolicy, ...Flags })

/** A handle's bytes, its metadata, and its end. */
export const fileRoutes: Routes = async (scope, { services }) => {
  const { files } = services
  if (!scope.hasContentTypeParser('application/x-www-form-urlencoded')) await scope.register(formbody)
  scope.addHook('preValidation', loadFile(services))

  scope.route({
    method: ['GET', 'HEAD'],
    url: '/api/file/:handle',
    schema: { params: Params, querystring: ReadQuery },
    preHandler: allow(services, 'read'),
    handler: async (request, reply) => await deliver(request, reply, services, fileOf(request), request.query)
  })

  scope.get('/api/file/:handle/metadata', {
    schema: { params: Params, querystring: StatQuery },
    config: { rateLimit: limitedByAddress },
    preHandler: async request => { request.permission = permit(services, request, flagsOf(request.query).includes('exif') ? ['stat', 'exif'] : ['stat']) }
  }, async (request, reply) => {
    reply.header('cache-control', 'private, no-cache')
    return await describe(services, fileOf(request), flagsOf(request.query), abortedWith(reply))
  })

  const remove = { schema: { params: Params, querystring: Type.Object(KeyAndPolicy) }, preHandler: allow(services, 'remove') }
  scope.delete('/api/file/:handle', remove, async request => await end(fileOf(request).handle))
  scope.post('/api/file/:handle/remove', remove, async request => await end(fileOf(request).handle))

  /** The answer is this word. @see https://www.filestack.com/docs/api/file/ */
  async function end (handle: string): Promise<string> {
    await files.remove(handle)
    return 'success'
  }
}

function flagsOf (query: object): Flag[] {
  return FLAGS.filter(flag => (query as Partial<Record<Flag, boolean>>)[flag] === true)
}
