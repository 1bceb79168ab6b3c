import { authenticate, contextOf, type Authentic } from './authenticate.ts'
import type { Handler } from './context.ts'
import type { KnownAction } from './events.ts'
import { createHandlerTable, type Run } from './handler-table.ts'
import { createInbox, keep } from './inbox.ts'
import { resolveOptions, type IncomingWebhook, type Limits, type ReceiverOptions, type SenderKeyring } from './receiver-options.ts'
import { accepted, rejected, type ReceiveResult } from './result.ts'
import { askStore, inProgress, runClaimed } from './run-claimed.ts'
import { andThen, finish, type Soon } from './soon.ts'

/** Turns requests into handled events. */
export interface Receiver<Transaction = unknown> {
  /** Verifies, sorts, handles once. Never rejects: whatever goes wrong is in the result. */
  readonly receive: (request: IncomingWebhook) => Promise<ReceiveResult>
  /** `receive` for adapters: answers without a promise where nothing had to be waited for. */
  readonly receiveSoon: (request: IncomingWebhook) => Soon<ReceiveResult>
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

  function handleOnce (authentic: Authentic, run: Run<Transaction>): Soon<ReceiveResult> {
    const { key, accepted: { event } } = authentic
    const message = inbox && keep(event, contextOf(authentic))
    const request = { key, nowMs: now(), leaseMs: limits.leaseMs, retainMs: limits.retainMs }
    const asked = askStore(() => idempotency.claim(message === undefined ? request : { ...request, message }))
    return andThen(asked, (claim): Soon<ReceiveResult> => {
      if (claim.state === 'done' || claim.state === 'kept') return accepted('duplicate', event, { ...contextOf(authentic), duplicate: true })
      if (claim.state === 'busy') throw inProgress(key)
      const context = contextOf<Transaction>(authentic, claim)
      if (inbox && message !== undefined) {
        inbox.take(claim, message)
        return accepted('stored', event, context)
      }
      return andThen(runClaimed(claim, run, context, now), () => accepted('handled', event, context))
    })
  }

  function receiveSoon (request: IncomingWebhook): Soon<ReceiveResult> {
    handlers.lock()
    let authentic: Authentic | undefined
    function handle (found: SenderKeyring): Soon<ReceiveResult> {
      authentic = authenticate(options, request, found)
      const run = handlers.runOf(authentic.accepted)
      return run ? handleOnce(authentic, run) : accepted('acknowledged', authentic.accepted.event, contextOf(authentic))
    }
    return finish(() => andThen(options.keyringOf(request), handle), tell,
      error => tell(rejected(error, authentic?.accepted.event, authentic && contextOf(authentic))))
  }

  function tell (result: ReceiveResult): ReceiveResult {
    onResult(result)
    return result
  }

  return {
    receive: async request => await receiveSoon(request),
    receiveSoon,
    limits,
    on: handlers.add,
    refuse: error => tell(rejected(error)),
    close: async () => { await inbox?.close() }
  }
}
