import type { EventContext } from './context.ts'
import { WebhookError } from './errors.ts'
import type { Run } from './handler-table.ts'
import type { Claim } from './idempotency/store.ts'
import { andThen, isLater, type Soon } from './soon.ts'

/**
 * Runs a handler under a claim: commit when it is done, release when it throws.
 *
 * @throws {WebhookError} WEBHOOK_HANDLER_FAILED, WEBHOOK_STORE_UNAVAILABLE, WEBHOOK_EVENT_IN_PROGRESS
 */
export function runClaimed<Transaction> (
  claim: Claim<Transaction>, run: Run<Transaction>, context: EventContext<Transaction>, now: () => number, retryAtMs?: () => number | undefined
): Soon<void> {
  const failed = async (cause: unknown): Promise<never> => {
    await giveBack(claim, retryAtMs?.())
    throw new WebhookError('WEBHOOK_HANDLER_FAILED', `the handler for "${context.key}" failed`, { cause })
  }
  let running: void | Promise<void>
  try {
    running = run(context)
  } catch (cause) {
    return failed(cause)
  }
  return isLater(running) ? Promise.resolve(running).then(() => commit(claim, now), failed) : commit(claim, now)
}

function commit (claim: Claim<unknown>, now: () => number): Soon<void> {
  return andThen(askStore(() => claim.commit(now())), isCommitted => {
    if (!isCommitted) throw inProgress(claim.key)
  })
}

/** Releases a claim. If that fails the claim runs out by itself, so it is no news. */
export async function giveBack (claim: Claim<unknown>, retryAtMs: number | undefined): Promise<void> {
  try {
    await claim.release(retryAtMs)
  } catch {}
}

/** An answer of a store, at once or later, with its failure named: WEBHOOK_STORE_UNAVAILABLE. */
export function askStore<Answer> (ask: () => Soon<Answer>): Soon<Answer> {
  try {
    const answer = ask()
    return isLater(answer) ? answer.then(undefined, nameFailure) : answer
  } catch (cause) {
    return nameFailure(cause)
  }
}

function nameFailure (cause: unknown): never {
  if (cause instanceof WebhookError) throw cause
  throw new WebhookError('WEBHOOK_STORE_UNAVAILABLE', 'the idempotency store cannot be reached', { cause })
}

/** Someone else holds the claim. */
export function inProgress (key: string): WebhookError {
  return new WebhookError('WEBHOOK_EVENT_IN_PROGRESS', `"${key}" is being handled elsewhere; whether that ends well is not known yet`)
}
