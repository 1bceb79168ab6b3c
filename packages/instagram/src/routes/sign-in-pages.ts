import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { SignInOutcome } from '../domain/sign-in.ts'
import { ContactsheetError, type ContactsheetErrorCode } from '../errors.ts'
import { sendPersonPage } from './person-page.ts'
import type { Reason } from './person-texts/texts.ts'

/**
 * Tells the dialog to look at once, then closes the window. Both are shortcuts: the result itself reaches the dialog from the server, and
 * under Cross-Origin-Opener-Policy neither of them arrives.
 */
const SCRIPT = `
const message = { type: 'contactsheet.signIn' }
try { opener?.postMessage(message, location.origin) } catch {}
try { new BroadcastChannel(message.type).postMessage(message) } catch {}
if (document.body.dataset.close === 'yes') setTimeout(() => close(), 300)
`

const REASONS: Readonly<Partial<Record<ContactsheetErrorCode, Reason>>> = {
  INSTAGRAM_DECLINED: 'declined',
  INSTAGRAM_ROLE_MISSING: 'role',
  INSTAGRAM_ACCOUNT_PERSONAL: 'personal',
  INSTAGRAM_PERMISSION_MISSING: 'permission',
  INSTAGRAM_LIMIT_REACHED: 'limit',
  REQUEST_LIMIT_REACHED: 'limit',
  INSTAGRAM_ACCOUNT_RESTRICTED: 'restricted',
  INSTAGRAM_UNAVAILABLE: 'unavailable',
  INSTAGRAM_SIGN_IN_REFUSED: 'refused',
  SIGN_IN_EXPIRED: 'expired',
  SIGN_IN_USED: 'used',
  SIGN_IN_FOREIGN: 'foreign',
  SESSION_MISSING: 'siteSignIn',
  APP_UNKNOWN: 'unknownApp',
  REQUEST_INVALID: 'address'
}

/** The end of a sign-in in its window. A failure stays to be read. */
export async function sendOutcomePage (request: FastifyRequest, reply: FastifyReply, outcome: SignInOutcome): Promise<FastifyReply> {
  if (outcome.status === 'connected') {
    return await sendPersonPage(request, reply, 200, texts => ({ ...texts.connected(outcome.username), mark: 'done', script: SCRIPT, data: { close: 'yes' } }))
  }
  const { code, message, retryAfterSeconds } = outcome
  const reason = REASONS[code] ?? 'failed'
  return await sendPersonPage(request, reply, new ContactsheetError(code, message).statusCode, (texts, { wait }) => ({
    title: texts.notConnected,
    message: `${reason === 'limit' && retryAfterSeconds !== undefined ? texts.limitEnds(wait(retryAfterSeconds)) : texts.reasons[reason]} ${texts.closeWindow}`,
    mark: 'alert',
    script: SCRIPT,
    data: { close: 'no' }
  }))
}

/** An error of a sign-in's pages, as a page: the person in the window cannot read JSON. */
export async function sendProblemPage (error: FastifyError | ContactsheetError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const statusCode = error.statusCode ?? 500
  if (statusCode >= 500) request.log.error({ err: error }, 'a sign-in page failed')
  const known = error instanceof ContactsheetError ? REASONS[error.code] : undefined
  return await sendPersonPage(request, reply, statusCode, texts => ({ title: texts.notConnected, message: texts.reasons[known ?? (statusCode >= 500 ? 'failed' : 'address')], mark: 'alert' }))
}
