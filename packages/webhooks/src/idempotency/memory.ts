import { WebhookError } from '../errors.ts'
import type { Claim, ClaimRequest, ClaimResult, IdempotencyStore } from './store.ts'

/** What `memoryIdempotency` may be told. */
export interface MemoryIdempotencyOptions {
  /** Events remembered at most; beyond it the one claimed longest ago is forgotten, if no handler runs for it. About 220 bytes each. @defaultValue 100_000 */
  readonly maxEntries?: number
}

/** When the store has room, this many of the oldest entries are looked at for each that comes in: more than come in. */
const LOOKED_AT = 2

const DONE = { state: 'done' } as const

/** What is known of an event, and the claim of whoever handles it: one object for both, because there are many. */
class Entry implements Claim {
  readonly key: string
  readonly attempt: number
  /** Until when the claim holds, or the event is remembered. */
  untilMs: number
  isRunning = true
  isDone = false
  readonly #retainMs: number

  constructor ({ key, nowMs, leaseMs, retainMs }: ClaimRequest, attempt: number) {
    this.key = key
    this.attempt = attempt
    this.untilMs = nowMs + leaseMs
    this.#retainMs = retainMs
  }

  get state (): 'claimed' { return 'claimed' }
  get transaction (): undefined { return undefined }

  commit (doneAtMs: number): boolean {
    if (!this.isRunning) return false
    this.isRunning = false
    this.isDone = true
    this.untilMs = doneAtMs + this.#retainMs
    return true
  }

  release (): void {
    if (!this.isRunning) return
    this.isRunning = false
    this.untilMs += this.#retainMs
  }
}

/**
 * Remembers events in this process: for one process that may forget on a restart.
 *
 * @throws {WebhookError} WEBHOOK_STORE_UNAVAILABLE when every entry is a running claim
 */
export function memoryIdempotency ({ maxEntries = 100_000 }: MemoryIdempotencyOptions = {}): IdempotencyStore {
  const entries = new Map<string, Entry>()
  // An iterator keeps its place while entries come and go. A new one would step over every place that was emptied before.
  let inOrder = entries.values()
  let oldest: Entry | undefined

  const isFull = () => entries.size >= maxEntries

  function findOldest (): Entry | undefined {
    if (oldest && entries.get(oldest.key) === oldest) return oldest
    oldest = inOrder.next().value
    // One that has come to its end stays there.
    if (oldest === undefined && entries.size > 0) {
      inOrder = entries.values()
      oldest = inOrder.next().value
    }
    return oldest
  }

  /** Whoever still holds its claim has lost it. */
  function forget (entry: Entry): void {
    entries.delete(entry.key)
    entry.isRunning = false
  }

  function moveToTheEnd (entry: Entry): void {
    entries.delete(entry.key)
    entries.set(entry.key, entry)
    oldest = undefined
  }

  function makeRoom (nowMs: number): void {
    // Whatever was claimed after the oldest one is hardly due before it, even if that one has left since.
    if (oldest && oldest.untilMs > nowMs && !isFull()) return
    for (let looked = 0; isFull() ? looked < maxEntries : looked < LOOKED_AT; looked += 1) {
      const entry = findOldest()
      if (!entry) return
      const isDue = entry.untilMs <= nowMs
      if (!isDue && !isFull()) return
      // A handler that has overrun its claim may still finish, if nobody needs the room.
      if (entry.isRunning && !(isDue && isFull())) moveToTheEnd(entry)
      else forget(entry)
    }
    if (isFull()) throw new WebhookError('WEBHOOK_STORE_UNAVAILABLE', `${maxEntries} events are being handled at once, and there is room for no more`)
  }

  return {
    durable: false,
    claim (request: ClaimRequest): ClaimResult {
      const { key, nowMs } = request
      const earlier = entries.get(key)
      if (earlier) {
        if (earlier.untilMs > nowMs && earlier.isDone) return DONE
        if (earlier.untilMs > nowMs && earlier.isRunning) return { state: 'busy', retryAfterMs: earlier.untilMs - nowMs }
        forget(earlier)
      }
      makeRoom(nowMs)
      const entry = new Entry(request, earlier && !earlier.isDone ? earlier.attempt + 1 : 1)
      entries.set(key, entry)
      return entry
    }
  }
}
