import type { ConversionOutcome } from '../domain/conversion/metrics.ts'
import type { ConversionJob, Converted, Converter, SourceBytes } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'
import type { DiskResults } from './disk-results.ts'
import type { EncoderMode } from './encode.ts'
import type { Gate } from './gate.ts'
import type { ConversionLimits } from './limits.ts'
import type { ConversionCounters } from './metrics.ts'
import { etagOf, keyOfEtag, resultKeyOf } from './result-key.ts'
import type { MemoryResults, StoredResult } from './results.ts'
import type { TaskResult } from './run-conversion.ts'
import type { Runner } from './runner.ts'
import type { HeldFile, SourceFiles } from './source-files.ts'
import { createEstimates, weightOf } from './weight.ts'

export interface ConverterParts {
  runner: Runner
  gate: Gate
  memory: MemoryResults
  disk: DiskResults
  sourceFiles: SourceFiles
  counters: ConversionCounters
  limits: ConversionLimits
  mode: EncoderMode
}

interface Underway {
  source: string
  result: Promise<{ stored: StoredResult, from: 'disk' | 'converted', waitMs?: number, workMs?: number }>
  waiters: number
  stop: AbortController
  /** Nobody waits for it any more; who comes now begins anew. */
  abandon: () => void
  /** Its source was forgotten meanwhile: what comes of it must not be kept. */
  isForgotten: boolean
}

/** Memory, then the same work under way, then the disk, then a place at the gate and the work itself. */
export function createConverter (parts: ConverterParts): Converter {
  const { runner, gate, memory, disk, sourceFiles, counters, mode } = parts
  const underway = new Set<Underway>()
  const joinable = new Map<string, Underway>()
  const work = createWork(parts)
  const keyOf = (job: Parameters<Converter['etag']>[0]): string => resultKeyOf(mode, job)

  function begin (key: string, job: ConversionJob): Underway {
    const stop = new AbortController()
    const close = (): void => { if (joinable.get(key) === entry) joinable.delete(key) }
    const abandon = (): void => {
      close()
      stop.abort()
    }
    const entry: Underway = { source: job.contentKey, result: Promise.reject(new Error('not begun')), waiters: 0, stop, abandon, isForgotten: false }
    entry.result.catch(() => {})
    entry.result = compute(key, job, entry).finally(() => {
      close()
      underway.delete(entry)
    })
    entry.result.catch(() => {})
    joinable.set(key, entry)
    underway.add(entry)
    return entry
  }

  async function compute (key: string, job: ConversionJob, entry: Underway): ReturnType<typeof begin>['result'] {
    const known = await disk.get(job.contentKey, key)
    if (known !== undefined) {
      if (!entry.isForgotten) memory.set(key, known)
      return { stored: known, from: 'disk' }
    }
    const { result, ...times } = await work(job, entry.stop.signal, disk.pathOf(job.contentKey, key))
    const stored = { ...result, source: job.contentKey }
    if (!entry.isForgotten) {
      memory.set(key, stored)
      if (runner.keepsResults) disk.adopt(key, stored)
      else disk.set(key, stored).catch(() => {})
    } else if (runner.keepsResults) await disk.forget(job.contentKey)
    return { stored, from: 'converted', ...times }
  }

  function known (key: string): Converted | undefined {
    const result = memory.get(key)
    if (result === undefined) return undefined
    counters.ended({ outcome: 'memory' })
    return toConverted(key, result, 'memory')
  }

  async function answer (key: string, job: ConversionJob): Promise<Converted> {
    const { stored, from, ...times } = await waitFor(begin(key, job), job.signal)
    counters.ended({ outcome: from, ...(from === 'converted' ? times : {}) })
    return toConverted(key, stored, from)
  }

  async function join (key: string, entry: Underway, signal: AbortSignal | undefined): Promise<Converted> {
    signal?.throwIfAborted()
    const { stored } = await waitFor(entry, signal)
    counters.ended({ outcome: 'joined' })
    return toConverted(key, stored, 'joined')
  }

  /** Failures are counted for each who meets them. */
  async function counted (converted: Promise<Converted>, signal: AbortSignal | undefined): Promise<Converted> {
    try {
      return await converted
    } catch (error) {
      counters.ended({ outcome: outcomeOf(error, signal) })
      throw error
    }
  }

  function joinKnown (key: string, signal: () => AbortSignal): Promise<Converted> | undefined {
    const entry = joinable.get(key)
    if (entry === undefined) return undefined
    const leaves = signal()
    return counted(join(key, entry, leaves), leaves)
  }

  async function convert (job: ConversionJob): Promise<Converted> {
    job.signal?.throwIfAborted()
    const key = keyOf(job)
    const entry = joinable.get(key)
    return known(key) ?? await (entry === undefined ? answer(key, job) : join(key, entry, job.signal))
  }

  return {
    known: etag => known(keyOfEtag(etag)),
    join: (etag, signal) => joinKnown(keyOfEtag(etag), signal),
    etag: job => etagOf(keyOf(job)),
    convert: async job => await counted(convert(job), job.signal),

    async forget (prefix) {
      for (const entry of underway) if (entry.source.startsWith(prefix)) entry.isForgotten = true
      memory.forget(prefix)
      runner.forget(prefix)
      await Promise.all([sourceFiles.forget(prefix), disk.forget(prefix)])
    },

    metrics: () => ({ ...counters.snapshot(), running: gate.running, waiting: gate.waiting, memoryBytes: memory.bytes, diskBytes: disk.bytes }),

    async close () {
      for (const { stop } of underway) stop.abort()
      await runner.close()
      await Promise.all([sourceFiles.close(), disk.close()])
    }
  }
}

