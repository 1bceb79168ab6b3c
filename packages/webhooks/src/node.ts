import type { IncomingMessage, ServerResponse } from 'node:http'
import { WebhookError } from './errors.ts'
import { createBodyReader, type ReadBody } from './read-body.ts'
import type { Receiver } from './receiver.ts'
import { JSON_TYPE, leavesBodyUnread, type ReceiveResult } from './result.ts'

/** A Node request, perhaps one on which a framework has put the bytes it has read already. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown, readonly rawBody?: unknown }

/**
 * A handler for `node:http`, and for any framework built on it. Mount it before body parsers, or behind one that leaves the bytes in
 * `request.body` or `request.rawBody`.
 */
export function toNodeHandler (receiver: Receiver): (request: NodeRequest, response: ServerResponse) => Promise<void> {
  const readBody = createBodyReader(receiver.limits)
  return async (request, response) => answer(request, response, await receive(receiver, readBody, request))
}

async function receive (receiver: Receiver, readBody: ReadBody, request: NodeRequest): Promise<ReceiveResult> {
  const { method, headers, url = '/' } = request
  let body: Uint8Array
  try {
    if (method !== 'POST') throw methodNotAllowed(method)
    body = bytesOf(request) ?? await readBody(request, headers['content-length'])
  } catch (error) {
    return receiver.refuse(error)
  }
  return receiver.receive({ headers, body, url })
}

/** The bytes that another parser has read and left on the request, if it did. */
export function bytesOf ({ rawBody, body }: { readonly rawBody?: unknown, readonly body?: unknown }): Uint8Array | undefined {
  if (rawBody instanceof Uint8Array) return rawBody
  return body instanceof Uint8Array ? body : undefined
}

function answer (request: NodeRequest, response: ServerResponse, result: ReceiveResult): void {
  // What is left of a body that was cut short must not be taken for the next request.
  if (leavesBodyUnread(result) && request.httpVersionMajor === 1) response.setHeader('connection', 'close')
  response.writeHead(result.status, { 'content-type': JSON_TYPE, ...result.headers }).end(JSON.stringify(result.body))
}

/** The refusal of anything but POST. */
export function methodNotAllowed (method: string | undefined): WebhookError {
  return new WebhookError('WEBHOOK_METHOD_NOT_ALLOWED', `webhooks come by POST, got ${method ?? 'no method'}`)
}
