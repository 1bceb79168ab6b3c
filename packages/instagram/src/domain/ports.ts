import type { Readable } from 'node:stream'
import type { App } from '../options.ts'
import type { ConversionPlan } from './conversion/plan.ts'
import type { ConversionMetrics } from './conversion/metrics.ts'
import type { EventDraft } from './event.ts'
import type { FileOrigin, FileRecord } from './file.ts'
import type { FileRules } from './file-rules.ts'
import type { AccountReference, MediaItem, MediaPage } from './media.ts'

/** Instagram, as the use cases need it; implemented by `graph/`. */
export interface MediaSource {
  /**
   * One page of an account's media, newest first: photos and albums of photos, with `videos` also videos.
   *
   * @throws {ContactsheetError} INSTAGRAM_NOT_CONNECTED, INSTAGRAM_RECONNECT_REQUIRED, INSTAGRAM_LIMIT_REACHED, INSTAGRAM_UNAVAILABLE
   */
  list (account: AccountReference, page: { after?: string, limit?: number, videos?: boolean }, signal?: AbortSignal): Promise<MediaPage>
  /**
   * One photo with a link that works now (cached until shortly before its expiry).
   *
   * @throws {ContactsheetError} SOURCE_GONE, INSTAGRAM_RECONNECT_REQUIRED, INSTAGRAM_LIMIT_REACHED, INSTAGRAM_UNAVAILABLE
   */
  find (account: AccountReference, mediaId: string, signal?: AbortSignal): Promise<MediaItem & { url: string }>
  /** The CDN refused the link that `find` gave: the next `find` asks Instagram anew. */
  forgetLink (account: AccountReference, mediaId: string): void
  /** Like `find`, but also for a video (its still picture) and for an album (its first photo). */
  preview (account: AccountReference, mediaId: string, signal?: AbortSignal): Promise<MediaItem & { url: string }>
}

/** Which addresses a download may reach: Instagram's listed CDN hosts, or any public address over https. */
export type DownloadRule = 'instagram' | 'public'

export interface Download {
  body: Readable
  /** Bytes to come, when the server said so. */
  size: number | undefined
  /** What the server called it; not to be trusted. */
  mimetype: string | undefined
  /** Present when the server answered a range request: first and last byte, and the whole size. */
  range: { start: number, end: number, total: number } | undefined
}

/** The one door through which bytes from outside enter; implemented by `fetcher/`. */
export interface Fetcher {
  download (url: string, options: { rule: DownloadRule, maxBytes: number, range?: string, signal?: AbortSignal }): Promise<Download>
}

export interface StoredObject {
  size: number
  body: Readable
}

/** A place that keeps bytes; implemented by `storage/disk.ts` and `storage/s3.ts`. Keys are checked before they come here. */
export interface StorageLocation {
  /** Visible only when whole; a failure or an abort leaves nothing behind. */
  put (key: string, body: Readable, options: { container?: string, mimetype: string, signal?: AbortSignal }): Promise<void>
  open (key: string, options?: { container?: string, start?: number, end?: number }): Promise<StoredObject | undefined>
  stat (key: string, options?: { container?: string }): Promise<{ size: number } | undefined>
  remove (key: string, options?: { container?: string }): Promise<void>
  /** A path in this machine's file system that holds the bytes, when there is one: conversions read it without a copy. */
  pathOf? (key: string, options?: { container?: string }): string
  /** An address of the bytes themselves, signed and good for a few minutes, when the location has such. */
  signedUrl? (key: string, options: { container?: string, mimetype: string, disposition: string, cacheControl: string }): Promise<string>
  /** What `provider` says in `fp.converse`. */
  readonly provider: 'internal' | 'amazon'
  /** Containers that may be asked for; the first is the one used when none is. */
  readonly containers: readonly string[]
  close? (): Promise<void>
}

export interface OpenedFile {
  record: FileRecord
  body: Readable
  /** Bytes of `body`; absent when the source did not say. */
  size: number | undefined
  /** By the first bytes, never by the name. */
  mimetype: string
  /** Present for a partial answer. */
  range: { start: number, end: number, total: number } | undefined
}

