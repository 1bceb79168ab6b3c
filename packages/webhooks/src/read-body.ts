import type { Readable } from 'node:stream'
import { tooLarge } from './authenticate.ts'
import { createDeadlines } from './deadlines.ts'
import { WebhookError } from './errors.ts'

/** Bounds of one body. */
export interface BodyLimits { readonly maxBodyBytes: number, readonly bodyTimeoutMs: number }

/** Reads the body of one request. @param declaredLength - the `content-length` header, if any */
export type ReadBody = (stream: Readable, declaredLength: string | undefined) => Promise<Buffer>

/**
 * Makes a reader of bodies. It stops at the limit or the deadline, whatever `content-length` promised, and keeps nothing then.
 *
 * The reader rejects with WEBHOOK_BODY_TOO_LARGE, WEBHOOK_BODY_TIMEOUT, WEBHOOK_BODY_INCOMPLETE or WEBHOOK_BODY_CONSUMED.
 */
export function createBodyReader ({ maxBodyBytes, bodyTimeoutMs }: BodyLimits): ReadBody {
  const deadlines = createDeadlines(bodyTimeoutMs)
  return (stream, declaredLength) => new Promise((resolve, reject) => {
    if (stream.readableEnded || stream.readableDidRead || stream.destroyed) {
      reject(consumed())
      return
    }
    if (Number(declaredLength) > maxBodyBytes) {
      reject(tooLarge(maxBodyBytes))
      return
    }
    let chunks: Buffer[] = []
    let length = 0
    const done = deadlines.start(() => settle(
      new WebhookError('WEBHOOK_BODY_TIMEOUT', `the body must arrive within ${bodyTimeoutMs} ms`)
    ))

    function settle (error?: WebhookError): void {
      done()
      stream.off('data', onData).off('end', onEnd).off('error', onError)
      if (error) {
        chunks = []
        // Whatever still goes wrong with what is left of it is nobody's business any more.
        stream.on('error', () => {}).pause()
        reject(error)
      } else {
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length))
      }
    }
    function onData (chunk: Buffer): void {
      length += chunk.length
      if (length > maxBodyBytes) settle(tooLarge(maxBodyBytes))
      else chunks.push(chunk)
    }
    const onEnd = () => settle()
    const onError = (cause: Error) => settle(new WebhookError('WEBHOOK_BODY_INCOMPLETE', 'the body broke off', { cause }))
    // A connection that ends too early is an error of the stream as well.
    stream.on('data', onData).on('end', onEnd).on('error', onError)
  })
}

/** Someone has read the body before us: the one thing that cannot be put right afterwards. */
export function consumed (): WebhookError {
  return new WebhookError('WEBHOOK_BODY_CONSUMED', 'the body was read before the receiver saw it: register the receiver outside of the body parser that did it')
}
