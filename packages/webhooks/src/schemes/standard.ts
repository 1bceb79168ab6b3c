import { createHmac, sign, verify, type KeyObject } from 'node:crypto'
import type { Key } from '../keys.ts'
import { readHeader } from '../headers.ts'
import {
  MAX_SIGNATURES, checkLength, createComparison, explainMismatch, readTimestamp, refuse, refuseMissing, refuseUnusable,
  type Refused, type Scheme, type SignedRequest, type UnsignedMessage, type Verification
} from './scheme.ts'

const ID = 'webhook-id'
const TIMESTAMP = 'webhook-timestamp'
const SIGNATURE = 'webhook-signature'
const HMAC = 'v1,'
const ED25519 = 'v1a,'
const ED25519_BYTES = 64

const isSameDigest = createComparison(44)

// A full stop would let the border between id, timestamp and body be moved without touching the signature.
/** What is said of an id that is no `isMessageId`. */
export const MESSAGE_ID_RULE = 'must be 1 to 256 visible characters without a full stop'
const MESSAGE_ID = /^[\x21-\x2d\x2f-\x7e]+$/

/**
 * Standard Webhooks: `webhook-signature` lists base64 signatures of id, full stop, timestamp, full stop, body: `v1` is HMAC-SHA256,
 * `v1a` is ed25519. Versions that are not known here are passed over.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standard: Scheme = {
  verify (request: SignedRequest): Verification | undefined {
    const id = readHeader(request.headers, ID)
    const timestamp = readHeader(request.headers, TIMESTAMP)
    const signature = readHeader(request.headers, SIGNATURE)
    if (id === undefined || timestamp === undefined || signature === undefined) {
      if (id === undefined && timestamp === undefined && signature === undefined) return undefined
      return refuseMissing({ [ID]: id, [TIMESTAMP]: timestamp, [SIGNATURE]: signature })
    }
    const problem = checkLength(ID, id) ?? checkLength(TIMESTAMP, timestamp) ?? checkLength(SIGNATURE, signature)
    if (problem) return problem
    if (!isMessageId(id)) return refuse('WEBHOOK_ID_INVALID', `${ID} ${MESSAGE_ID_RULE}`)
    const seconds = readTimestamp(TIMESTAMP, timestamp, request)
    if (typeof seconds !== 'number') return seconds
    return checkSignatures(id, seconds, timestamp, signature, request)
  },

  sign ({ id, timestamp, body, keyring }: UnsignedMessage): Record<string, string> {
    const signatures = keyring.keys.flatMap(key => signWith(key, `${id}.${timestamp}.`, body))
    if (signatures.length === 0) return {}
    return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
  }
}

/** Whether a text may be a message id: visible ASCII without a full stop, at most 256 characters. */
export function isMessageId (id: string): boolean {
  return id.length <= 256 && MESSAGE_ID.test(id)
}

function checkSignatures (id: string, seconds: number, timestamp: string, header: string, request: SignedRequest): Verification {
  const entries = header.includes(' ') ? header.split(' ', MAX_SIGNATURES + 1) : [header]
  if (entries.length > MAX_SIGNATURES) {
    return refuse('WEBHOOK_SIGNATURES_TOO_MANY', `${SIGNATURE} must hold at most ${MAX_SIGNATURES} signatures`)
  }
  const { body, keyring: { keys }, nowMs } = request
  const prefix = `${id}.${timestamp}.`
  for (let keyIndex = 0; keyIndex < keys.length; keyIndex += 1) {
    const { bytes, publicKey, expiresAtMs } = keys[keyIndex] as Key
    if (expiresAtMs <= nowMs) continue
    if (bytes && matchesHmac(bytes, prefix, body, entries)) {
      return { valid: true, scheme: 'standard', algorithm: 'hmac-sha256', keyIndex, id, timestamp: seconds }
    }
    if (publicKey && matchesEd25519(publicKey, prefix, body, entries)) {
      return { valid: true, scheme: 'standard', algorithm: 'ed25519', keyIndex, id, timestamp: seconds }
    }
  }
  return explain(entries, prefix, request)
}

// What no key matched: nothing to match, no key for it, or a wrong one.
function explain (entries: readonly string[], prefix: string, { body, keyring, nowMs }: SignedRequest): Refused {
  const hasHmac = entries.some(entry => entry.startsWith(HMAC))
  const hasEd25519 = entries.some(entry => entry.startsWith(ED25519))
  if (!hasHmac && !hasEd25519) return refuse('WEBHOOK_SIGNATURE_INVALID', `${SIGNATURE} must hold a v1 or v1a signature`)
  const isUsable = keyring.keys.some(key => key.expiresAtMs > nowMs && ((hasHmac && key.bytes) || (hasEd25519 && key.publicKey)))
  return isUsable ? explainMismatch(keyring, key => matchesHmac(key, prefix, body, entries)) : refuseUnusable('standard')
}

function matchesHmac (key: KeyObject, prefix: string, body: Uint8Array, entries: readonly string[]): boolean {
  let expected: string | undefined
  for (const entry of entries) {
    if (!entry.startsWith(HMAC)) continue
    expected ??= digest(key, prefix, body)
    if (isSameDigest(entry.slice(HMAC.length), expected)) return true
  }
  return false
}

function matchesEd25519 (key: KeyObject, prefix: string, body: Uint8Array, entries: readonly string[]): boolean {
  let signed: Buffer | undefined
  for (const entry of entries) {
    if (!entry.startsWith(ED25519)) continue
    signed ??= Buffer.concat([Buffer.from(prefix), body])
    if (verifyEd25519(key, signed, entry.slice(ED25519.length))) return true
  }
  return false
}

function verifyEd25519 (key: KeyObject, signed: Uint8Array, given: string): boolean {
  const signature = Buffer.from(given, 'base64')
  // Base64 has several notations of the same bytes; only the plain one counts.
  return signature.length === ED25519_BYTES && signature.toString('base64') === given && verify(null, signed, key, signature)
}

function signWith (key: Key, prefix: string, body: Uint8Array): string[] {
  if (key.bytes) return [HMAC + digest(key.bytes, prefix, body)]
  if (key.privateKey) return [ED25519 + sign(null, Buffer.concat([Buffer.from(prefix), body]), key.privateKey).toString('base64')]
  return []
}

function digest (key: KeyObject, prefix: string, body: Uint8Array): string {
  return createHmac('sha256', key).update(prefix).update(body).digest('base64')
}
