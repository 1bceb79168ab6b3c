import { availableParallelism } from 'node:os'
import { LRUCache } from 'lru-cache'
import type { RestartMessage } from '../../domain/conversion/metrics.ts'
import { ContactsheetError } from '../../errors.ts'
import { PIXELS_KEPT_MS } from '../pixel-cache.ts'
import type { TaskResult } from '../run-conversion.ts'
import type { Runner } from '../runner.ts'
import { ChildEndedError, createWorker, type Worker } from './child-process.ts'

const MAX_OWNERS = 4_096

export interface ProcessRunnerOptions {
  /** @defaultValue one per core */
  processes?: number
  /** Of all processes together. */
  pixelCacheBytes: number
  onRestart?: (reason: RestartMessage['reason']) => void
}

/** Conversions in child processes: a deadline that holds, and a crash of a decoder that costs one request at most. */
export function createProcessRunner ({ processes = availableParallelism(), pixelCacheBytes, onRestart = () => {} }: ProcessRunnerOptions): Runner & { workers: readonly Worker[] } {
  const workers = Array.from({ length: processes }, () => createWorker({ pixelCacheBytes: Math.floor(pixelCacheBytes / processes), onRestart }))

  const owners = new LRUCache<string, number>({ max: MAX_OWNERS, ttl: PIXELS_KEPT_MS })

  function workerAt (slot: number): Worker {
    const worker = workers[slot]
    if (worker === undefined) throw new RangeError(`slot must be below ${processes}, got ${slot}`)
    return worker
  }

  return {
    workers,
    slots: processes,
    keepsResults: true,
    ownerOf: source => owners.get(source),
    async run (task, slot, signal) {
      owners.set(task.source, slot)
      return await withSecondTry(async () => await workerAt(slot).run(task, signal))
    },
    forget (prefix) {
      for (const source of [...owners.keys()]) if (source.startsWith(prefix)) owners.delete(source)
      for (const worker of workers) worker.tell({ forget: prefix })
    },
    close: async () => { await Promise.all(workers.map(async worker => await worker.close())) }
  }
}

/** Whatever ended a process may have come from outside; a picture that ends two is taken for the reason. */
async function withSecondTry (run: () => Promise<TaskResult>): Promise<TaskResult> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof ChildEndedError)) throw error
  }
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof ChildEndedError)) throw error
    throw new ContactsheetError('IMAGE_UNREADABLE', 'the picture cannot be decoded', { cause: error })
  }
}
