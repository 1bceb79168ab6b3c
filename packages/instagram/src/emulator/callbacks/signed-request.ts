import { createHmac } from 'node:crypto'

/** What Meta tells an app about a person who left. */
export interface SignedRequestPayload {
  /** App-scoped user id: `/me`'s `id`. */
  user_id: string
  algorithm: 'HMAC-SHA256'
  /** Unix seconds. */
  issued_at: number
}

/** `base64url(MAC).base64url(JSON)`, the MAC over the encoded payload. */
export function signRequest (secret: string, payload: SignedRequestPayload): string {
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url')
  return `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`
}
