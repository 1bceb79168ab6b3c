import { WebhookError } from '../errors.ts'
import type { Claim, ClaimRequest, ClaimResult, IdempotencyStore } from './store.ts'

// Looking for what may be forgotten takes longer than a claim does, so it is not done at each.
const SWEEP_EVERY = 64

interface RunningClaim { untilMs: number, readonly attempt: number }

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
  // Finished events stand in the order in which they were finished, because a commit moves them to the end.
  const done = new Map<string, number>()
  const running = new Map<string, RunningClaim>()
  let claims = 0

  function makeRoom (nowMs: number): void {
    for (const [key, untilMs] of done) {
      if (untilMs > nowMs && done.size + running.size < maxEntries) return
      done.delete(key)
    }
    for (const [key, entry] of running) {
      if (entry.untilMs > nowMs && running.size < maxEntries) return
      if (entry.untilMs <= nowMs) running.delete(key)
    }
    if (running.size >= maxEntries) {
      throw new WebhookError('WEBHOOK_STORE_UNAVAILABLE', `${maxEntries} events are being handled at once, and there is room for no more`)
    }
  }

  function claimOf (key: string, entry: RunningClaim, retainMs: number): Claim {
    return {
      state: 'claimed',
      key,
      attempt: entry.attempt,
      transaction: undefined,
      async commit (nowMs) {
        if (running.get(key) !== entry) return false
        running.delete(key)
        done.delete(key)
        done.set(key, nowMs + retainMs)
        return true
      },
      async release () {
        if (running.get(key) === entry) entry.untilMs = -Infinity
      }
    }
  }

  return {
    durable: false,
    async claim ({ key, nowMs, leaseMs, retainMs }: ClaimRequest): Promise<ClaimResult> {
      if ((done.get(key) ?? 0) > nowMs) return { state: 'done' }
      const earlier = running.get(key)
      if (earlier && earlier.untilMs > nowMs) return { state: 'busy', retryAfterMs: earlier.untilMs - nowMs }
      claims += 1
      if (!earlier && (claims % SWEEP_EVERY === 0 || done.size + running.size >= maxEntries)) makeRoom(nowMs)
      const entry = { untilMs: nowMs + leaseMs, attempt: (earlier?.attempt ?? 0) + 1 }
      running.delete(key)
      running.set(key, entry)
      return claimOf(key, entry, retainMs)
    }
  }
}
