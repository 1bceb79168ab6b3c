import type { SignInOutcome } from '../domain/sign-in.ts'
import { ContactsheetError } from '../errors.ts'
import type { App } from '../options.ts'

/**
 * Where a full-page sign-in may go back to: a path of this server, or an address on one of the app's origins.
 *
 * @throws {ContactsheetError} REQUEST_INVALID for any other, so that the server is no open redirect
 */
export function allowedReturn (returnTo: string | undefined, publicUrl: string, app: App): string {
  const url = returnTo !== undefined && URL.canParse(returnTo, publicUrl) ? new URL(returnTo, publicUrl) : undefined
  if (url === undefined || ![publicUrl, ...app.origins].includes(url.origin)) {
    throw new ContactsheetError('REQUEST_INVALID', `returnTo must be a path of ${publicUrl} or an address on one of the app's origins`)
  }
  return url.href
}

/** The address with the outcome in its query: `signIn=connected`, or `signIn=failed&code=…`. */
export function withOutcome (returnTo: string, outcome: SignInOutcome): string {
  const url = new URL(returnTo)
  url.searchParams.set('signIn', outcome.status)
  if (outcome.status === 'failed') url.searchParams.set('code', outcome.code)
  return url.href
}
