import type { FastifyRequest, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { App } from '../options.ts'
import type { InstagramServices } from '../services.ts'
import { handleOf } from './file-hook.ts'
import type { RouteOptions } from './index.ts'

/** What clients send beside the simple headers; `X-NO-STREAM` comes with `filepicker.read`. */
const ALLOWED_HEADERS = 'Authorization, Content-Type, If-None-Match, Range, X-NO-STREAM'
const EXPOSED_HEADERS = 'Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Retry-After, X-File-Name'

/**
 * Lets the pages of an app's own origins call the routes, cookies included. Written here because `@fastify/cors` needs the
 * server-wide route `OPTIONS *`, which belongs to the host.
 */
export const cors = fp<RouteOptions>(async (scope, { services }) => {
  scope.decorateRequest('fileRecord', null)
  scope.decorateRequest('permission', null)

  scope.addHook('onRequest', (request, reply, done) => {
    reply.header('vary', 'Origin')
    const { origin } = request.headers
    if (origin !== undefined) return welcome(services, request, reply, origin)
    done()
  })

  scope.options('/api/*', { schema: { hide: true } as object }, async (request: FastifyRequest, reply: FastifyReply) => {
    if (reply.hasHeader('access-control-allow-origin')) {
      reply.headers({
        'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
        'access-control-allow-headers': ALLOWED_HEADERS,
        'access-control-max-age': '21600'
      })
    }
    return reply.code(204).send()
  })
})

async function welcome (services: InstagramServices, request: FastifyRequest, reply: FastifyReply, origin: string): Promise<void> {
  if (!originsOf(services, await appsOf(services, request)).includes(origin)) return
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': EXPOSED_HEADERS
  })
}

/** Every origin from which these apps may be used. */
export function originsOf ({ options }: InstagramServices, apps: readonly App[]): string[] {
  return [options.publicUrl, ...apps.flatMap(app => app.origins)]
}

/** The app of the file, or of the key; for an unknown one all of them, so that the refusal can be read. */
async function appsOf ({ options, store }: InstagramServices, request: FastifyRequest): Promise<App[]> {
  const handle = handleOf(request)
  const found = handle === undefined ? undefined : store.findRecent(handle)
  const record = await found
  // A row that was read just now serves the route as well; one from memory only tells the app, which never changes.
  if (found instanceof Promise) request.fileRecord = record ?? null
  const key = record?.appKey ?? (request.query as { key?: unknown }).key
  const app = typeof key === 'string' ? options.apps.get(key) : undefined
  return app === undefined ? [...options.apps.values()] : [app]
}
