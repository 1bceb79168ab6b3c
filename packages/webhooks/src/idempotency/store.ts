import type { Soon } from '../soon.ts'

/** What a store is asked when an event comes in. Times are epoch milliseconds, spans milliseconds. */
export interface ClaimRequest {
  /** What makes two deliveries the same event. */
  readonly key: string
  readonly nowMs: number
  /** How long the claim holds when nothing is heard of its holder again. */
  readonly leaseMs: number
  /** How long a finished event is remembered. */
  readonly retainMs: number
  /** The event itself, to be kept until it is handled (`respond: 'after-store'`). */
  readonly message?: string
}

/** The right to handle one event now. */
export interface Claim<Transaction = undefined> {
  readonly state: 'claimed'
  readonly key: string
  /** 1 for the first claim of this event, more when an earlier one was released or ran out. */
  readonly attempt: number
  /** What the handlers' own writes go through when they shall be committed together with the claim. */
  readonly transaction: Transaction
  /** Remembers the event as done. Answers false, and undoes the transaction, when the claim ran out and went to another. */
  readonly commit: (nowMs: number) => Soon<boolean>
  /** Gives the claim back; a kept message falls due again at `retryAtMs`, or never when that is absent. */
  readonly release: (retryAtMs?: number) => Soon<void>
}

/** A claim of an event that was kept. */
export interface KeptClaim<Transaction = undefined> extends Claim<Transaction> { readonly message: string }

/** The answer to a claim: the right to handle the event; it is done already; someone else has it; it is kept and will be handled. */
export type ClaimResult<Transaction = undefined> =
  Claim<Transaction> | { readonly state: 'done' } | { readonly state: 'busy', readonly retryAfterMs: number } | { readonly state: 'kept' }

/** Remembers which events were handled. Every adapter passes one conformance suite. */
export interface IdempotencyStore<Transaction = undefined> {
  /** Whether what it is told outlives the process. */
  readonly durable: boolean
  readonly claim: (request: ClaimRequest) => Soon<ClaimResult<Transaction>>
  /** A kept event that is due: released to be tried again, or left behind by a process that died. */
  readonly takeDue?: (request: Omit<ClaimRequest, 'key' | 'message'>) => Promise<KeptClaim<Transaction> | undefined>
}
