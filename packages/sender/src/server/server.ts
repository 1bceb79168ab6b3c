import { fastify, type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { senderApi, type SenderApiOptions } from './api.ts'

/** Options of `createSenderServer`: the API's own, and what Fastify may be told. */
export interface SenderServerOptions extends SenderApiOptions {
  /** Fastify's logger option, or `loggerInstance`. @defaultValue no log */
  logger?: FastifyServerOptions['logger']
}

/**
 * A Fastify server with nothing but the sender's HTTP API on it. The caller listens and closes; closing it leaves the
 * sender open.
 *
 * @throws {SenderError} SENDER_OPTION_INVALID
 */
export async function createSenderServer ({ logger = false, ...options }: SenderServerOptions): Promise<FastifyInstance> {
  const server = fastify({ logger, routerOptions: { maxParamLength: 200 } })
  await server.register(senderApi, options)
  return server
}
