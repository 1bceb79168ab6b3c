import { LRUCache } from 'lru-cache'
import type { FileRecord } from '../domain/file.ts'
import type { FilesStore } from './files.ts'

/** How long a row is trusted without a look at the database: another host that removes the file is noticed so much later. */
const TRUSTED_MS = 1_000
const MAX_ROWS = 10_000

/** The table of handles with a short memory for what is asked for again and again. Changes through this store are seen at once. */
export function withRecentFiles (store: FilesStore) {
  const recent = new LRUCache<string, FileRecord>({ max: MAX_ROWS, ttl: TRUSTED_MS, ttlResolution: 100 })
  let changes = 0

  /** Rows that are being read while something changes may be old already, and are not remembered. */
  async function changing<Result> (change: Promise<Result>): Promise<Result> {
    try {
      return await change
    } finally {
      changes += 1
      recent.clear()
    }
  }

  async function read (handle: string): Promise<FileRecord | undefined> {
    const before = changes
    const found = await store.find(handle)
    if (found !== undefined && before === changes) recent.set(handle, found)
    return found
  }

  return {
    ...store,
    /** The row at once when it was read a moment ago, else the promise of it. */
    findRecent: (handle: string): FileRecord | Promise<FileRecord | undefined> => recent.get(handle) ?? read(handle),
    replace: async (...parameters: Parameters<FilesStore['replace']>) => await changing(store.replace(...parameters)),
    remove: async (...parameters: Parameters<FilesStore['remove']>) => await changing(store.remove(...parameters)),
    removeOf: async (...parameters: Parameters<FilesStore['removeOf']>) => await changing(store.removeOf(...parameters))
  }
}
