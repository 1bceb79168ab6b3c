import { ContactsheetError } from '../errors.ts'
import { instagramUnavailable } from '../graph/explain.ts'

/** How `@fastify/oauth2` reports an answer that was no success (an error of its HTTP client). */
interface ExchangeFailure {
  message?: unknown
  data?: { isResponseError?: boolean, payload?: unknown }
  output?: { statusCode?: number }
}

/**
 * The package's error for a failed exchange of the code. Instagram answers every refusal with status 400 and code 400, and tells causes
 * apart by text alone; so the person is told to start again, and the host finds Instagram's own sentence in the error's cause.
 */
export function explainExchange (error: unknown): unknown {
  if (error instanceof ContactsheetError) return error
  const { data, output, message } = error as ExchangeFailure
  const status = output?.statusCode ?? 0
  if (data?.isResponseError === true && status >= 400 && status < 500 && status !== 429) {
    return new ContactsheetError('INSTAGRAM_SIGN_IN_REFUSED', 'Instagram did not complete the sign-in. Start again; if it happens every time, tell the people who run this site.', {
      cause: new Error(`Instagram refused the code (${status}): ${sentenceOf(data.payload)}`)
    })
  }
  return instagramUnavailable({ cause: new Error(`the exchange of the code failed: ${String(message)}`) })
}

/** Instagram's sentence for the operator's log, e.g. "Invalid platform app": it repeats nothing that was sent. */
function sentenceOf (payload: unknown): string {
  const { error_message: flat, error } = (payload ?? {}) as { error_message?: unknown, error?: { message?: unknown } }
  const sentence = flat ?? error?.message
  return typeof sentence === 'string' ? sentence.slice(0, 200) : 'no reason given'
}
