import { WebhookError } from '../errors.ts'
import type { Claim, ClaimRequest, ClaimResult, IdempotencyStore } from './store.ts'

/** A claim that holds until its lease ends. */
interface Running { readonly attempt: number, readonly untilMs: number }

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
  const running = new Map<string, Running>()
  // Done or released, and until when that is remembered, in the order in which they came to rest: a key and a number each, because
  // nearly all that the store holds is here.
  const resting = new Map<string, number>()
  // How often the released ones among them were tried.
  const attempts = new Map<string, number>()
  // An iterator keeps its place while entries come and go. A new one would step over every place that was emptied before.
  let inOrder = resting.entries()
  let oldest: readonly [key: string, untilMs: number] | undefined

  const isFull = () => running.size + resting.size >= maxEntries

  function findOldest (): typeof oldest {
    if (oldest && resting.get(oldest[0]) === oldest[1]) return oldest
    oldest = inOrder.next().value
    // One that has come to its end stays there.
    if (oldest === undefined && resting.size > 0) {
      inOrder = resting.entries()
      oldest = inOrder.next().value
    }
    return oldest
  }

  function forget (key: string): void {
    resting.delete(key)
    attempts.delete(key)
  }

  function makeRoom (nowMs: number): void {
    // Whatever came to rest after the oldest one is not due before it, even if that one has left since.
    if (oldest && oldest[1] > nowMs && !isFull()) return
    let first = findOldest()
    for (; first && first[1] <= nowMs; first = findOldest()) forget(first[0])
    if (!isFull()) return
    for (const [key, { untilMs }] of running) {
      if (untilMs > nowMs) break
      running.delete(key)
    }
    for (; first && isFull(); first = findOldest()) forget(first[0])
    if (isFull()) {
      throw new WebhookError('WEBHOOK_STORE_UNAVAILABLE', `${maxEntries} events are being handled at once, and there is room for no more`)
    }
  }

  function claimOf (key: string, run: Running, releasedUntilMs: number, retainMs: number): Claim {
    function rest (untilMs: number): boolean {
      if (running.get(key) !== run) return false
      running.delete(key)
      resting.set(key, untilMs)
      return true
    }
    return {
      state: 'claimed',
      key,
      attempt: run.attempt,
      transaction: undefined,
      commit: doneAtMs => rest(doneAtMs + retainMs),
      release () { if (rest(releasedUntilMs)) attempts.set(key, run.attempt) }
    }
  }

  return {
    durable: false,
    claim ({ key, nowMs, leaseMs, retainMs }: ClaimRequest): ClaimResult {
      const earlier = running.get(key)
      if (earlier && earlier.untilMs > nowMs) return { state: 'busy', retryAfterMs: earlier.untilMs - nowMs }
      const rememberedUntilMs = resting.get(key)
      const tried = rememberedUntilMs === undefined ? 0 : attempts.get(key) ?? 0
      if (tried === 0 && rememberedUntilMs !== undefined && rememberedUntilMs > nowMs) return { state: 'done' }
      if (earlier) running.delete(key)
      if (rememberedUntilMs !== undefined) forget(key)
      makeRoom(nowMs)
      const run = { attempt: (earlier?.attempt ?? tried) + 1, untilMs: nowMs + leaseMs }
      running.set(key, run)
      return claimOf(key, run, nowMs + retainMs, retainMs)
    }
  }
}
