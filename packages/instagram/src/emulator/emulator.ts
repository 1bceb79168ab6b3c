import type { FastifyServerOptions } from 'fastify'
import { assemble } from './build.ts'
import { makeCertificate, type Certificate } from './certificate.ts'
import { createControl, type EmulatorControl } from './control/control.ts'
import { CONTROL_PREFIX, HOST_PREFIX } from './hosts.ts'
import type { EmulatorOptions } from './options.ts'

/** Where and how the emulator listens, and what it emulates. */
export interface StartOptions extends EmulatorOptions {
  /** @defaultValue a free port */
  port?: number
  /** @defaultValue `'127.0.0.1'` */
  host?: string
  /** Where browsers and clients find the emulator, when that is not where it listens (a tunnel, a container). */
  publicUrl?: string
  /** `true` makes a certificate at every start (needs the package `selfsigned`). @defaultValue false */
  https?: boolean | Certificate
  /** Fastify's logger. @defaultValue false */
  logger?: FastifyServerOptions['logger']
}

/** A running emulator. */
export interface InstagramEmulator {
  /** `http://127.0.0.1:<port>`, or `publicUrl`. */
  origin: string
  authorizeUrl: string
  apiBaseUrl: string
  graphBaseUrl: string
  cdnBaseUrl: string
  /** Base URL of the control API. */
  controlUrl: string
  /** The first application's Instagram app id and secret. */
  app: { id: string, secret: string }
  /** What `@contactsheet/instagram` takes as its option `instagram`. */
  pluginOptions: { authorizeUrl: string, apiBaseUrl: string, graphBaseUrl: string, cdnHosts: string[] }
  /** The certificate in PEM when it speaks https: clients need it as their CA. */
  certificate: string | undefined
  control: EmulatorControl
  close: () => Promise<void>
}

/**
 * Starts an Instagram on this machine. Without options: a free port, the default app and accounts, a person answers the consent page.
 *
 * @throws {Error} when the port is taken, or when `https: true` finds no `selfsigned`
 */
export async function startInstagramEmulator (options: StartOptions = {}): Promise<InstagramEmulator> {
  const { port = 0, host = '127.0.0.1', publicUrl, https = false, logger = false, ...rest } = options
  const certificate = https === true ? await makeCertificate() : https === false ? undefined : https
  const { server, world } = await assemble(rest, { logger, forceCloseConnections: true, ...certificate !== undefined && { https: certificate } })
  const listening = await server.listen({ port, host })
  world.origin = (publicUrl ?? listening).replace(/\/$/, '')
  const [app] = world.apps
  const urls = {
    authorizeUrl: `${world.origin}${HOST_PREFIX.www}/oauth/authorize`,
    apiBaseUrl: world.origin + HOST_PREFIX.api,
    graphBaseUrl: world.origin + HOST_PREFIX.graph
  }
  return {
    origin: world.origin,
    ...urls,
    cdnBaseUrl: world.origin + HOST_PREFIX.cdn,
    controlUrl: `${world.origin}${CONTROL_PREFIX}`,
    app: { id: app?.id ?? '', secret: app?.secret ?? '' },
    pluginOptions: { ...urls, cdnHosts: [new URL(world.origin).host] },
    certificate: certificate?.cert,
    control: createControl(world),
    close: async () => { await server.close() }
  }
}
