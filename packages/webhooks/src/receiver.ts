import { authenticate, type Authentic } from './authenticate.ts'
import type { Handler } from './context.ts'
import type { KnownAction } from './events.ts'
import { createHandlerTable, type Run } from './handler-table.ts'
import { createInbox, keep } from './inbox.ts'
import { resolveOptions, type IncomingWebhook, type Limits, type ReceiverOptions } from './receiver-options.ts'
import { accepted, rejected, type ReceiveResult } from './result.ts'
import { askStore, inProgress, runClaimed } from './run-claimed.ts'
import { andThen, isLater, type Soon } from './soon.ts'

/** Turns requests into handled events. */
export interface Receiver<Transaction = unknown> {
  /** Verifies, sorts, handles once. Never rejects: whatever goes wrong is in the result. */
  readonly receive: (request: IncomingWebhook) => Promise<ReceiveResult>
  /**
   * Adds a handler, until the first request.
   *
   * @throws {WebhookError} WEBHOOK_HANDLER_DUPLICATE, WEBHOOK_HANDLER_LATE, WEBHOOK_OPTION_INVALID
   */
  readonly on: <Action extends KnownAction>(action: Action, handler: Handler<Action, Transaction>) => void
  /** The answer to a request that an adapter could not read. */
  readonly refuse: (error: unknown) => ReceiveResult
  readonly limits: Limits
  /** Stops looking for stored events and waits for the handlers that still run. */
  readonly close: () => Promise<void>
}

/**
 * Makes a receiver: bytes and headers in, an answer out, each event handled once.
 *
 * @throws {WebhookError} WEBHOOK_OPTION_INVALID, WEBHOOK_SECRET_MISSING, WEBHOOK_SECRET_WHITESPACE, WEBHOOK_SECRET_WEAK,
 * WEBHOOK_SECRET_INVALID
 */
export function createReceiver<Transaction = unknown> (given: ReceiverOptions<Transaction>): Receiver<Transaction> {
  const options = resolveOptions(given)
  const { idempotency, limits, now, onResult } = options
  const handlers = createHandlerTable(options.on, options.unknown)
  const inbox = options.respond === 'after-store' ? createInbox(options, handlers) : undefined

  function handleOnce ({ accepted: { event }, context }: Authentic, run: Run<Transaction>): Soon<ReceiveResult> {
    const message = inbox && keep(event, context)
    const { key } = context
    const request = { key, nowMs: now(), leaseMs: limits.leaseMs, retainMs: limits.retainMs }
    const asked = askStore(() => idempotency.claim(message === undefined ? request : { ...request, message }))
    return andThen(asked, (claim): Soon<ReceiveResult> => {
      if (claim.state === 'done' || claim.state === 'kept') return accepted('duplicate', event, { ...context, duplicate: true })
      if (claim.state === 'busy') throw inProgress(key)
      const claimed = { ...context, attempt: claim.attempt, transaction: claim.transaction }
      if (inbox && message !== undefined) {
        inbox.take(claim, message)
        return accepted('stored', event, claimed)
      }
      return andThen(runClaimed(claim, run, claimed, now), () => accepted('handled', event, claimed))
    })
  }

  async function receive (request: IncomingWebhook): Promise<ReceiveResult> {
    handlers.lock()
    let authentic: Authentic | undefined
    try {
      const found = options.keyringOf(request)
      authentic = authenticate(options, request, isLater(found) ? await found : found)
      const run = handlers.runOf(authentic.accepted)
      const result = run ? handleOnce(authentic, run) : accepted('acknowledged', authentic.accepted.event, authentic.context)
      return tell(isLater(result) ? await result : result)
    } catch (error) {
      return tell(rejected(error, authentic?.accepted.event, authentic?.context))
    }
  }

  function tell (result: ReceiveResult): ReceiveResult {
    onResult(result)
    return result
  }

  return {
    receive,
    limits,
    on: handlers.add,
    refuse: error => tell(rejected(error)),
    close: async () => { await inbox?.close() }
  }
}
