import { LRUCache } from 'lru-cache'
import type { TaskResult } from './run-conversion.ts'

/** A finished conversion and the source that it was made of. */
export interface StoredResult extends TaskResult { source: string }

/** Results in memory, the least lately used out first; bounded by bytes. */
export function createMemoryResults (maxBytes: number) {
  const results = new LRUCache<string, StoredResult>({ maxSize: Math.max(1, maxBytes), maxEntrySize: Math.max(1, Math.ceil(maxBytes / 4)), sizeCalculation: ({ bytes }) => bytes.length + 512 })
  return {
    get: (key: string) => results.get(key),
    set (key: string, result: StoredResult): void { results.set(key, result) },
    forget (prefix: string): void {
      for (const [key, { source }] of results.entries()) if (source.startsWith(prefix)) results.delete(key)
    },
    get bytes () { return results.calculatedSize }
  }
}

export type MemoryResults = ReturnType<typeof createMemoryResults>
