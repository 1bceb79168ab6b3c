import { randomBytes } from 'node:crypto'
import { hashOf } from '../auth/hash.ts'
import { newState } from '../auth/sign-in-state.ts'
import type { SignIn, SignInOutcome } from '../domain/sign-in.ts'
import { ContactsheetError } from '../errors.ts'
import type { SignInNews } from '../auth/sign-in-news.ts'
import { SIGN_IN_LIFE_MS, usedError, type SignIns } from '../stores/sign-ins.ts'

const EXPIRED = 'This sign-in took longer than ten minutes, or is not known here. Go back to the page where you choose photos and start again.'
const FOREIGN = 'This sign-in was started in another browser. Go back to the page where you choose photos and start there.'

export interface SignInServices {
  signIns: SignIns
  news: SignInNews
  now: () => number
}

export interface Start {
  appKey: string
  sessionId: string
  /** The dialog's `signIn` value; empty when there is no dialog. */
  ticket: string
  returnTo: string | undefined
  /** In which the person is spoken to at the end. */
  language: string
}

/** Begins a sign-in. The state goes to Instagram and back; the browser secret goes into a cookie and proves on return that it is the same browser. */
export async function startSignIn ({ signIns }: SignInServices, { ticket, language, ...start }: Start): Promise<{ state: string, browserSecret: string }> {
  const state = newState(language)
  const browserSecret = randomBytes(32).toString('base64url')
  await signIns.start({ ...start, stateHash: hashOf(state), browserHash: hashOf(browserSecret), ticketHash: ticket === '' ? '' : hashOf(ticket) })
  return { state, browserSecret }
}

/**
 * The sign-in that a callback belongs to.
 *
 * @throws {ContactsheetError} SIGN_IN_EXPIRED, SIGN_IN_USED, SIGN_IN_FOREIGN
 */
export async function findSignIn ({ signIns, now }: SignInServices, state: string, browserSecret: string | undefined): Promise<SignIn> {
  const signIn = await signIns.find(hashOf(state))
  if (signIn === undefined || signIn.createdAtMs <= now() - SIGN_IN_LIFE_MS) throw new ContactsheetError('SIGN_IN_EXPIRED', EXPIRED)
  if (signIn.isUsed) throw usedError()
  if (browserSecret === undefined || hashOf(browserSecret) !== signIn.browserHash) throw new ContactsheetError('SIGN_IN_FOREIGN', FOREIGN)
  return signIn
}

/** Writes how it ended and wakes the dialog that waits for it. */
export async function finishSignIn ({ signIns, news }: SignInServices, signIn: SignIn, outcome: SignInOutcome): Promise<void> {
  await signIns.finish(signIn.stateHash, outcome)
  news.tell(signIn.ticketHash)
}

/** What the dialog is told of an error. */
export function outcomeOf (error: unknown): SignInOutcome {
  if (!(error instanceof ContactsheetError)) return { status: 'failed', code: 'SIGN_IN_FAILED', message: 'Something went wrong here. Try again.' }
  const retryAfter = error.headers['retry-after']
  return { status: 'failed', code: error.code, message: error.message, ...(retryAfter === undefined ? {} : { retryAfterSeconds: Number(retryAfter) }) }
}
