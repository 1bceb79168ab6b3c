/** At most `count` requests in every `perMs` milliseconds; up to `count` may go in one burst after a rest. */
export interface Rate {
  count: number
  perMs: number
}

export interface RateGrant {
  granted: number
  /** The bucket's new state, to be stored: when it will be full again (epoch ms). */
  fullAtMs: number
  /** When the next request may go. */
  nextAtMs: number
}

/**
 * A token bucket kept as one number, the moment at which it is full again, so that a store can persist it in one column.
 *
 * @param fullAtMs - the stored state; 0 for a bucket never used
 */
export function takeTokens (rate: Rate, fullAtMs: number, nowMs: number, wanted: number): RateGrant {
  const stepMs = rate.perMs / rate.count
  const emptyForMs = Math.max(fullAtMs, nowMs) - nowMs
  const available = Math.floor((rate.perMs - emptyForMs) / stepMs + 1e-9)
  const granted = Math.max(0, Math.min(wanted, available))
  const newFullAtMs = nowMs + emptyForMs + granted * stepMs
  return {
    granted,
    fullAtMs: newFullAtMs,
    nextAtMs: Math.max(nowMs, Math.ceil(newFullAtMs + stepMs - rate.perMs))
  }
}
