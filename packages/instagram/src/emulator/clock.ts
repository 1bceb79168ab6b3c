/** A clock that tests move by hand. Everything in the emulator that ages asks it for the time. */
export interface EmulatorClock {
  /** Epoch milliseconds. */
  now: () => number
  /** Moves the clock forward (or back, when negative) by milliseconds; it goes on ticking from there. */
  advance: (milliseconds: number) => void
  /** Sets the clock to epoch milliseconds; it goes on ticking from there. */
  set: (epochMs: number) => void
  /** Back to the base clock. */
  reset: () => void
}

/**
 * @param base - the clock underneath
 * @defaultValue `Date.now`
 */
export function createClock (base: () => number = Date.now): EmulatorClock {
  let offsetMs = 0
  return {
    now: () => base() + offsetMs,
    advance: milliseconds => { offsetMs += milliseconds },
    set: epochMs => { offsetMs = epochMs - base() },
    reset: () => { offsetMs = 0 }
  }
}

/** Spans in milliseconds. */
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
