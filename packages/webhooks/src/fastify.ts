import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { WebhookError } from './errors.ts'
import { bytesOf, type NodeRequest } from './node.ts'
import { readBody } from './read-body.ts'
import { createReceiver, type Receiver } from './receiver.ts'
import type { ReceiverOptions } from './receiver-options.ts'
import { leavesBodyUnread, type ReceiveResult } from './result.ts'

/** Options of the Fastify plugin: where it listens, and the receiver's own options or a receiver made before. */
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
  // Any type: the receiver decides what it takes. What goes wrong becomes the body, so that the answer is the receiver's own and
  // not that of the host's error handler.
  scope.addContentTypeParser('*', (request, payload, done) => {
    const body = bytesOf(request) ?? bytesOf(request.raw as NodeRequest) ?? readBody(payload, request.headers['content-length'], receiver.limits)
    Promise.resolve(body).then(bytes => done(null, bytes), (error: unknown) => done(null, error))
  })
  scope.addHook('onClose', () => receiver.close())
  scope.post(options.url, async (request, reply) => answer(reply, await receive(receiver, request)))
}

async function receive (receiver: Receiver, { headers, url, body }: FastifyRequest): Promise<ReceiveResult> {
  if (body instanceof WebhookError) return receiver.refuse(body)
  return receiver.receive({ headers, url, body: body instanceof Uint8Array ? body : new Uint8Array() })
}

function answer (reply: FastifyReply, result: ReceiveResult): FastifyReply {
  // What is left of a body that was cut short must not be taken for the next request.
  if (leavesBodyUnread(result) && reply.request.raw.httpVersionMajor === 1) reply.header('connection', 'close')
  return reply.code(result.status).headers(result.headers).send(result.body)
}

export default webhookReceiver
