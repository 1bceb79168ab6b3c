import { classify, parseBody } from './classify.ts'
import type { Accepted, EventContext } from './context.ts'
import { WebhookError } from './errors.ts'
import { readHeader } from './headers.ts'
import { keyOf } from './idempotency/key.ts'
import type { IncomingWebhook, ResolvedOptions, SenderKeyring } from './receiver-options.ts'
import type { Verified } from './schemes/scheme.ts'
import { verifyOrThrow } from './verify.ts'

/** A request that is believed and understood. */
export interface Authentic extends Pick<EventContext, 'key' | 'keyId' | 'sender' | 'bytes' | 'receivedAtMs'> {
  readonly accepted: Accepted
  readonly verified: Verified
}

/**
 * Believes a request or refuses it: content type, size, signature, text, event, in this order, so that nothing is parsed that is
 * not signed.
 *
 * @throws {WebhookError} any code of status 400, 401, 413 and 415
 */
export function authenticate<Transaction> (
  options: ResolvedOptions<Transaction>, { headers, body }: IncomingWebhook, { sender, keyring }: SenderKeyring
): Authentic {
  checkContentType(readHeader(headers, 'content-type'))
  checkSize(body, options.limits.maxBodyBytes)
  const { now, toleranceSeconds, schemes } = options
  const verified = verifyOrThrow({ body, headers, secrets: keyring, now, toleranceSeconds, schemes })
  const accepted = classify(parseBody(body))
  if (accepted.kind === 'malformed') throw new WebhookError('WEBHOOK_EVENT_MALFORMED', accepted.message)
  return {
    accepted,
    verified,
    key: keyOf(accepted.event, body, sender),
    keyId: keyring.keys[verified.keyIndex]?.id,
    sender,
    bytes: body.byteLength,
    receivedAtMs: now()
  }
}

/** What handlers and observers are told of a request: what came, and how far the event has got. */
export function contextOf (authentic: Authentic): EventContext<undefined>
export function contextOf<Transaction> (authentic: Authentic, progress: Pick<EventContext<Transaction>, 'attempt' | 'transaction'>): EventContext<Transaction>
export function contextOf (
  { key, keyId, sender, bytes, receivedAtMs, verified: { scheme, algorithm, keyIndex, id, timestamp } }: Authentic,
  { attempt, transaction }: Pick<EventContext, 'attempt' | 'transaction'> = { attempt: 0, transaction: undefined }
): EventContext {
  return { key, scheme, algorithm, keyIndex, keyId, sender, id, timestamp, bytes, receivedAtMs, attempt, duplicate: false, transaction }
}

// application/json and its relatives (application/cloudevents+json), in UTF-8, which is the only charset JSON has.
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?$/i

function checkContentType (contentType: string | undefined): void {
  if (contentType === 'application/json' || (contentType !== undefined && JSON_TYPE.test(contentType))) return
  throw new WebhookError('WEBHOOK_CONTENT_TYPE', 'content-type must be application/json in UTF-8, got ' +
    (contentType === undefined ? 'none' : JSON.stringify(contentType.slice(0, 80))))
}

function checkSize (body: Uint8Array, maxBodyBytes: number): void {
  if (body instanceof Uint8Array && body.byteLength > maxBodyBytes) throw tooLarge(maxBodyBytes)
}

/** The refusal of a body above the limit. */
export function tooLarge (maxBodyBytes: number): WebhookError {
  return new WebhookError('WEBHOOK_BODY_TOO_LARGE', `the body must be at most ${maxBodyBytes} bytes`)
}
