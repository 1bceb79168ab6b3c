import { createHash } from 'node:crypto'
import { SenderError } from './errors.ts'

/** An event of the contract, or one of the host's own with at least an `action`. */
export interface SendableEvent {
  readonly action: string
  readonly id?: unknown
  readonly [field: string]: unknown
}

const ID = /^[A-Za-z0-9_-]{1,128}$/

/**
 * The bytes that every attempt sends, made once.
 *
 * @throws {SenderError} SENDER_EVENT_INVALID
 */
export function freezeEvent (event: SendableEvent): Buffer {
  if (typeof event !== 'object' || event === null || typeof event.action !== 'string' || event.action === '') {
    throw new SenderError('SENDER_EVENT_INVALID', 'an event must be an object with an "action"')
  }
  return Buffer.from(JSON.stringify(event))
}

/**
 * The id under which an event is known: the one given, else its action and number (`fp_upload_105258`), else its action
 * and the hash of its bytes. Standard Webhooks allows no full stop in it, as it is signed before one.
 *
 * @throws {SenderError} SENDER_EVENT_INVALID
 */
export function messageId (event: SendableEvent, body: Uint8Array, given: string | undefined): string {
  if (given !== undefined) {
    if (!ID.test(given)) throw new SenderError('SENDER_EVENT_INVALID', `id must be 1 to 128 letters, digits, "-" or "_", got ${JSON.stringify(given)}`)
    return given
  }
  const isNamed = Number.isSafeInteger(event.id) || (typeof event.id === 'string' && ID.test(event.id))
  const name = isNamed ? String(event.id) : createHash('sha256').update(body).digest('base64url')
  return `${event.action.replace(/[^A-Za-z0-9-]/g, '_')}_${name}`
}