/** The work itself: the source as a file, a place at the gate, a process. */
function createWork ({ runner, gate, sourceFiles, limits, mode }: ConverterParts) {
  const estimates = createEstimates()

  async function pathIn (held: HeldFile[], { path, contentKey, open }: SourceBytes, signal: AbortSignal): Promise<string> {
    if (path !== undefined) return path
    const file = await sourceFiles.hold(contentKey, open, signal)
    held.push(file)
    return file.path
  }

  return async (job: ConversionJob, signal: AbortSignal, keepAt: string): Promise<{ result: TaskResult, waitMs: number, workMs: number }> => {
    const held: HeldFile[] = []
    try {
      const path = await pathIn(held, job, signal)
      const overlayPath = job.overlay === undefined ? undefined : await pathIn(held, job.overlay, signal)
      const weight = weightOf(job.plan, { mimetype: job.mimetype, bytes: job.size ?? held[0]?.bytes ?? 0 })
      const arrived = performance.now()
      return await gate.enter({
        lane: weight.lane,
        expectedMs: estimates.expectedMs(weight),
        owner: () => runner.ownerOf?.(job.contentKey),
        signal,
        run: async slot => {
          const begun = performance.now()
          const result = await runner.run({ source: job.contentKey, path, overlayPath, plan: job.plan, limits, mode, keepAt }, slot, signal)
          const workMs = performance.now() - begun
          estimates.learn(weight, workMs)
          return { result, waitMs: begun - arrived, workMs }
        }
      })
    } finally {
      for (const { release } of held) release()
    }
  }
}

/** The last one who leaves takes the work out of the queue, or has it stopped. */
async function waitFor (entry: Underway, signal: AbortSignal | undefined): Underway['result'] {
  entry.waiters += 1
  const { promise: left, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  try {
    return await Promise.race([entry.result, left])
  } finally {
    signal?.removeEventListener('abort', onAbort)
    entry.waiters -= 1
    if (entry.waiters === 0) entry.abandon()
  }
}

function outcomeOf (error: unknown, signal: AbortSignal | undefined): ConversionOutcome {
  if (signal?.aborted === true) return 'left'
  return error instanceof ContactsheetError ? error.code : 'failed'
}

function toConverted (key: string, { bytes, mimetype, widthPx, heightPx }: TaskResult, outcome: Converted['outcome']): Converted {
  return { bytes, mimetype, widthPx, heightPx, etag: etagOf(key), outcome }
}
