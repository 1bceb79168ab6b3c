import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { methodNotAllowed } from './node.ts'
import { consumed, createBodyReader, type ReadBody } from './read-body.ts'
import type { Receiver } from './receiver.ts'
import { JSON_TYPE, type ReceiveResult } from './result.ts'

/** A handler from Fetch `Request` to `Response`, as Hono, Next.js, SvelteKit and others take it. */
export function toFetchHandler (receiver: Receiver): (request: Request) => Promise<Response> {
  const readBody = createBodyReader(receiver.limits)
  return async request => {
    const { status, headers, body } = await receive(receiver, readBody, request)
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': JSON_TYPE, ...headers } })
  }
}

async function receive (receiver: Receiver, readBody: ReadBody, request: Request): Promise<ReceiveResult> {
  const { method, headers, url } = request
  let body: Uint8Array
  try {
    if (method !== 'POST') throw methodNotAllowed(method)
    if (request.bodyUsed) throw consumed()
    body = await bytesOf(request, readBody)
  } catch (error) {
    return receiver.refuse(error)
  }
  const { pathname, search } = new URL(url)
  return receiver.receive({ headers, body, url: pathname + search })
}

async function bytesOf ({ body, headers }: Request, readBody: ReadBody): Promise<Uint8Array> {
  if (body === null) return new Uint8Array()
  const stream = Readable.fromWeb(body as ReadableStream<Uint8Array>)
  try {
    return await readBody(stream, headers.get('content-length') ?? undefined)
  } finally {
    // Cancels what the sender has not sent yet, if the body was cut short.
    stream.destroy()
  }
}
