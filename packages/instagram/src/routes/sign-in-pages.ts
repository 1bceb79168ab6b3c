import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { SignInOutcome } from '../domain/sign-in.ts'
import { ContactsheetError } from '../errors.ts'
import { sendPersonPage } from './person-page.ts'

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

/** The end of a sign-in in its window. A failure stays to be read. */
export function sendOutcomePage (reply: FastifyReply, outcome: SignInOutcome): FastifyReply {
  return outcome.status === 'connected'
    ? sendPersonPage(reply, 200, {
      title: 'Instagram is connected',
      message: `You are connected as ${outcome.username}. You can close this window and go on choosing photos.`,
      script: SCRIPT,
      data: { close: 'yes' }
    })
    : sendPersonPage(reply, new ContactsheetError(outcome.code, outcome.message).statusCode, {
      title: 'Instagram was not connected',
      message: `${outcome.message} You can close this window.`,
      script: SCRIPT,
      data: { close: 'no' }
    })
}

/** An error of a sign-in's pages, as a page: the person in the window cannot read JSON. */
export function sendProblemPage (error: FastifyError | ContactsheetError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const statusCode = error.statusCode ?? 500
  if (statusCode >= 500) request.log.error({ err: error }, 'a sign-in page failed')
  const message = error instanceof ContactsheetError ? error.message : statusCode >= 500 ? 'Something went wrong here. Try again.' : 'This address is not complete.'
  return sendPersonPage(reply, statusCode, { title: 'Instagram was not connected', message })
}
