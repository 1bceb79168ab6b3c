import swagger from '@fastify/swagger'
import type { FastifyPluginAsync } from 'fastify'
import { SenderError } from '../errors.ts'
import type { Sender } from '../sender.ts'
import { requireToken } from './auth.ts'
import { DOCUMENT } from './document.ts'
import { deliveryRoutes } from './routes/deliveries.ts'
import { endpointRoutes } from './routes/endpoints.ts'
import { eventRoutes } from './routes/events.ts'
import { statusRoutes } from './routes/status.ts'

export interface SenderApiOptions {
  sender: Sender
  /** Bearer tokens that open the API; several while one replaces another. Each at least 16 characters. */
  tokens: readonly string[]
}

/**
 * The sender's HTTP API as a Fastify plugin: a host may register it below any `prefix`. `/health`, `/ready` and
 * `/openapi.json` are open to everybody, all else needs a token.
 *
 * @throws {SenderError} SENDER_OPTION_INVALID
 */
export const senderApi: FastifyPluginAsync<SenderApiOptions> = async (scope, { sender, tokens }) => {
  if (tokens.length === 0 || tokens.some(token => token.length < 16)) {
    throw new SenderError('SENDER_OPTION_INVALID', 'tokens must hold at least one token, each of at least 16 characters')
  }
  await scope.register(swagger, { openapi: DOCUMENT })
  scope.get('/openapi.json', { schema: { hide: true } }, async () => scope.swagger())
  await scope.register(statusRoutes, { sender })
  await scope.register(async guarded => {
    guarded.addHook('onRequest', requireToken(tokens))
    await guarded.register(eventRoutes, { sender })
    await guarded.register(endpointRoutes, { sender })
    await guarded.register(deliveryRoutes, { sender })
  })
}
