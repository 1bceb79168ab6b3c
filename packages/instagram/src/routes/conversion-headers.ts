import type { FileRecord } from '../domain/file.ts'
import { extensionOf } from '../domain/conversion/output.ts'
import { refuseParameter } from '../domain/conversion/refusal.ts'
import { flag, integer } from '../domain/conversion/values.ts'
import { withExtension } from '../domain/storage-key.ts'
import { cacheControl, fileHeaders, SAFETY } from './deliver.ts'

/** How a result is sent: parameters of the route, not of the picture. */
export interface Delivery {
  /** `true`: kept for ten years; `false`: not at all; a number: so many seconds. */
  cache: boolean | number | undefined
  describe: (source: FileRecord, mimetype: string) => Record<string, string>
}

export function readDelivery ({ cache, dl }: Record<string, unknown>): Delivery {
  const isDownload = dl === undefined ? false : flag(String(dl), 'dl')
  return {
    cache: cache === undefined ? undefined : readCache(String(cache)),
    describe: (source, mimetype) => fileHeaders({ ...source, filename: withExtension(source.filename, extensionOf(mimetype)) }, mimetype, isDownload)
  }
}

const readSeconds = integer(0, 315_360_000)

function readCache (text: string): boolean | number {
  if (text === 'true' || text === 'false') return text === 'true'
  try {
    return readSeconds(text, 'cache')
  } catch {
    return refuseParameter('cache', 'true, false, or seconds from 0 to 315360000', text)
  }
}

export interface HeadersOf {
  etag: string
  source: FileRecord
  delivery: Delivery
  /** The format was chosen by the `Accept` header. */
  isNegotiated: boolean
  /** Every call needs a policy: no shared cache may answer without one. */
  isPrivate: boolean
}

/** What a result and its 304 carry. */
export function conversionHeaders ({ etag, source, delivery, isNegotiated, isPrivate }: HeadersOf): Record<string, string> {
  return {
    ...SAFETY,
    etag,
    'cache-control': cachingOf(source, delivery.cache, isPrivate),
    ...(isNegotiated ? { vary: 'Accept, Origin' } : {})
  }
}

/**
 * A stored file may be overwritten and a link's photo may vanish, so that neither is promised for ever; asking again costs a
 * 304 that needs no work.
 */
function cachingOf ({ source }: FileRecord, cache: Delivery['cache'], isPrivate: boolean): string {
  const scope = isPrivate ? 'private' : 'public'
  if (typeof cache === 'boolean') return isPrivate && cache ? cacheControl(cache).replace('public', scope) : cacheControl(cache)
  const seconds = cache ?? (source.kind === 'stored' ? 3_600 : 300)
  return `${scope}, max-age=${seconds}, stale-while-revalidate=86400`
}
