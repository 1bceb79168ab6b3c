import { setImmediate } from 'node:timers/promises'
import { classify } from './classify.ts'
import type { EventContext, ReceivedEvent } from './context.ts'
import type { HandlerTable } from './handler-table.ts'
import type { Claim, KeptClaim } from './idempotency/store.ts'
import type { ResolvedOptions } from './receiver-options.ts'
import { accepted, rejected } from './result.ts'
import { giveBack, runClaimed } from './run-claimed.ts'

/** Handles events after they were stored and answered. */
export interface Inbox<Transaction> {
  /** Handles a claim at once, or later when enough are being handled. */
  readonly take: (claim: Claim<Transaction>, message: string) => void
  readonly close: () => Promise<void>
}

/** The text under which an event is kept. */
export function keep (event: ReceivedEvent, context: EventContext<undefined>): string {
  return JSON.stringify({ event, context })
}

const POLL_MS = 1000
const MAX_RUNNING = 16
const FIRST_RETRY_MS = 5000
const LONGEST_RETRY_MS = 3_600_000

// An event whose handler the host has taken away since it was stored is done.
const nothing = () => {}

/** Runs the handlers of stored events: those just claimed, and those that a failure or a dead process left behind. */
export function createInbox<Transaction> (options: ResolvedOptions<Transaction>, handlers: HandlerTable<Transaction>): Inbox<Transaction> {
  const { idempotency: store, limits, now, onResult } = options
  const running = new Set<Promise<void>>()
  let draining = Promise.resolve()
  let isBehind = false
  let closed = false

  function retryAtMs (attempt: number): number | undefined {
    return attempt >= limits.maxAttempts ? undefined : now() + Math.min(FIRST_RETRY_MS * 4 ** (attempt - 1), LONGEST_RETRY_MS)
  }

  async function handle (claim: Claim<Transaction>, message: string): Promise<void> {
    const { event, context: kept } = JSON.parse(message) as { event: ReceivedEvent, context: EventContext<undefined> }
    const context = { ...kept, attempt: claim.attempt, transaction: claim.transaction }
    // The answer goes out first, even when the handler does not give way at once.
    await setImmediate()
    try {
      const sorted = classify(event)
      const run = sorted.kind === 'malformed' ? undefined : handlers.runOf(sorted)
      await runClaimed(claim, run ?? nothing, context, now, () => retryAtMs(claim.attempt))
      onResult(accepted('handled', event, context))
    } catch (error) {
      onResult(rejected(error, event, context))
    }
  }

  function start (claim: Claim<Transaction>, message: string): void {
    // A row that someone has damaged is reported, and left to its lease.
    const run = handle(claim, message).catch((error: unknown) => onResult(rejected(error))).finally(() => {
      running.delete(run)
      if (isBehind) drain()
    })
    running.add(run)
  }

  async function takeDue (): Promise<void> {
    if (closed || running.size >= MAX_RUNNING) return
    const claim: KeptClaim<Transaction> | undefined = await store.takeDue?.({ nowMs: now(), leaseMs: limits.leaseMs, retainMs: limits.retainMs })
    isBehind = claim !== undefined
    if (!claim) return
    if (closed) return giveBack(claim, now())
    start(claim, claim.message)
    return takeDue()
  }

  // One at a time, or two that each see a free place would take more events than there are places.
  function drain (): void {
    // A store that is down now is asked again at the next turn.
    draining = draining.then(takeDue).catch(() => {})
  }

  drain()
  const timer = setInterval(drain, POLL_MS).unref()
  return {
    take (claim, message) {
      if (running.size < MAX_RUNNING) {
        start(claim, message)
      } else {
        isBehind = true
        giveBack(claim, now()).then(drain)
      }
    },
    async close () {
      closed = true
      clearInterval(timer)
      await draining
      await Promise.allSettled(running)
    }
  }
}
