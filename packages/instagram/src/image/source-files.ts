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
  release: () => void
}

interface Entry { path: Promise<string>, holders: number, usedAt: number, source: string }

/**
 * Sources that are not on this machine's disk, fetched once for all who want them at the same time and kept for a while
 * for the next size.
 */
export function createSourceFiles ({ directory, maxBytes, keep = 64 }: { directory: string, maxBytes: number, keep?: number }) {
  const entries = new Map<string, Entry>()
  let clock = 0

  async function fetchTo (path: string, open: (signal: AbortSignal) => Promise<Readable>): Promise<string> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const stop = new AbortController()
    try {
      await pipeline(await open(stop.signal), byteLimit(maxBytes), createWriteStream(path, { mode: 0o600 }))
      return path
    } catch (error) {
      stop.abort()
      await rm(path, { force: true })
      throw error
    }
  }

  async function drop (key: string, entry: Entry): Promise<void> {
    entries.delete(key)
    const path = await entry.path.catch(() => undefined)
    if (path !== undefined) await rm(path, { force: true })
  }

  function trim (): void {
    const idle = [...entries].filter(([, { holders }]) => holders === 0).sort(([, left], [, right]) => left.usedAt - right.usedAt)
    for (const [key, entry] of idle.slice(0, Math.max(0, entries.size - keep))) void drop(key, entry)
  }

  return {
    async hold (source: string, open: (signal: AbortSignal) => Promise<Readable>): Promise<HeldFile> {
      const key = createHash('sha256').update(source).digest('hex')
      const known = entries.get(key)
      const entry = known ?? { path: fetchTo(join(directory, `${key}.${randomUUID()}`), open), holders: 0, usedAt: 0, source }
      entries.set(key, entry)
      entry.holders += 1
      entry.usedAt = ++clock
      const release = (): void => {
        entry.holders -= 1
        trim()
      }
      try {
        return { path: await entry.path, release }
      } catch (error) {
        if (entries.get(key) === entry) entries.delete(key)
        throw error
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
