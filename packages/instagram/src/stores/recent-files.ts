import type { FileRecord } from '../domain/file.ts'
import type { FilesStore } from './files.ts'

/** How long a row is trusted without a look at the database: another host that removes the file is noticed so much later. */
const TRUSTED_MS = 1_000
const MAX_ROWS = 10_000

/** The table of handles with a short memory for what is asked for again and again. Changes through this store are seen at once. */
export function withRecentFiles (store: FilesStore) {
  const recent = new Map<string, FileRecord>()
  let forgetting: NodeJS.Timeout | undefined
  let changes = 0

  function remember (handle: string, row: FileRecord): void {
    if (recent.size >= MAX_ROWS) return
    recent.set(handle, row)
    forgetting ??= setTimeout(forget, TRUSTED_MS).unref()
  }

  /** All rows at once: a look at the clock for each that is asked for would cost more than reading them again. */
  function forget (): void {
    clearTimeout(forgetting)
    forgetting = undefined
    recent.clear()
  }

  /** Rows that are being read while something changes may be old already, and are not remembered. */
  async function changing<Result> (change: Promise<Result>): Promise<Result> {
    try {
      return await change
    } finally {
      changes += 1
      forget()
    }
  }

  async function read (handle: string): Promise<FileRecord | undefined> {
    const before = changes
    const found = await store.find(handle)
    if (found !== undefined && before === changes) remember(handle, found)
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
