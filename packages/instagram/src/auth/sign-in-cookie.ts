import type { Cookie } from './session.ts'
import { hashOf } from './hash.ts'
import { SIGN_IN_LIFE_MS } from '../stores/sign-ins.ts'

/**
 * The cookie that ties one sign-in to the browser that started it. Each sign-in has a cookie of its own, so that any number of them may
 * run in one browser at once.
 */
export function signInCookie (publicUrl: string, state: string): Cookie {
  const name = `contactsheet-sign-in-${hashOf(state).slice(0, 16)}`
  const options = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: SIGN_IN_LIFE_MS / 1000, signed: false } as const
  return publicUrl.startsWith('https:')
    ? { name: `__Host-${name}`, options: { ...options, secure: true } }
    : { name, options }
}
