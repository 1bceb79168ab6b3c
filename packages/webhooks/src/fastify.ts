import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { readBody } from './read-body.ts'
import { createReceiver, type Receiver } from './receiver.ts'
import type { ReceiverOptions } from './receiver-options.ts'
import type { ReceiveResult } from './result.ts'

/** Options of the Fastify plugin: the receiver's own, or a receiver made before, and where it listens. */
export type WebhookReceiverOptions = { readonly url: string } &
  (ReceiverOptions | { readonly receiver: Receiver })

/**
 * A route that receives webhooks, in a scope of its own: it takes its bodies as bytes, and the host's parsers, hooks and other
 * routes stay as they are.
 *
 * @throws {WebhookError} those of `createReceiver`
 */
export const webhookReceiver: FastifyPluginAsync<WebhookReceiverOptions> = async (scope: FastifyInstance, options) => {
  const receiver = 'receiver' in options ? options.receiver : createReceiver(options)
  scope.removeAllContentTypeParsers()
  // The stream itself, whatever its type: the receiver decides what it takes, and how long it waits.
  scope.addContentTypeParser('*', (_request, payload, done) => { done(null, payload) })
  scope.addHook('onClose', () => receiver.close())
  scope.post(options.url, async (request, reply) => answer(reply, await receive(receiver, request)))
}

async function receive (receiver: Receiver, request: FastifyRequest): Promise<ReceiveResult> {
  const { headers, url } = request
  try {
    const body = await readBody(request.body as Readable ?? request.raw, headers['content-length'], receiver.limits)
    return await receiver.receive({ headers, body, url })
  } catch (error) {
    return receiver.refuse(error)
  }
}

function answer (reply: FastifyReply, { status, headers, body }: ReceiveResult): FastifyReply {
  reply.code(status).headers(headers)
  // What is left of a body that was cut short must not be taken for the next request.
  if (!reply.request.raw.complete) reply.header('connection', 'close')
  return reply.send(body)
}

export default webhookReceiver
