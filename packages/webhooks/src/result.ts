import type { EventContext, ReceivedEvent } from './context.ts'
import { WebhookError } from './errors.ts'

/** What became of a request, and what to answer. */
export interface ReceiveResult {
  /**
   * `handled`: a handler ran. `stored`: it will run. `duplicate`: it had run. `acknowledged`: nothing was to be done.
   * `refused`: the sender must change something. `failed`: the sender should try again.
   */
  readonly outcome: 'handled' | 'stored' | 'duplicate' | 'acknowledged' | 'refused' | 'failed'
  /** HTTP status. */
  readonly status: number
  /** Headers of the answer besides its content type. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON body of the answer. */
  readonly body: Readonly<Record<string, string | number>>
  /** The event, once its signature held and it was understood. */
  readonly event: ReceivedEvent | undefined
  readonly context: EventContext | undefined
  /** Why it was refused or failed. */
  readonly error: WebhookError | undefined
}

/** The content type of every answer's body. */
export const JSON_TYPE = 'application/json; charset=utf-8'

const NO_HEADERS = {}

// Five seconds: by then a claim has mostly ended, or a store has come back.
const EXTRA_HEADERS: Readonly<Record<number, Record<string, string>>> = { 405: { allow: 'POST' }, 503: { 'retry-after': '5' } }

export function accepted (
  outcome: 'handled' | 'stored' | 'duplicate' | 'acknowledged', event: ReceivedEvent, context: EventContext
): ReceiveResult {
  return { outcome, status: 200, headers: NO_HEADERS, body: { outcome }, event, context, error: undefined }
}

/** The answer to a request that was refused or failed. Anything but a `WebhookError` is a defect and is not shown to the sender. */
export function rejected (error: unknown, event?: ReceivedEvent, context?: EventContext): ReceiveResult {
  const reason = error instanceof WebhookError
    ? error
    : new WebhookError('WEBHOOK_HANDLER_FAILED', 'the receiver failed', { cause: error })
  const { code, message, statusCode } = reason
  const headers = EXTRA_HEADERS[statusCode] ?? NO_HEADERS
  const outcome = statusCode >= 500 ? 'failed' : 'refused'
  return { outcome, status: statusCode, headers, body: { statusCode, code, message }, event, context, error: reason }
}

/** Whether a part of the body may be on its way still, so that the connection is of no more use. */
export function leavesBodyUnread ({ status }: Pick<ReceiveResult, 'status'>): boolean {
  return status === 408 || status === 413
}
