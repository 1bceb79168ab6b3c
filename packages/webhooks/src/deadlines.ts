/** Calls back what is not done in time, all with the same allowance. */
export interface Deadlines {
  /** Answers what is to be called when the work is done. */
  readonly start: (onLate: () => void) => () => void
}

interface Pending { readonly dueAtMs: number, readonly onLate: () => void }

/**
 * One timer for many deadlines. A timer for each body would cost more than reading a small body does; and since all have the same
 * allowance, the first to start is always the first that is due.
 *
 * @param allowanceMs - milliseconds from `start`
 */
export function createDeadlines (allowanceMs: number): Deadlines {
  const pending = new Set<Pending>()
  let timer: NodeJS.Timeout | undefined

  function expire (): void {
    timer = undefined
    const nowMs = performance.now()
    for (const entry of pending) {
      // A timer may come a millisecond early.
      if (entry.dueAtMs > nowMs + 1) return arm(entry.dueAtMs - nowMs)
      pending.delete(entry)
      entry.onLate()
    }
  }

  function arm (delayMs: number): void {
    timer = setTimeout(expire, delayMs)
  }

  return {
    start (onLate) {
      const entry = { dueAtMs: performance.now() + allowanceMs, onLate }
      pending.add(entry)
      if (timer === undefined) arm(allowanceMs)
      else if (pending.size === 1) timer.ref()
      return () => {
        pending.delete(entry)
        // The timer stays for the next one, but must not hold up a process that has nothing else to do.
        if (pending.size === 0) timer?.unref()
      }
    }
  }
}