export interface SaveRequest {
  app: App
  sessionId: string | undefined
  body: Readable
  /** Empty: `file` with the extension of the bytes. */
  filename: string
  /** What the sender called it: believed for texts only, which no first bytes give away. */
  mimetype?: string | undefined
  /** Location name as the client wrote it; not case-sensitive. */
  location: string
  path?: string | undefined
  container?: string | undefined
  access?: 'public' | 'private' | undefined
  client: string
  /** The Instagram photo that these bytes come from. */
  origin?: FileOrigin
  /** What the bytes must be. @defaultValue anything of at most the app's `maxSize` */
  rules?: FileRules
  /** The event to tell in the same transaction; gets the new record. */
  event: (record: FileRecord) => EventDraft
  signal?: AbortSignal
}

/** Reading and keeping files; implemented by the use cases of files, used by conversions too. */
export interface Files {
  /** @throws {ContactsheetError} FILE_NOT_FOUND */
  find (handle: string): Promise<FileRecord>
  /** @throws {ContactsheetError} FILE_NOT_FOUND, SOURCE_GONE, SOURCE_RECONNECT_REQUIRED and what the fetcher throws */
  open (record: FileRecord, options?: { start?: number, end?: number, signal?: AbortSignal }): Promise<OpenedFile>
  /** Equal for equal bytes: the SHA-256 of a stored file, the media id of a symlink. */
  contentKey (record: FileRecord): string
  /** A path on this machine that holds the bytes, when there is one. */
  pathOf (record: FileRecord): string | undefined
  /** What `provider` says in `fp.converse`: `internal`, `amazon` or `Instagram`. */
  providerOf (record: FileRecord): string
  /** Streams bytes to a location and makes a handle, row and event in one transaction. */
  save (request: SaveRequest): Promise<FileRecord>
  /** Absolute address of a file, `<publicUrl><prefix>/api/file/<handle>`. */
  urlOf (record: FileRecord): string
  /** Writes an event that belongs to no change of ours (a computed GET conversion). */
  tell (handle: string, event: EventDraft): Promise<void>
}

/** Bytes to convert, or to lay over: on this machine's disk, or to be fetched. */
export interface SourceBytes {
  /** Identity of the bytes: equal keys, equal bytes. */
  contentKey: string
  /** Its kind, when it is known: some take more work than others. */
  mimetype?: string | undefined
  /** How many there are, when that is known. */
  size?: number | undefined
  /** Path on this machine, when there is one; else `open` is called. */
  path?: string | undefined
  open: (signal: AbortSignal) => Promise<Readable>
}

export interface ConversionJob extends SourceBytes {
  /** `format=auto` has been decided. */
  plan: ConversionPlan
  /** The picture of the plan's watermark. */
  overlay?: SourceBytes | undefined
  /** The caller left. The work goes on while others wait for it. */
  signal?: AbortSignal | undefined
}

export interface Converted {
  bytes: Buffer
  mimetype: string
  widthPx: number
  heightPx: number
  /** Strong, quoted; a pure function of content key, plan and encoder version. */
  etag: string
  outcome: 'memory' | 'disk' | 'joined' | 'converted'
}

/** Runs conversions within bounds; implemented by `image/`. */
export interface Converter {
  /** @throws {ContactsheetError} IMAGE_UNSUPPORTED, IMAGE_UNREADABLE, IMAGE_TOO_LARGE, FILE_TOO_LARGE, CONVERSION_INVALID, CONVERSION_BUSY, CONVERSION_TIMED_OUT, and what `open` throws */
  convert (job: ConversionJob): Promise<Converted>
  /** The result with this tag, at once, when it is in memory. */
  known (etag: string): Converted | undefined
  /** The result with this tag, as soon as it is there, when it is being made for somebody else; `signal` makes the one of a caller who may leave. */
  join (etag: string, signal: () => AbortSignal): Promise<Converted> | undefined
  /** The tag of a result, without any work; equal tags, equal bytes. */
  etag (job: Pick<ConversionJob, 'contentKey' | 'plan'> & { overlay?: Pick<SourceBytes, 'contentKey'> | undefined }): string
  /** Drops what is kept of sources whose content key begins so: results, decoded pictures, fetched originals. */
  forget (contentKeyPrefix: string): Promise<void>
  /** Counters since the start, and gauges. The same is published on `diagnostics_channel`. */
  metrics (): ConversionMetrics
  close (): Promise<void>
}
