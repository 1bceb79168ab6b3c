import { randomBytes } from 'node:crypto'

/**
 * What goes to Instagram and comes back: a secret of 32 random bytes, and the language in which the person is spoken to, so that the page at
 * the end can be in it also when nothing else of the sign-in is known any more.
 */
export function newState (language: string): string {
  return `${randomBytes(32).toString('base64url')}.${language}`
}

/** The language in a state, as far as it looks like one. It may have been typed by anybody. */
export function languageOfState (state: string): string | undefined {
  return state.split('.')[1]
}
