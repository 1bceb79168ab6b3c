import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { WebhookError } from './errors.ts'
import { bytesOf, type NodeRequest } from './node.ts'
import { createBodyTaker } from './read-body.ts'
import { createReceiver, type Receiver } from './receiver.ts'
import type { ReceiverOptions } from './receiver-options.ts'
import { JSON_TYPE, leavesBodyUnread, type ReceiveResult } from './result.ts'
import { isLater, type Soon } from './soon.ts'

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
  const takeBody = createBodyTaker(receiver.limits)
  scope.removeAllContentTypeParsers()
  // Any type: the receiver decides what it takes. What goes wrong becomes the body, so that the answer is the receiver's own and
  // not that of the host's error handler. JSON is named because Fastify finds a name faster than the star.
  scope.addContentTypeParser(['application/json', '*'], (request, payload, done) => {
    const bytes = bytesOf(request) ?? bytesOf(request.raw as NodeRequest)
    if (bytes) done(null, bytes)
    else takeBody(payload, request.headers['content-length'], body => done(null, body))
  })
  scope.addHook('onClose', () => receiver.close())
  // Fastify is not given a promise: it would wait for its end once more, when the answer is on its way already.
  scope.post(options.url, (request, reply) => {
    const result = receive(receiver, request)
    if (isLater(result)) result.then(later => { answer(reply, later) }).then(undefined, error => { reply.send(error) })
    else answer(reply, result)
  })
}

function receive (receiver: Receiver, { headers, url, body }: FastifyRequest): Soon<ReceiveResult> {
  if (body instanceof WebhookError) return receiver.refuse(body)
  return receiver.receiveSoon({ headers, url, body: body instanceof Uint8Array ? body : new Uint8Array() })
}

function answer (reply: FastifyReply, result: ReceiveResult): void {
  // What is left of a body that was cut short must not be taken for the next request.
  if (leavesBodyUnread(result) && reply.request.raw.httpVersionMajor === 1) reply.header('connection', 'close')
  reply.code(result.status).headers(result.headers).header('content-type', JSON_TYPE).send(JSON.stringify(result.body))
}

export default webhookReceiver
