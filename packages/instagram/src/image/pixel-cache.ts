import { LRUCache } from 'lru-cache'
import type { Size } from '../domain/conversion/fit.ts'
import type { Header } from './header.ts'
import type { Pixels } from './picture.ts'

/** Decoded pictures, kept briefly: the second size of a photo then costs a third of the first. */
export interface PixelCache {
  header: (source: string) => Header | undefined
  /** Pixels from which `need` can be made without loss. */
  get: (source: string, need: Size) => Pixels | undefined
  /** Says whether the pixels are kept; those that are not belong to the caller alone. */
  set: (source: string, header: Header, pixels: Pixels) => boolean
  forget: (prefix: string) => void
}

interface Entry { header: Header, pixels: Pixels | undefined }

/** How long pixels wait for the next size. */
export const PIXELS_KEPT_MS = 120_000

const HEADER_BYTES = 512

/**
 * @param maxBytes - of all pictures together; one may have half of it
 * @param onDrop - hears of pixels that are kept no more; work that got them before may still be using them
 */
export function createPixelCache (maxBytes: number, keptMs = PIXELS_KEPT_MS, onDrop: (pixels: Pixels) => void = () => {}): PixelCache {
  const entries = new LRUCache<string, Entry>({
    maxSize: Math.max(1, maxBytes),
    sizeCalculation: ({ pixels }) => HEADER_BYTES + (pixels?.data.length ?? 0),
    ttl: keptMs,
    dispose: ({ pixels }) => { if (pixels !== undefined) onDrop(pixels) }
  })
  return {
    header: source => entries.get(source)?.header,
    get (source, need) {
      const pixels = entries.get(source)?.pixels
      return pixels !== undefined && pixels.width >= need.width && pixels.height >= need.height ? pixels : undefined
    },
    set (source, header, pixels) {
      const known = entries.peek(source)
      if (known?.pixels !== undefined && known.pixels.width >= pixels.width) return false
      const isKept = pixels.data.length <= maxBytes / 2
      if (isKept || known === undefined) entries.set(source, { header, pixels: isKept ? pixels : undefined })
      return isKept
    },
    forget (prefix) {
      for (const source of [...entries.keys()]) if (source.startsWith(prefix)) entries.delete(source)
    }
  }
}
