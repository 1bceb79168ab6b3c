import { createHmac, sign, verify, type KeyObject } from 'node:crypto'
import type { Key } from '../keys.ts'
import { readHeader } from '../headers.ts'
import {
  MAX_SIGNATURES, checkLengths, checkTimestamp, explainMismatch, refuse, refuseMissing, refuseUnusable, sameText,
  type Scheme, type SignedRequest, type UnsignedMessage, type Verification, type Verified
} from './scheme.ts'

const ID = 'webhook-id'
const TIMESTAMP = 'webhook-timestamp'
const SIGNATURE = 'webhook-signature'
const HMAC = 'v1,'
const ED25519 = 'v1a,'
const HMAC_TEXT_LENGTH = 44
const ED25519_BYTES = 64

// A full stop would let the border between id, timestamp and body be moved without touching the signature.
const MESSAGE_ID = /^[\x21-\x2d\x2f-\x7e]{1,256}$/

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
    return checkLengths({ [ID]: id, [TIMESTAMP]: timestamp, [SIGNATURE]: signature }) ??
      (isMessageId(id) ? undefined : refuse('WEBHOOK_ID_INVALID', `${ID} must be 1 to 256 visible characters without a full stop`)) ??
      checkTimestamp(TIMESTAMP, timestamp, request) ??
      checkSignatures(id, timestamp, signature, request)
  },

  sign ({ id, timestamp, body, keyring }: UnsignedMessage): Record<string, string> {
    const signatures = keyring.keys.flatMap(key => signWith(key, `${id}.${timestamp}.`, body))
    if (signatures.length === 0) return {}
    return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
  }
}

/** Whether a text may be a message id: visible ASCII without a full stop, at most 256 characters. */
export function isMessageId (id: string): boolean {
  return MESSAGE_ID.test(id)
}

function checkSignatures (id: string, timestamp: string, header: string, request: SignedRequest): Verification {
  const entries = header.split(' ', MAX_SIGNATURES + 1)
  if (entries.length > MAX_SIGNATURES) {
    return refuse('WEBHOOK_SIGNATURES_TOO_MANY', `${SIGNATURE} must hold at most ${MAX_SIGNATURES} signatures`)
  }
  const hmacs = entries.filter(entry => entry.startsWith(HMAC)).map(entry => entry.slice(HMAC.length))
  const ed25519s = entries.filter(entry => entry.startsWith(ED25519)).map(entry => entry.slice(ED25519.length))
  const problem = checkEntries(hmacs, ed25519s)
  if (problem) return refuse('WEBHOOK_SIGNATURE_INVALID', problem)

  const { body, keyring, nowMs } = request
  const prefix = `${id}.${timestamp}.`
  const live = keyring.keys.filter(key => key.expiresAtMs > nowMs)
  const canCheck = live.some(key => (hmacs.length > 0 && key.bytes) || (ed25519s.length > 0 && key.publicKey))
  if (!canCheck) return refuseUnusable('standard')
  for (const key of live) {
    const algorithm = matches(key, prefix, body, hmacs, ed25519s)
    if (algorithm) {
      return { valid: true, scheme: 'standard', algorithm, keyIndex: keyring.keys.indexOf(key), id, timestamp: Number(timestamp) }
    }
  }
  return explainMismatch(keyring, key => hmacs.includes(digest(key, prefix, body)))
}

function checkEntries (hmacs: readonly string[], ed25519s: readonly string[]): string | undefined {
  if (hmacs.length === 0 && ed25519s.length === 0) return `${SIGNATURE} must hold a signature that begins with v1, or v1a,`
  return undefined
}

function matches (key: Key, prefix: string, body: Uint8Array, hmacs: readonly string[], ed25519s: readonly string[]): Verified['algorithm'] | undefined {
  if (key.bytes && hmacs.length > 0) {
    const expected = digest(key.bytes, prefix, body)
    if (hmacs.some(given => given.length === HMAC_TEXT_LENGTH && sameText(given, expected))) return 'hmac-sha256'
  }
  const { publicKey } = key
  if (publicKey && ed25519s.length > 0) {
    const signed = Buffer.concat([Buffer.from(prefix), body])
    if (ed25519s.some(given => verifyEd25519(publicKey, signed, given))) return 'ed25519'
  }
  return undefined
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
