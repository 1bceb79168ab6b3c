import type { Readable } from 'node:stream'
import type { FileRecord } from '../domain/file.ts'
import type { AccountReference } from '../domain/media.ts'
import type { Download, Fetcher, MediaSource, OpenedFile } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'
import type { Locations } from '../storage/locations.ts'
import { sniff } from './sniff.ts'

export interface ReadServices {
  media: MediaSource
  fetcher: Fetcher
  locations: Locations
}

export interface ReadOptions {
  /** First byte, from 0. */
  start?: number
  /** Last byte, inclusive. */
  end?: number
  signal?: AbortSignal
}

/** A symlink's source may grow after it was picked, but not beyond this. */
const MAX_SYMLINK_BYTES = 512 * 1024 * 1024

/** Opens the bytes of a handle: from storage, or from their source by a link that works now. */
export async function read (services: ReadServices, record: FileRecord, options: ReadOptions = {}): Promise<OpenedFile> {
  const { source } = record
  if (source.kind === 'stored') return await readStored(services.locations, record, options)
  const download = await downloadSource(services, record, options)
  if (download.range !== undefined) return { record, body: download.body, size: download.size, mimetype: record.mimetype, range: download.range }
  const { body, mimetype } = await sniff(download.body)
  return { record, body, size: download.size, mimetype, range: undefined }
}

async function readStored (locations: Locations, record: FileRecord, { start, end }: ReadOptions): Promise<OpenedFile> {
  const { source, mimetype } = record
  if (source.kind !== 'stored') throw new TypeError('the file is not stored')
  const { location } = locations.get(source.location)
  const object = await location.open(source.key, { container: source.container, ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) })
  if (object === undefined) throw new ContactsheetError('SOURCE_GONE', 'the stored bytes are no longer there')
  const total = record.size ?? object.size
  const isPartial = start !== undefined || end !== undefined
  const range = isPartial ? { start: start ?? 0, end: Math.min(end ?? total - 1, total - 1), total } : undefined
  return { record, body: object.body, size: range === undefined ? total : range.end - range.start + 1, mimetype, range }
}

async function downloadSource (services: ReadServices, record: FileRecord, { start, end, signal }: ReadOptions): Promise<Download> {
  const { appKey, source } = record
  const range = start === undefined && end === undefined ? {} : { range: `bytes=${start ?? 0}-${end ?? ''}` }
  const options = { maxBytes: MAX_SYMLINK_BYTES, ...range, ...(signal === undefined ? {} : { signal }) }
  if (source.kind === 'url') return await services.fetcher.download(source.url, { ...options, rule: 'public' })
  if (source.kind === 'stored') throw new TypeError('the file is no symlink')
  return await downloadPhoto(services, { appKey, accountId: source.accountId }, source.mediaId, options).catch((error: unknown) => { throw asSourceError(error) })
}

/** Fetches a photo by a link that works now; when the CDN no longer takes the one that was remembered, by a new one. */
export async function downloadPhoto ({ media, fetcher }: Pick<ReadServices, 'media' | 'fetcher'>, account: AccountReference, mediaId: string, options: { maxBytes: number, range?: string, signal?: AbortSignal }): Promise<Download> {
  const first = await media.find(account, mediaId, options.signal)
  try {
    return await fetcher.download(first.url, { ...options, rule: 'instagram' })
  } catch (error) {
    if (!(error instanceof ContactsheetError) || error.code !== 'SOURCE_GONE') throw error
    media.forgetLink(account, mediaId)
    const second = await media.find(account, mediaId, options.signal)
    if (second.url === first.url) throw error
    return await fetcher.download(second.url, { ...options, rule: 'instagram' })
  }
}

/** Who reads a symlink is not who connected the account: the same trouble has another name there. */
function asSourceError (error: unknown): unknown {
  if (!(error instanceof ContactsheetError)) return error
  const cause = { cause: error }
  switch (error.code) {
    case 'INSTAGRAM_NOT_CONNECTED':
    case 'INSTAGRAM_RECONNECT_REQUIRED':
      return new ContactsheetError('SOURCE_RECONNECT_REQUIRED', 'the photo can be read again when its owner has connected Instagram anew', cause)
    case 'INSTAGRAM_UNAVAILABLE':
    case 'DOWNLOAD_FAILED':
      return new ContactsheetError('SOURCE_UNAVAILABLE', 'Instagram could not be reached', cause)
    default:
      return error
  }
}

/** Ends a body that will not be read. */
export function drop (body: Readable): void {
  body.on('error', () => {}).destroy()
}
