import { createHmac, randomBytes } from 'node:crypto'
import { safeEqual } from '../safe-equal.ts'

/** An hour, or about 60 days. */
export type TokenKind = 'short' | 'long'

/** What a token says about itself. */
export interface TokenClaims {
  appId: string
  accountId: string
  kind: TokenKind
  scopes: readonly string[]
  issuedAtMs: number
  expiresAtMs: number
}

const FIRST = 'IGAA'
const LAST = 'ZD'
const MAC_BYTES = 18
const NONCE_BYTES = 24

/**
 * Tokens carry their claims and a MAC, so they outlive a restart of the emulator, as they would at Instagram.
 * To clients they are opaque strings of the usual look: `IGAA…ZD`.
 */
export function sealToken (key: string, claims: TokenClaims): string {
  const parts = [claims.kind === 'long' ? 'l' : 's', claims.appId, claims.accountId, claims.issuedAtMs.toString(36), claims.expiresAtMs.toString(36), claims.scopes.map(shortScope).join('.')]
  const body = Buffer.concat([randomBytes(NONCE_BYTES), Buffer.from(parts.join('|'))])
  return FIRST + Buffer.concat([mac(key, body), body]).toString('base64url') + LAST
}

/** @returns the claims, or `undefined` for a string that is no token of this emulator */
export function openToken (key: string, token: string): TokenClaims | undefined {
  if (!token.startsWith(FIRST) || !token.endsWith(LAST)) return undefined
  const bytes = Buffer.from(token.slice(FIRST.length, -LAST.length), 'base64url')
  const body = bytes.subarray(MAC_BYTES)
  if (body.length <= NONCE_BYTES || !safeEqual(bytes.subarray(0, MAC_BYTES), mac(key, body))) return undefined
  const [kind, appId = '', accountId = '', issued = '', expires = '', scopes = ''] = body.subarray(NONCE_BYTES).toString().split('|')
  return {
    kind: kind === 'l' ? 'long' : 'short',
    appId,
    accountId,
    issuedAtMs: parseInt(issued, 36),
    expiresAtMs: parseInt(expires, 36),
    scopes: scopes.split('.').filter(scope => scope !== '').map(longScope)
  }
}

function mac (key: string, body: Buffer): Buffer {
  return createHmac('sha256', `token:${key}`).update(body).digest().subarray(0, MAC_BYTES)
}

const SCOPE_PREFIX = 'instagram_business_'
const shortScope = (scope: string): string => scope.startsWith(SCOPE_PREFIX) ? scope.slice(SCOPE_PREFIX.length) : `!${scope}`
const longScope = (scope: string): string => scope.startsWith('!') ? scope.slice(1) : SCOPE_PREFIX + scope
