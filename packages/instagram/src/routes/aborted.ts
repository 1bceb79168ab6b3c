import type { FastifyReply } from 'fastify'

/** A signal that fires when the caller goes away before its answer has been sent. */
export function abortedWith ({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => { if (!raw.writableFinished) controller.abort() })
  return controller.signal
}
