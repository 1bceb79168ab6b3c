import { ContactsheetError, type ContactsheetErrorCode } from '../errors.ts'
import { GraphFailure, type Verdict } from './failure.ts'

/** Instagram does not say which of the two it is. */
export const ROLE_MISSING = 'Instagram refuses this account for this app. It must be a Business or Creator account and, while the app is being tested, ' +
  'an accepted Instagram tester (Instagram > Settings > Website permissions > Apps and websites > Tester invites).'

type Told = readonly [ContactsheetErrorCode, string]

const UNAVAILABLE: Told = ['INSTAGRAM_UNAVAILABLE', 'Instagram does not answer properly at the moment. Try again in a minute.']
const GONE: Told = ['SOURCE_GONE', 'This photo is no longer on Instagram, or no longer yours.']

/** What the person sees for each verdict. */
const SENTENCES: Readonly<Record<Verdict, Told>> = {
  transient: UNAVAILABLE,
  unavailable: UNAVAILABLE,
  limit: ['INSTAGRAM_LIMIT_REACHED', 'Instagram allows no more calls for this account at the moment.'],
  blocked: ['INSTAGRAM_ACCOUNT_RESTRICTED', 'Instagram has restricted this account. Open the Instagram app and follow what it says there, then try again.'],
  dead: ['INSTAGRAM_RECONNECT_REQUIRED', 'Instagram no longer accepts this connection. Connect Instagram again.'],
  permission: ['INSTAGRAM_PERMISSION_MISSING', 'Instagram did not grant the permission to see your photos. Connect again and leave it switched on.'],
  gone: GONE,
  request: UNAVAILABLE
}

/** For an answer of Instagram's that is none, or none in time. */
export function instagramUnavailable (options?: ErrorOptions): ContactsheetError {
  return new ContactsheetError(...UNAVAILABLE, options)
}

/** For a photo that this account does not have, or has no picture of. */
export function photoGone (): ContactsheetError {
  return new ContactsheetError(...GONE)
}

/** The package's error for anything that went wrong in a call to Instagram; errors that are not Instagram's stay what they are. */
export function explain (error: unknown, nowMs: number): unknown {
  if (!(error instanceof GraphFailure)) return error
  const [code, sentence] = SENTENCES[error.verdict]
  if (error.untilMs === undefined) return new ContactsheetError(code, sentence, { cause: error })
  return new ContactsheetError(code, `${sentence} Try again after ${new Date(error.untilMs).toISOString().slice(11, 16)} UTC.`, {
    cause: error,
    retryAfterSeconds: Math.max(1, (error.untilMs - nowMs) / 1000)
  })
}

/** Like `explain`, for the calls of a sign-in: there is no connection yet that could be renewed, so a refusal means the account. */
export function explainSignIn (error: unknown, nowMs: number): unknown {
  if (error instanceof GraphFailure && (error.verdict === 'request' || error.verdict === 'dead' || error.verdict === 'gone')) {
    return new ContactsheetError('INSTAGRAM_ROLE_MISSING', ROLE_MISSING, { cause: error })
  }
  return explain(error, nowMs)
}
