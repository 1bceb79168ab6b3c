import type { ContactsheetErrorCode } from '../../errors.ts'

/** How a conversion ended: where its bytes came from, or why there are none. */
export type ConversionOutcome = 'memory' | 'disk' | 'joined' | 'converted' | 'left' | ContactsheetErrorCode | 'failed'

/** One conversion was answered, refused, or left by its caller. */
export interface ConversionMessage {
  outcome: ConversionOutcome
  /** Time for a place at the gate and time of the work; only when it was this request that had it done. */
  waitMs?: number
  workMs?: number
}

/** A process of the pool was started anew. */
export interface RestartMessage { reason: 'deadline' | 'ended' | 'left' }

export interface InstagramMessages {
  'contactsheet.instagram.conversion': ConversionMessage
  'contactsheet.instagram.conversion-restart': RestartMessage
}

/** Upper bounds of the histograms' buckets, milliseconds; one more bucket has no bound. */
export const BUCKETS_MS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] as const

export interface Histogram {
  /** How many were at most `BUCKETS_MS[i]`, and above the one before; the last counts the rest. */
  counts: number[]
  sumMs: number
}

/** What has happened since the start, and what is so now. */
export interface ConversionMetrics {
  outcomes: Partial<Record<ConversionOutcome, number>>
  restarts: Partial<Record<RestartMessage['reason'], number>>
  wait: Histogram
  work: Histogram
  running: number
  waiting: number
  memoryBytes: number
  diskBytes: number
}
