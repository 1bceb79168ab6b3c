import { createHmac, timingSafeEqual } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseLossless } from '../graph/json.ts'

const MAC_BYTES = 32

const Payload = Compile(Type.Object({
  user_id: Type.Union([Type.String({ pattern: '^\\d{1,40}$' }), Type.Integer({ minimum: 1 })]),
  algorithm: Type.String()
}))

export interface SignedRequest {
  /** App-scoped id of the account, or its professional id: both are looked for. */
  accountId: string
}

/**
 * Reads what Meta posts to the deauthorize and data deletion callbacks: `<MAC>.<payload>`, both base64url, the MAC over the payload's text as
 * it was sent.
 *
 * @param secrets - the secrets that may have signed it: the Instagram app's, and Meta's
 * @returns `undefined` unless one of them did
 * @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export function readSignedRequest (text: string, secrets: readonly string[]): SignedRequest | undefined {
  const [signature = '', payload = '', ...rest] = text.split('.')
  const mac = Buffer.from(signature, 'base64url')
  if (rest.length > 0 || mac.length !== MAC_BYTES) return undefined
  if (!secrets.some(secret => timingSafeEqual(createHmac('sha256', secret).update(payload).digest(), mac))) return undefined
  const json = parsed(Buffer.from(payload, 'base64url').toString('utf8'))
  if (!Payload.Check(json) || json.algorithm.toUpperCase() !== 'HMAC-SHA256') return undefined
  return { accountId: String(json.user_id) }
}

function parsed (text: string): unknown {
  try {
    return parseLossless(text)
  } catch {
    return undefined
  }
}
