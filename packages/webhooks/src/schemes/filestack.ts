import { createHmac, type KeyObject } from 'node:crypto'
import type { Key } from '../keys.ts'
import { readHeader } from '../headers.ts'
import {
  checkLength, createComparison, explainMismatch, readTimestamp, refuse, refuseMissing, refuseUnusable,
  type Refused, type Scheme, type SignedRequest, type UnsignedMessage, type Verification
} from './scheme.ts'

const TIMESTAMP = 'fs-timestamp'
const SIGNATURE = 'fs-signature'
/** What is said of a body that `beginsWithDigit`. */
export const NO_DIGIT_FIRST = 'the body must not begin with a digit: an event is a JSON object'
const HEX_DIGEST = /^[0-9a-f]{64}$/
const isSameDigest = createComparison(64)
const ZERO = 0x30
const NINE = 0x39

/**
 * The original product's headers: `FS-Signature` is the lower-case hex HMAC-SHA256 of `FS-Timestamp`, a full stop and the body.
 * The key is the secret's own text, whatever it stands for, because that is what filestack-js does with it.
 */
export const filestack: Scheme = {
  verify (request: SignedRequest): Verification | undefined {
    const timestamp = readHeader(request.headers, TIMESTAMP)
    const signature = readHeader(request.headers, SIGNATURE)
    if (timestamp === undefined || signature === undefined) {
      return timestamp === signature ? undefined : refuseMissing({ [TIMESTAMP]: timestamp, [SIGNATURE]: signature })
    }
    const problem = checkLength(TIMESTAMP, timestamp) ?? checkLength(SIGNATURE, signature)
    if (problem) return problem
    const seconds = readTimestamp(TIMESTAMP, timestamp, request)
    if (typeof seconds !== 'number') return seconds
    const keyIndex = findKey(timestamp, signature, request)
    return typeof keyIndex === 'number'
      ? { valid: true, scheme: 'filestack', algorithm: 'hmac-sha256', keyIndex, id: undefined, timestamp: seconds }
      : keyIndex
  },

  sign ({ timestamp, body, keyring }: UnsignedMessage): Record<string, string> {
    // The header holds one signature, so while secrets rotate the first in the list signs.
    const key = keyring.keys.find(candidate => candidate.text !== undefined)?.text
    if (key === undefined) return {}
    return { 'FS-Timestamp': String(timestamp), 'FS-Signature': digest(key, String(timestamp), body) }
  }
}

function findKey (timestamp: string, signature: string, { body, keyring, nowMs }: SignedRequest): number | Refused {
  if (!HEX_DIGEST.test(signature)) {
    return refuse('WEBHOOK_SIGNATURE_INVALID', `${SIGNATURE} must be 64 digits of lower-case hex`)
  }
  if (beginsWithDigit(body)) {
    return refuse('WEBHOOK_BODY_AMBIGUOUS', NO_DIGIT_FIRST)
  }
  const usable = (key: Key) => key.text !== undefined && key.expiresAtMs > nowMs
  const found = keyring.keys.findIndex(key => usable(key) && key.text && isSameDigest(signature, digest(key.text, timestamp, body)))
  if (found !== -1) return found
  if (!keyring.keys.some(usable)) return refuseUnusable('filestack')
  return explainMismatch(keyring, key => isSameDigest(signature, digest(key, timestamp, body)))
}

/**
 * Whether a body may be taken for more than a body: a signed Standard Webhooks text `123.456.{…}` is also the text that this family
 * signs for timestamp 123 and the body `456.{…}`. No event begins with a digit, so such a body is neither signed nor believed.
 */
export function beginsWithDigit (body: Uint8Array): boolean {
  const first = body[0] ?? 0
  return first >= ZERO && first <= NINE
}

function digest (key: KeyObject, timestamp: string, body: Uint8Array): string {
  return createHmac('sha256', key).update(timestamp + '.').update(body).digest('hex')
}
