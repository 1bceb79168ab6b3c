import { timingSafeEqual, type KeyObject } from 'node:crypto'
import type { WebhookErrorCode } from '../errors.ts'
import type { HeaderSource } from '../headers.ts'
import type { Keyring } from '../keys.ts'

/** The two families of signature headers: the original product's and Standard Webhooks'. */
export type SchemeName = 'filestack' | 'standard'

/** What is known of a request whose signature holds. */
export interface Verified {
  readonly valid: true
  readonly scheme: SchemeName
  readonly algorithm: 'hmac-sha256' | 'ed25519'
  /** Place in the list of secrets of the one that matched. */
  readonly keyIndex: number
  /** The signed message id; the filestack family has none. */
  readonly id: string | undefined
  /** The signed header timestamp, epoch seconds. */
  readonly timestamp: number
}

/** Why a request is refused. */
export interface Refused {
  readonly valid: false
  readonly code: WebhookErrorCode
  readonly message: string
}

/** The outcome of `verify`. */
export type Verification = Verified | Refused

/** One request, as a scheme looks at it. */
export interface SignedRequest {
  readonly headers: HeaderSource
  readonly body: Uint8Array
  readonly keyring: Keyring
  readonly nowMs: number
  readonly toleranceSeconds: number
}

/** One message, as a scheme signs it. `timestamp` is epoch seconds. */
export interface UnsignedMessage {
  readonly id: string
  readonly timestamp: number
  readonly body: Uint8Array
  readonly keyring: Keyring
}

export interface Scheme {
  /** Answers `undefined` when none of the scheme's headers came. */
  readonly verify: (request: SignedRequest) => Verification | undefined
  /** Answers no header when no secret fits the scheme. */
  readonly sign: (message: UnsignedMessage) => Record<string, string>
}

export const MAX_HEADER_LENGTH = 4096
export const MAX_SIGNATURES = 16

export function refuse (code: WebhookErrorCode, message: string): Refused {
  return { valid: false, code, message }
}

/**
 * Makes a comparison of a text with a digest that is this long, in constant time. As UTF-8, so that no other character can stand for an
 * ASCII one. The buffer is kept, and written to once, because that takes longer than the comparison.
 */
export function createComparison (length: number): (given: string, expected: string) => boolean {
  const both = Buffer.alloc(2 * length)
  const left = both.subarray(0, length)
  const right = both.subarray(length)
  return (given, expected) => given.length === length &&
    both.write(given + expected) === both.length && timingSafeEqual(left, right)
}

// Strict on purpose: `parseInt` would take '123abc' and ' 123', and then the header and the signed text differ.
const TIMESTAMP = /^[1-9][0-9]{0,15}$/

/** The seconds that a header says, or why it is refused: loosely written, or outside the window. */
export function readTimestamp (name: string, text: string, { nowMs, toleranceSeconds }: SignedRequest): number | Refused {
  if (!TIMESTAMP.test(text)) {
    return refuse('WEBHOOK_TIMESTAMP_INVALID', `${name} must be epoch seconds in digits only`)
  }
  const seconds = Number(text)
  const age = Math.floor(nowMs / 1000) - seconds
  // Written so that a NaN clock or tolerance refuses.
  if (Math.abs(age) <= toleranceSeconds) return seconds
  const allowed = `at most ${toleranceSeconds} s are allowed`
  return age < 0
    ? refuse('WEBHOOK_TIMESTAMP_AHEAD', `${name} is ${-age} s ahead of this clock, ${allowed}: is it in milliseconds, or is a clock wrong?`)
    : refuse('WEBHOOK_TIMESTAMP_STALE', `${name} is ${age} s old, ${allowed}: is this a replay, or is a clock wrong?`)
}

export function checkLength (name: string, { length }: string): Refused | undefined {
  return length <= MAX_HEADER_LENGTH
    ? undefined
    : refuse('WEBHOOK_HEADER_TOO_LONG', `${name} must be at most ${MAX_HEADER_LENGTH} characters`)
}

export function refuseMissing (named: Readonly<Record<string, string | undefined>>): Refused {
  const missing = Object.keys(named).filter(name => named[name] === undefined)
  return refuse('WEBHOOK_HEADER_MISSING', `signed request without ${missing.join(' and ')}: did a proxy drop it?`)
}

/** Says why no signature matched: a secret may be right and only its notation wrong, or it is another one. */
export function explainMismatch (keyring: Keyring, matches: (key: KeyObject) => boolean): Refused {
  const index = keyring.keys.findIndex(key => key.otherReadings().some(matches))
  return index === -1
    ? refuse('WEBHOOK_SIGNATURE_MISMATCH', `no signature matches any of ${keyring.keys.length} secrets: ` +
      'is it the secret of this endpoint?')
    : refuse('WEBHOOK_SECRET_ENCODING', `secret ${index} matches in another notation: ` +
      "base64 needs the prefix whsec_, hex needs format: 'hex', plain text needs format: 'raw'")
}

/** No secret in the list can check this scheme now. */
export function refuseUnusable (scheme: SchemeName): Refused {
  return refuse('WEBHOOK_SECRET_UNUSABLE', `no secret can check this ${scheme} signature: expired, or of another kind`)
}
