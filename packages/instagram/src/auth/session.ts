import { createHash, randomBytes } from 'node:crypto'
import type { CookieSerializeOptions } from '@fastify/cookie'

const LIFE_SECONDS = 365 * 24 * 60 * 60
const COOKIE_PATTERN = /^[A-Za-z0-9_-]{43}$/

export interface SessionCookie {
  name: string
  options: CookieSerializeOptions
}

/**
 * The browser session's cookie. Over https it is host-bound (`__Host-`), and partitioned so that a dialog framed by a foreign site keeps
 * a session of its own there. Plain http (a developer's localhost) allows neither.
 *
 * @see https://developer.mozilla.org/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies
 */
export function sessionCookie (publicUrl: string): SessionCookie {
  const common = { path: '/', httpOnly: true, maxAge: LIFE_SECONDS, signed: false } as const
  return publicUrl.startsWith('https:')
    ? { name: '__Host-contactsheet', options: { ...common, secure: true, sameSite: 'none', partitioned: true } }
    : { name: 'contactsheet', options: { ...common, sameSite: 'lax' } }
}

/** A new cookie value: 256 random bits. */
export function newSessionSecret (): string {
  return randomBytes(32).toString('base64url')
}

/** The session id of a cookie value. The database holds the id only, so that reading it lets nobody into a session. */
export function sessionIdOfCookie (value: string | undefined): string | undefined {
  return value !== undefined && COOKIE_PATTERN.test(value) ? digest('cookie', value) : undefined
}

/** The session id of the host's own identity. */
export function sessionIdOfIdentity (identity: string): string {
  return digest('identity', identity)
}

function digest (kind: string, value: string): string {
  return createHash('sha256').update(`${kind}\n${value}`).digest('base64url')
}
