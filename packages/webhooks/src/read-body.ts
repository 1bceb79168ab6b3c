import type { Readable } from 'node:stream'
import { tooLarge } from './authenticate.ts'
import { createDeadlines } from './deadlines.ts'
import { WebhookError } from './errors.ts'

/** Bounds of one body. */
export interface BodyLimits { readonly maxBodyBytes: number, readonly bodyTimeoutMs: number }

/** Reads the body of one request. @param declaredLength - the `content-length` header, if any */
export type ReadBody = (stream: Readable, declaredLength: string | undefined) => Promise<Buffer>

/** `ReadBody` for one who does not want to wait for a promise. `done` gets the bytes or the reason why there are none. */
export type TakeBody = (stream: Readable, declaredLength: string | undefined, done: (body: Buffer | WebhookError) => void) => void

/** Makes a reader of bodies from the same limits as `createBodyTaker`; it rejects with the reason why there are none. */
export function createBodyReader (limits: BodyLimits): ReadBody {
  const takeBody = createBodyTaker(limits)
  return (stream, declaredLength) => new Promise((resolve, reject) => {
    takeBody(stream, declaredLength, body => { body instanceof WebhookError ? reject(body) : resolve(body) })
  })
}

/**
 * Makes a reader of bodies. It stops at the limit or the deadline, whatever `content-length` promised, and keeps nothing then.
 *
 * The reasons are WEBHOOK_BODY_TOO_LARGE, WEBHOOK_BODY_TIMEOUT, WEBHOOK_BODY_INCOMPLETE and WEBHOOK_BODY_CONSUMED.
 */
export function createBodyTaker ({ maxBodyBytes, bodyTimeoutMs }: BodyLimits): TakeBody {
  const deadlines = createDeadlines(bodyTimeoutMs)
  return (stream, declaredLength, done) => {
    if (stream.readableEnded || stream.readableDidRead || stream.destroyed) return done(consumed())
    if (Number(declaredLength) > maxBodyBytes) return done(tooLarge(maxBodyBytes))
    let chunks: Buffer[] = []
    let length = 0
    const stopClock = deadlines.start(() => fail(
      new WebhookError('WEBHOOK_BODY_TIMEOUT', `the body must arrive within ${bodyTimeoutMs} ms`)
    ))

    function fail (error: WebhookError): void {
      stopClock()
      chunks = []
      stream.off('data', onData).off('end', onEnd).off('error', onError)
      // Whatever still goes wrong with what is left of it is nobody's business any more.
      stream.on('error', () => {}).pause()
      done(error)
    }
    function onData (chunk: Buffer): void {
      length += chunk.length
      if (length > maxBodyBytes) fail(tooLarge(maxBodyBytes))
      else chunks.push(chunk)
    }
    function onEnd (): void {
      stopClock()
      stream.off('error', onError)
      done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length))
    }
    const onError = (cause: Error) => fail(new WebhookError('WEBHOOK_BODY_INCOMPLETE', 'the body broke off', { cause }))
    // A connection that ends too early is an error of the stream as well.
    stream.on('data', onData).on('end', onEnd).on('error', onError)
  }
}

/** Someone has read the body before us: the one thing that cannot be put right afterwards. */
export function consumed (): WebhookError {
  return new WebhookError('WEBHOOK_BODY_CONSUMED', 'the body was read before the receiver saw it: register the receiver outside of the body parser that did it')
}
