import { availableParallelism } from 'node:os'
import { setTimeout as after } from 'node:timers/promises'
import { ContactsheetError } from '../errors.ts'
import { createPixelCache } from './pixel-cache.ts'
import type { Task } from './run-conversion.ts'
import type { Runner } from './runner.ts'

/**
 * Conversions in this process, for small hosts and for tests. libvips cannot be interrupted from inside: at the deadline the
 * caller is told, but the work goes on and keeps its place until it ends. Settings of libvips are the whole process's, so they stay
 * as the host has them.
 */
export function createInProcessRunner ({ pixelCacheBytes, slots = availableParallelism() + 1 }: { pixelCacheBytes: number, slots?: number }): Runner {
  const cache = createPixelCache(pixelCacheBytes)
  const places = new Map<number, Promise<unknown>>()

  return {
    slots,
    keepsResults: false,
    async run (task: Task, slot: number) {
      // Loaded with the first conversion: libvips takes 20 MB, which hosts with child processes need not have twice.
      const work = (places.get(slot) ?? Promise.resolve()).then(async () => await (await import('./run-conversion.ts')).runConversion(task, cache))
      places.set(slot, work.catch(() => {}))
      return await within(work, task.limits.deadlineMs)
    },
    forget: prefix => cache.forget(prefix),
    close: async () => { await Promise.all(places.values()) }
  }
}

async function within<Result> (work: Promise<Result>, deadlineMs: number): Promise<Result> {
  const stop = new AbortController()
  const late = after(deadlineMs, undefined, { signal: stop.signal }).then(() => { throw timedOut(deadlineMs) })
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    stop.abort()
  }
}

export function timedOut (deadlineMs: number): ContactsheetError {
  return new ContactsheetError('CONVERSION_TIMED_OUT', `the conversion took longer than ${deadlineMs / 1_000} s`)
}
