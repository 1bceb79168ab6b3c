import type { FastifyRequest } from 'fastify'

/** Aborts when the client goes away before it is answered. */
export function closeSignal (request: FastifyRequest): AbortSignal {
  const controller = new AbortController()
  request.raw.socket.once('close', () => controller.abort())
  return controller.signal
}
