import type { EventContext } from './context.ts'
import { WebhookError } from './errors.ts'
import type { Run } from './handler-table.ts'
import type { Claim } from './idempotency/store.ts'

/**
 * Runs a handler under a claim: commit when it is done, release when it throws.
 *
 * @throws {WebhookError} WEBHOOK_HANDLER_FAILED, WEBHOOK_STORE_UNAVAILABLE, WEBHOOK_EVENT_IN_PROGRESS
 */
export async function runClaimed<Transaction> (
  claim: Claim<Transaction>, run: Run<Transaction>, context: EventContext<Transaction>, now: () => number, retryAtMs?: () => number | undefined
): Promise<void> {
  try {
    await run(context)
  } catch (cause) {
    // If the release fails too the claim runs out by itself, and the handler's failure is the news.
    await claim.release(retryAtMs?.()).catch(() => {})
    throw new WebhookError('WEBHOOK_HANDLER_FAILED', `the handler for "${context.key}" failed`, { cause })
  }
  if (!await askStore(claim.commit(now()))) throw inProgress(claim.key)
}

/** An answer of a store, with its failure named: WEBHOOK_STORE_UNAVAILABLE. */
export function askStore<Answer> (answer: Promise<Answer>): Promise<Answer> {
  return answer.catch((cause: unknown) => {
    if (cause instanceof WebhookError) throw cause
    throw new WebhookError('WEBHOOK_STORE_UNAVAILABLE', 'the idempotency store cannot be reached', { cause })
  })
}

/** Someone else holds the claim. */
export function inProgress (key: string): WebhookError {
  return new WebhookError('WEBHOOK_EVENT_IN_PROGRESS', `"${key}" is being handled elsewhere; whether that ends well is not known yet`)
}
