import type { FastifyServerOptions } from 'fastify'
import { buildInstagramEmulator } from './build.ts'
import { createControl, type EmulatorControl } from './control/control.ts'
import { hostUrl } from './hosts.ts'
import type { EmulatorOptions } from './options.ts'

export interface StartOptions extends EmulatorOptions {
  /** @defaultValue a free port */
  port?: number
  /** @defaultValue `'127.0.0.1'` */
  host?: string
  /** Where browsers and clients find the emulator, when that is not where it listens (a tunnel, a container). */
  publicUrl?: string
  logger?: FastifyServerOptions['logger']
}

/** A running emulator. */
export interface InstagramEmulator {
  /** `http://127.0.0.1:<port>` */
  origin: string
  authorizeUrl: string
  apiBaseUrl: string
  graphBaseUrl: string
  cdnBaseUrl: string
  /** The first application's Instagram app id and secret. */
  app: { id: string, secret: string }
  /** What `@contactsheet/instagram` takes as its option `instagram`. */
  pluginOptions: { authorizeUrl: string, apiBaseUrl: string, graphBaseUrl: string, cdnHosts: string[] }
  control: EmulatorControl
  close: () => Promise<void>
}

/** Starts an Instagram on this machine. Without options: a free port, the default app and accounts, a person answers the consent page. */
export async function startInstagramEmulator (options: StartOptions = {}): Promise<InstagramEmulator> {
  const { port = 0, host = '127.0.0.1', publicUrl, logger = false, ...rest } = options
  const { server, world } = await buildInstagramEmulator(rest, { logger, forceCloseConnections: true })
  const listening = await server.listen({ port, host })
  world.origin = (publicUrl ?? listening).replace(/\/$/, '')
  const [app] = world.apps
  const urls = {
    authorizeUrl: `${hostUrl(world, 'www')}/oauth/authorize`,
    apiBaseUrl: hostUrl(world, 'api'),
    graphBaseUrl: hostUrl(world, 'graph')
  }
  return {
    origin: world.origin,
    ...urls,
    cdnBaseUrl: hostUrl(world, 'cdn'),
    app: { id: app?.id ?? '', secret: app?.secret ?? '' },
    pluginOptions: { ...urls, cdnHosts: [new URL(world.origin).host] },
    control: createControl(world),
    close: async () => { await server.close() }
  }
}
