import { randomBytes } from 'node:crypto'
import type { CookieSerializeOptions } from '@fastify/cookie'
import { hashOf } from './hash.ts'

const LIFE_SECONDS = 365 * 24 * 60 * 60
const SECRET_PATTERN = /^[A-Za-z0-9_-]{43}$/
/** More than that no browser gets from us; longer lists are cut, oldest first kept. */
const MOST_SESSIONS = 50

export interface Cookie {
  name: string
  options: CookieSerializeOptions
}

/** A session as one cookie of the browser tells it. */
export interface SessionCookie extends Cookie {
  /** What the database calls the session. */
  id: string
  madeAtMs: number
}

/** The browser sessions' cookies. */
export interface SessionCookies {
  /** The sessions of a request, oldest first. */
  read (cookies: Readonly<Record<string, string | undefined>>): SessionCookie[]
  /** A new session (256 random bits) and the value of its cookie. */
  make (nowMs: number): { session: SessionCookie, value: string }
}

/**
 * Over https a session's cookie is host-bound (`__Host-`), and partitioned so that a dialog framed by a foreign site keeps a session of its
 * own there. Plain http (a developer's localhost) allows neither.
 *
 * Each session has a cookie name of its own, which begins with the time: when several dialogs open at once in a browser that has no session
 * yet, each gets one and none takes another's place. All of them are the browser's; the oldest is the one that is used from then on.
 *
 * @see https://developer.mozilla.org/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies
 */
export function createSessionCookies (publicUrl: string): SessionCookies {
  const isSecure = publicUrl.startsWith('https:')
  const prefix = isSecure ? '__Host-contactsheet-' : 'contactsheet-'
  const pattern = new RegExp(`^${prefix}([0-9a-z]{8})-[0-9a-f]{8}$`)
  const common = { path: '/', httpOnly: true, maxAge: LIFE_SECONDS, signed: false } as const
  const options: CookieSerializeOptions = isSecure ? { ...common, secure: true, sameSite: 'none', partitioned: true } : { ...common, sameSite: 'lax' }
  const session = (name: string, value: string, time: string): SessionCookie =>
    ({ name, options, id: digest('cookie', value), madeAtMs: parseInt(time, 36) })

  return {
    read: cookies => Object.keys(cookies).sort().flatMap(name => {
      const [, time] = pattern.exec(name) ?? []
      const value = cookies[name]
      return time !== undefined && value !== undefined && SECRET_PATTERN.test(value) ? [session(name, value, time)] : []
    }).slice(0, MOST_SESSIONS),

    make (nowMs) {
      const time = nowMs.toString(36).padStart(8, '0')
      const value = randomBytes(32).toString('base64url')
      return { session: session(`${prefix}${time}-${randomBytes(4).toString('hex')}`, value, time), value }
    }
  }
}

/** The session id of the host's own identity. */
export function sessionIdOfIdentity (identity: string): string {
  return digest('identity', identity)
}

/** The database holds the digest only, so that reading it lets nobody into a session. */
function digest (kind: string, value: string): string {
  return hashOf(`${kind}\n${value}`)
}
