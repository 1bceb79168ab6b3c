import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { packResult, PART, unpackResult } from './result-file.ts'
import type { StoredResult } from './results.ts'

const LONGEST_SOURCE_BYTES = 120

/**
 * Results on disk: `<directory>/<source>/<key>`, so that all of one source can be dropped. They survive restarts; the least
 * lately used go first. A file is written beside its place and renamed, and says its own length, so that no half of one is ever read.
 */
export function createDiskResults ({ directory, maxBytes }: { directory: string, maxBytes: number }) {
  const files = new LRUCache<string, number>({
    maxSize: Math.max(1, maxBytes),
    sizeCalculation: size => Math.max(1, size),
    dispose: (_size, path, reason) => { if (reason === 'evict') rm(path, { force: true }).catch(() => {}) }
  })
  let isListed = false
  const listed = list(directory, files).catch(() => {}).finally(() => { isListed = true })
  const pathOf = (source: string, key: string): string => join(directory, folderOf(source), key)

  const writing = new Set<Promise<void>>()

  /** A cache that cannot be written is no reason to fail. */
  async function write (key: string, result: StoredResult): Promise<void> {
    const path = pathOf(result.source, key)
    const part = `${path}.${randomUUID()}${PART}`
    const packed = packResult(result)
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(part, packed, { mode: 0o600 })
      await rename(part, path)
      files.set(path, packed.length)
    } catch {
      await rm(part, { force: true }).catch(() => {})
    }
  }

  return {
    async get (source: string, key: string): Promise<StoredResult | undefined> {
      const path = pathOf(source, key)
      if (isListed && !files.has(path)) return undefined
      const bytes = await readFile(path).catch(() => undefined)
      const result = bytes === undefined ? undefined : unpackResult(bytes)
      if (bytes !== undefined) files.set(path, bytes.length)
      return result === undefined ? undefined : { ...result, source }
    },

    pathOf,

    /** Counts a file that a process of the pool has written. */
    adopt (key: string, { source, bytes }: StoredResult): void {
      files.set(pathOf(source, key), bytes.length)
    },

    async set (key: string, result: StoredResult): Promise<void> {
      const written = write(key, result).finally(() => { writing.delete(written) })
      writing.add(written)
      await written
    },

    async forget (prefix: string): Promise<void> {
      await Promise.all([listed, ...writing])
      for (const folder of await readdir(directory).catch(() => [])) {
        if (!mayBeginWith(folder, prefix)) continue
        const path = join(directory, folder)
        await rm(path, { recursive: true, force: true })
        for (const file of [...files.keys()]) if (dirname(file) === path) files.delete(file)
      }
    },

    get bytes () { return files.calculatedSize },

    close: async () => { await Promise.all([listed, ...writing]) }
  }
}

export type DiskResults = ReturnType<typeof createDiskResults>

/** What an earlier run left, oldest first, so that the newest is kept longest. */
async function list (directory: string, files: LRUCache<string, number>): Promise<void> {
  const found: Array<{ path: string, size: number, mtimeMs: number }> = []
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if (entry.name.endsWith(PART)) await rm(path, { force: true })
    else found.push({ path, ...await stat(path) })
  }
  for (const { path, size } of found.sort((left, right) => left.mtimeMs - right.mtimeMs)) files.set(path, size)
}

/** A source's identity as a folder name that can be read back; a long one by its beginning and its hash. */
function folderOf (source: string): string {
  const bytes = Buffer.from(source)
  if (bytes.length <= LONGEST_SOURCE_BYTES) return bytes.toString('base64url')
  return `${bytes.subarray(0, LONGEST_SOURCE_BYTES).toString('base64url')}~${createHash('sha256').update(bytes).digest('base64url')}`
}

function mayBeginWith (folder: string, prefix: string): boolean {
  const [start = '', hash] = folder.split('~')
  const source = Buffer.from(start, 'base64url').toString()
  return source.startsWith(prefix) || (hash !== undefined && prefix.startsWith(source))
}
