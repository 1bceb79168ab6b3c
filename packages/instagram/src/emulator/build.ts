import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { tokenRoutes } from './api/token-routes.ts'
import { createControl, type EmulatorControl } from './control/control.ts'
import { controlRoutes } from './control/routes.ts'
import { cdnRoutes } from './cdn/routes.ts'
import { graphRoutes } from './graph/routes.ts'
import { CONTROL_PREFIX, HOST_PREFIX, pathOnEmulator } from './hosts.ts'
import { createWorld, type World } from './model/world.ts'
import { resolveOptions, type EmulatorOptions } from './options.ts'
import { createPainter } from './photos/painter.ts'
import { createPhotoStore } from './photos/photo-store.ts'
import { wwwRoutes } from './www/routes.ts'

/** An emulator that does not listen yet. */
export interface BuiltEmulator {
  server: FastifyInstance
  control: EmulatorControl
  /** Tells it where it is found; its answers contain that address. @defaultValue `http://127.0.0.1` */
  setOrigin: (origin: string) => void
}

/**
 * The emulator as a Fastify server, for `inject` or for a host of your own making.
 *
 * @param serverOptions - handed to Fastify: `logger`, `https`, …
 */
export async function buildInstagramEmulator (options: EmulatorOptions = {}, serverOptions: FastifyServerOptions = {}): Promise<BuiltEmulator> {
  const { server, world } = await assemble(options, serverOptions)
  return { server, control: createControl(world), setOrigin: origin => { world.origin = origin } }
}

/** The parts behind both public ways to an emulator. */
export async function assemble (options: EmulatorOptions, serverOptions: FastifyServerOptions): Promise<{ server: FastifyInstance, world: World }> {
  const world = createWorld(resolveOptions(options))
  const painter = createPainter()
  const photos = createPhotoStore(world.options.photoCache, painter.paint)
  const server = Fastify({
    ...serverOptions,
    routerOptions: { maxParamLength: 500 },
    rewriteUrl: request => pathOnEmulator(request.url ?? '/', request.headers.host)
  })
  server.addHook('onClose', painter.close)
  server.decorateRequest('fault', null)
  await server.register(cookie)
  await server.register(formbody)
  await server.register(multipart, { attachFieldsToBody: 'keyValues' })
  await server.register(wwwRoutes, { prefix: HOST_PREFIX.www, world })
  await server.register(tokenRoutes, { prefix: HOST_PREFIX.api, world })
  await server.register(graphRoutes, { prefix: HOST_PREFIX.graph, world })
  await server.register(controlRoutes, { prefix: CONTROL_PREFIX, world })
  await server.register(cdnRoutes, { prefix: HOST_PREFIX.cdn, world, photos })
  return { server, world }
}
