import { WebhookError } from '../errors.ts'
import { createQueue } from './queue.ts'
import type { Claim, ClaimRequest, ClaimResult, IdempotencyStore } from './store.ts'

/** One event. `untilMs` is the end of the lease while it is running, and of its being remembered afterwards. */
interface Entry { readonly key: string, readonly attempt: number, state: 'running' | 'released' | 'done', untilMs: number }

/** What `memoryIdempotency` may be told. */
export interface MemoryIdempotencyOptions {
  /** Events remembered at most; beyond it the one finished longest ago is forgotten. About 200 bytes each. @defaultValue 100_000 */
  readonly maxEntries?: number
}

/**
 * Remembers events in this process: for one process that may forget on a restart.
 *
 * @throws {WebhookError} WEBHOOK_STORE_UNAVAILABLE when every entry is a running claim
 */
export function memoryIdempotency ({ maxEntries = 100_000 }: MemoryIdempotencyOptions = {}): IdempotencyStore {
  const entries = new Map<string, Entry>()
  const running = new Set<Entry>()
  // In the order in which they came to rest. One that was claimed anew has a new entry, and its old one waits here to be dropped.
  const resting = createQueue<Entry>()

  const isFull = () => running.size + resting.size() >= maxEntries

  function forget (entry: Entry | undefined): void {
    if (entry && entries.get(entry.key) === entry) entries.delete(entry.key)
  }

  function makeRoom (nowMs: number): void {
    while ((resting.peek()?.untilMs ?? Infinity) <= nowMs) forget(resting.shift())
    if (!isFull()) return
    for (const entry of running) {
      if (entry.untilMs > nowMs) break
      running.delete(entry)
      forget(entry)
    }
    while (isFull() && resting.size() > 0) forget(resting.shift())
    if (isFull()) {
      throw new WebhookError('WEBHOOK_STORE_UNAVAILABLE', `${maxEntries} events are being handled at once, and there is room for no more`)
    }
  }

  function rest (entry: Entry, state: 'released' | 'done', untilMs: number): boolean {
    if (!running.delete(entry)) return false
    entry.state = state
    entry.untilMs = untilMs
    resting.push(entry)
    return true
  }

  function claimOf (entry: Entry, nowMs: number, retainMs: number): Claim {
    return {
      state: 'claimed',
      key: entry.key,
      attempt: entry.attempt,
      transaction: undefined,
      commit: doneAtMs => rest(entry, 'done', doneAtMs + retainMs),
      release () { rest(entry, 'released', nowMs + retainMs) }
    }
  }

  return {
    durable: false,
    claim ({ key, nowMs, leaseMs, retainMs }: ClaimRequest): ClaimResult {
      const earlier = entries.get(key)
      if (earlier && earlier.state !== 'released' && earlier.untilMs > nowMs) {
        return earlier.state === 'done' ? { state: 'done' } : { state: 'busy', retryAfterMs: earlier.untilMs - nowMs }
      }
      if (earlier) running.delete(earlier)
      makeRoom(nowMs)
      const attempt = earlier === undefined || earlier.state === 'done' ? 1 : earlier.attempt + 1
      const entry: Entry = { key, attempt, state: 'running', untilMs: nowMs + leaseMs }
      entries.set(key, entry)
      running.add(entry)
      return claimOf(entry, nowMs, retainMs)
    }
  }
}
