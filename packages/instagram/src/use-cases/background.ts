/** Work that nobody waits for, until the plugin closes: then it is waited for, so that nothing runs into a closed database. */
export interface Background {
  run (work: () => Promise<void>, onError: (error: unknown) => void): void
  /** Resolves when everything that runs has ended. */
  settled (): Promise<void>
}

export function createBackground (): Background {
  const running = new Set<Promise<void>>()
  return {
    run (work, onError) {
      const promise = work().catch(onError).finally(() => running.delete(promise))
      running.add(promise)
    },
    settled: async () => { await Promise.all(running) }
  }
}
