import { LRUCache } from 'lru-cache'
import type { Size } from '../domain/conversion/fit.ts'
import type { Header } from './header.ts'
import type { Pixels } from './picture.ts'

/** Decoded pictures, kept briefly: the second size of a photo then costs a third of the first. */
export interface PixelCache {
  header: (source: string) => Header | undefined
  /** Pixels from which `need` can be made without loss. */
  get: (source: string, need: Size) => Pixels | undefined
  set: (source: string, header: Header, pixels: Pixels) => void
  forget: (prefix: string) => void
}

interface Entry { header: Header, pixels: Pixels | undefined }

/** How long pixels wait for the next size. */
export const PIXELS_KEPT_MS = 120_000

const HEADER_BYTES = 512

/** @param maxBytes - of all pictures together; one may have a quarter of it */
export function createPixelCache (maxBytes: number, keptMs = PIXELS_KEPT_MS): PixelCache {
  const entries = new LRUCache<string, Entry>({
    maxSize: Math.max(1, maxBytes),
    sizeCalculation: ({ pixels }) => HEADER_BYTES + (pixels?.data.length ?? 0),
    ttl: keptMs
  })
  return {
    header: source => entries.get(source)?.header,
    get (source, need) {
      const pixels = entries.get(source)?.pixels
      return pixels !== undefined && pixels.width >= need.width && pixels.height >= need.height ? pixels : undefined
    },
    set (source, header, pixels) {
      const known = entries.peek(source)?.pixels
      if (known !== undefined && known.width >= pixels.width) return
      entries.set(source, { header, pixels: pixels.data.length > maxBytes / 4 ? known : pixels })
    },
    forget (prefix) {
      for (const source of [...entries.keys()]) if (source.startsWith(prefix)) entries.delete(source)
    }
  }
}
