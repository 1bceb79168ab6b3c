/** When an endpoint's circuit opens, and for how long. */
export interface BreakerOptions {
  /** Failures of the endpoint in a row. @defaultValue 10 */
  failures: number
  /** First pause; doubled after each failed probe, up to `longestPauseMs`. @defaultValue 10_000 */
  pauseMs: number
  /** @defaultValue 300_000 */
  longestPauseMs: number
}

export const BREAKER_DEFAULTS: BreakerOptions = { failures: 10, pauseMs: 10_000, longestPauseMs: 300_000 }

/** `openUntilMs` is absent while closed; from that moment on one probe may go at a time. */
export interface BreakerState {
  failuresInARow: number
  openUntilMs?: number
  pauseMs?: number
}

export const CLOSED: BreakerState = { failuresInARow: 0 }

/**
 * The breaker's next state after an attempt. Pure. An open circuit only makes deliveries wait where they are:
 * it neither makes nor uses up an attempt.
 */
export function afterAttempt (state: BreakerState, isTrouble: boolean, nowMs: number, options: BreakerOptions): BreakerState {
  if (!isTrouble) return CLOSED
  const failuresInARow = state.failuresInARow + 1
  if (failuresInARow < options.failures) return { failuresInARow }
  // Requests that were under way when the circuit opened do not lengthen the pause.
  if (state.openUntilMs !== undefined && nowMs < state.openUntilMs) return { ...state, failuresInARow }
  const pauseMs = state.pauseMs === undefined ? options.pauseMs : Math.min(state.pauseMs * 2, options.longestPauseMs)
  return { failuresInARow, openUntilMs: nowMs + pauseMs, pauseMs }
}

/** How many requests the breaker lets be under way at once. */
export function allowedByBreaker (state: BreakerState, nowMs: number): number {
  if (state.openUntilMs === undefined) return Infinity
  return nowMs < state.openUntilMs ? 0 : 1
}
