import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Converter } from '../domain/ports.ts'
import { createConverter } from './converter.ts'
import { createDiskResults } from './disk-results.ts'
import type { EncoderMode } from './encode.ts'
import { createGate } from './gate.ts'
import { createInProcessRunner } from './in-process-runner.ts'
import { DEFAULT_LIMITS, type ConversionLimits } from './limits.ts'
import { createConversionMetrics } from './metrics.ts'
import { createProcessRunner } from './pool/process-runner.ts'
import { createMemoryResults } from './results.ts'
import { createSourceFiles } from './source-files.ts'
import { openTemporaryFolder } from './temporary-folder.ts'

/** How conversions run. */
export interface ConversionOptions {
  /** Child processes; 0 converts in the server's own process. @defaultValue one per core */
  processes?: number
  /** `fast`: JPEGs with about a third less work, a trace softer and 3 % larger. @defaultValue 'quality' */
  mode?: EncoderMode
  /** Bytes of results kept in memory. @defaultValue 32 MiB */
  memoryCacheBytes?: number
  /** Bytes of results kept on disk. @defaultValue 1 GiB */
  diskCacheBytes?: number
  /** Bytes of decoded pictures kept in memory, over all processes. @defaultValue 32 MiB */
  pixelCacheBytes?: number
  /** Requests that may wait for a place; who comes later gets 503. @defaultValue 64 per core */
  maxWaiting?: number
  /** Longest wait for a place; who would wait longer gets 503. @defaultValue 5 s */
  maxWaitMs?: number
  limits?: Partial<ConversionLimits>
}

const MIB = 1024 * 1024

/**
 * @param cacheDirectory - keeps results over restarts. Absent: they end with the process, because a folder with a known name in the
 * system's temporary directory is one that others can fill
 */
export function openConverter (given: ConversionOptions, cacheDirectory?: string): Converter {
  const cores = availableParallelism()
  const limits = { ...DEFAULT_LIMITS, ...given.limits }
  const counters = createConversionMetrics()
  const temporary = openTemporaryFolder(cacheDirectory)
  const pixelCacheBytes = given.pixelCacheBytes ?? 32 * MIB
  const processes = given.processes ?? cores
  const runner = processes === 0 ? createInProcessRunner({ pixelCacheBytes }) : createProcessRunner({ processes, pixelCacheBytes, onRestart: counters.restarted })
  const converter = createConverter({
    runner,
    gate: createGate({ slots: runner.slots, maxWaiting: given.maxWaiting ?? 64 * cores, maxWaitMs: given.maxWaitMs ?? 5_000 }),
    memory: createMemoryResults(given.memoryCacheBytes ?? 32 * MIB),
    disk: createDiskResults({ directory: join(cacheDirectory ?? temporary.path, 'results'), maxBytes: given.diskCacheBytes ?? 1_024 * MIB }),
    sourceFiles: createSourceFiles({ directory: join(temporary.path, 'sources'), maxBytes: limits.sourceBytes }),
    counters,
    limits,
    mode: given.mode ?? 'quality'
  })
  return {
    ...converter,
    async close () {
      await converter.close()
      await temporary.close()
    }
  }
}
