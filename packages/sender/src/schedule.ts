const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * Retry schedules by name: waits in milliseconds, all counted from the first attempt.
 *
 * `original` is that of Filestack's Instagram page: "5 minutes after the first attempt, the third attempt happens after 1 hour,
 * and the final attempt … 12 hours after the first attempt". `filestackCurrent` is what Filestack documents today.
 *
 * @see https://www.filestack.com/docs/api/webhooks/
 */
export const SCHEDULES = {
  original: [5 * MINUTE_MS, HOUR_MS, 12 * HOUR_MS],
  filestackCurrent: [5 * MINUTE_MS, 30 * MINUTE_MS, 12 * HOUR_MS]
} as const satisfies Record<string, readonly number[]>

export type ScheduleName = keyof typeof SCHEDULES

/** Offsets from the first attempt, in milliseconds, each later than the one before. */
export type Schedule = readonly number[]

export interface AttemptHistory {
  /** Epoch milliseconds at which attempt 1 started. */
  firstAttemptAtMs: number
  /** Attempts made so far, at least 1. */
  attemptsMade: number
  /** Epoch milliseconds at which the last attempt ended. */
  nowMs: number
  /** What the receiver asked for with `Retry-After`: no attempt before this moment. */
  notBeforeMs?: number | undefined
}

/**
 * When the next attempt is due, in epoch milliseconds, or `undefined` when the schedule is spent.
 *
 * A slot that lies ahead keeps its place, however late the attempt before it was. A slot whose place has already
 * passed (the process was down, or the receiver asked for more time) is neither dropped nor fired in the same burst:
 * it follows after the schedule's smallest step. So every delivery gets every slot, whatever happens in between.
 */
export function nextAttemptAt (schedule: Schedule, history: AttemptHistory): number | undefined {
  const { firstAttemptAtMs, attemptsMade, nowMs, notBeforeMs = 0 } = history
  const offsetMs = schedule[attemptsMade - 1]
  if (offsetMs === undefined) return undefined
  const placeMs = firstAttemptAtMs + offsetMs
  const dueMs = placeMs > nowMs ? placeMs : nowMs + smallestStepMs(schedule)
  return Math.max(dueMs, notBeforeMs)
}

function smallestStepMs (schedule: Schedule): number {
  return schedule.reduce((smallest, offset, slot) => Math.min(smallest, offset - (schedule[slot - 1] ?? 0)), Infinity)
}

/** Whether a schedule can be walked: whole positive milliseconds, each later than the one before. */
export function isSchedule (offsetsMs: Schedule): boolean {
  return offsetsMs.every((offset, slot) => Number.isSafeInteger(offset) && offset > (offsetsMs[slot - 1] ?? 0))
}
