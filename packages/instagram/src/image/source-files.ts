import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { byteLimit } from '../fetcher/byte-limit.ts'

/** A source's bytes as a file, for as long as somebody holds it. */
export interface HeldFile {
  path: string
  bytes: number
  release: () => void
}

export type Open = (signal: AbortSignal) => Promise<Readable>

interface Entry {
  source: string
  path: Promise<string>
  bytes: number
  holders: number
  stop: AbortController
  timer: NodeJS.Timeout | undefined
}

export interface SourceFilesOptions {
  directory: string
  /** Of one source. */
  maxBytes: number
  /** Of all that nobody holds. @defaultValue 256 MiB */
  keptBytes?: number
  /** How long a source waits for the next size. @defaultValue 2 minutes */
  keptMs?: number
}

const MIB = 1024 * 1024

/** Sources that are not on this machine's disk: fetched once for all who want them, and kept a while for the next size. */
export function createSourceFiles ({ directory, maxBytes, keptBytes = 256 * MIB, keptMs = 120_000 }: SourceFilesOptions) {
  const entries = new Map<string, Entry>()

  function begin (key: string, source: string, open: Open): Entry {
    const stop = new AbortController()
    const entry: Entry = { source, path: Promise.resolve(''), bytes: 0, holders: 0, stop, timer: undefined }
    entry.path = fetchTo(join(directory, `${key}.${randomUUID()}`), open, entry)
    entry.path.catch(() => { if (entries.get(key) === entry) entries.delete(key) })
    entries.set(key, entry)
    return entry
  }

  async function fetchTo (path: string, open: Open, entry: Entry): Promise<string> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    try {
      const body = await open(entry.stop.signal)
      const file = createWriteStream(path, { mode: 0o600 })
      await pipeline(body, byteLimit(maxBytes), file, { signal: entry.stop.signal })
      entry.bytes = file.bytesWritten
      return path
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
  }

  async function drop (key: string, entry: Entry): Promise<void> {
    clearTimeout(entry.timer)
    if (entries.get(key) === entry) entries.delete(key)
    entry.stop.abort()
    const path = await entry.path.catch(() => undefined)
    if (path !== undefined) await rm(path, { force: true })
  }

  /** Nobody wants it now: what is still being fetched stops, what is there waits a while. */
  function rest (key: string, entry: Entry): void {
    if (entry.bytes === 0) return dropQuietly(key, entry)
    entry.timer = setTimeout(() => dropQuietly(key, entry), keptMs).unref()
    const idle = [...entries].filter(([, { holders }]) => holders === 0)
    let bytes = idle.reduce((sum, [, entry]) => sum + entry.bytes, 0)
    for (const [key, entry] of idle) {
      if (bytes <= keptBytes) return
      bytes -= entry.bytes
      dropQuietly(key, entry)
    }
  }

  function dropQuietly (key: string, entry: Entry): void {
    drop(key, entry).catch(() => {})
  }

  return {
    /** @param signal - lets go; the fetch goes on while others hold the same source */
    async hold (source: string, open: Open, signal: AbortSignal): Promise<HeldFile> {
      const key = createHash('sha256').update(source).digest('hex')
      const entry = entries.get(key) ?? begin(key, source, open)
      clearTimeout(entry.timer)
      entry.holders += 1
      const release = (): void => { if (--entry.holders === 0) rest(key, entry) }
      const { promise: left, reject } = Promise.withResolvers<never>()
      const onAbort = (): void => reject(signal.reason)
      signal.addEventListener('abort', onAbort)
      try {
        const path = await Promise.race([entry.path, left])
        return { path, bytes: entry.bytes, release }
      } catch (error) {
        release()
        throw error
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },

    async forget (prefix: string): Promise<void> {
      await Promise.all([...entries].filter(([, { source }]) => source.startsWith(prefix)).map(async ([key, entry]) => await drop(key, entry)))
    },

    async close (): Promise<void> {
      await Promise.all([...entries].map(async ([key, entry]) => await drop(key, entry)))
    }
  }
}

export type SourceFiles = ReturnType<typeof createSourceFiles>
