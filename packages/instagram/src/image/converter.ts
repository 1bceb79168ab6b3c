import { stat } from 'node:fs/promises'
import type { ConversionJob, Converted, Converter, SourceBytes } from '../domain/ports.ts'
import type { EncoderMode } from './encode.ts'
import type { Gate } from './gate.ts'
import type { ConversionLimits } from './limits.ts'
import { etagOf, resultKey } from './result-key.ts'
import type { createMemoryResults, StoredResult } from './results.ts'
import type { TaskResult } from './run-conversion.ts'
import type { Runner } from './runner.ts'
import type { createSourceFiles, HeldFile } from './source-files.ts'
import { createEstimates, weightOf } from './weight.ts'

export interface ConverterParts {
  runner: Runner
  gate: Gate
  memory: ReturnType<typeof createMemoryResults>
  sourceFiles: ReturnType<typeof createSourceFiles>
  limits: ConversionLimits
  mode: EncoderMode
}

interface Underway { result: Promise<StoredResult>, waiters: number, stop: AbortController }

/** Memory, then the same work already under way, then a place at the gate and the work itself. */
export function createConverter ({ runner, gate, memory, sourceFiles, limits, mode }: ConverterParts): Converter {
  const underway = new Map<string, Underway>()
  const estimates = createEstimates()

  async function work (job: ConversionJob, signal: AbortSignal): Promise<TaskResult> {
    const held: HeldFile[] = []
    try {
      const path = await pathIn(held, job)
      const overlayPath = job.overlay === undefined ? undefined : await pathIn(held, job.overlay)
      const { size } = await stat(path)
      const weight = weightOf(job.plan, size)
      return await gate.enter({
        lane: weight.lane,
        expectedMs: estimates.expectedMs(weight),
        signal,
        run: async slot => {
          const begun = performance.now()
          const result = await runner.run({ source: job.contentKey, path, overlayPath, plan: job.plan, limits, mode }, slot)
          estimates.learn(weight, performance.now() - begun)
          return result
        }
      })
    } finally {
      for (const { release } of held) release()
    }
  }

  async function pathIn (held: HeldFile[], { path, contentKey, open }: SourceBytes): Promise<string> {
    if (path !== undefined) return path
    const file = await sourceFiles.hold(contentKey, open)
    held.push(file)
    return file.path
  }

  function begin (key: string, job: ConversionJob): Underway {
    const stop = new AbortController()
    const result = work(job, stop.signal).then(done => {
      const stored = { ...done, source: job.contentKey }
      memory.set(key, stored)
      return stored
    }).finally(() => { if (underway.get(key)?.stop === stop) underway.delete(key) })
    result.catch(() => {})
    const entry = { result, waiters: 0, stop }
    underway.set(key, entry)
    return entry
  }

  return {
    etag: job => etagOf(resultKey(job, mode)),

    async convert (job) {
      const key = resultKey(job, mode)
      const known = memory.get(key)
      if (known !== undefined) return toConverted(key, known, 'memory')
      const joined = underway.get(key)
      const entry = joined ?? begin(key, job)
      return toConverted(key, await waitFor(entry, job.signal), joined === undefined ? 'converted' : 'joined')
    },

    async forget (prefix) {
      memory.forget(prefix)
      runner.forget(prefix)
      await sourceFiles.forget(prefix)
    },

    async close () {
      for (const { stop } of underway.values()) stop.abort()
      await runner.close()
      await sourceFiles.close()
    }
  }
}

/** The last one who leaves takes the work out of the queue. */
async function waitFor (entry: Underway, signal: AbortSignal | undefined): Promise<StoredResult> {
  signal?.throwIfAborted()
  entry.waiters += 1
  const { promise: left, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  try {
    return await Promise.race([entry.result, left])
  } finally {
    signal?.removeEventListener('abort', onAbort)
    entry.waiters -= 1
    if (entry.waiters === 0) entry.stop.abort()
  }
}

function toConverted (key: string, { bytes, mimetype, widthPx, heightPx }: TaskResult, outcome: Converted['outcome']): Converted {
  return { bytes, mimetype, widthPx, heightPx, etag: etagOf(key), outcome }
}
