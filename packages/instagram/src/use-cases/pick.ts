import type { Readable } from 'node:stream'
import { faultOfSize, faultOfType, matchesMimetype, type FileRules } from '../domain/file-rules.ts'
import { newHandle } from '../domain/handle.ts'
import { uploadEvent } from '../domain/file-event.ts'
import type { FileRecord, FileSource, NewFile } from '../domain/file.ts'
import type { AccountReference, MediaItem } from '../domain/media.ts'
import type { Download, Fetcher, MediaSource } from '../domain/ports.ts'
import { safeFilename, withExtension } from '../domain/storage-key.ts'
import { ContactsheetError, refuse } from '../errors.ts'
import type { FilesOfHost } from '../host.ts'
import type { App } from '../options.ts'
import type { Connections } from '../stores/connections.ts'
import type { FilesStore } from '../stores/files.ts'
import { downloadPhoto, drop } from './read.ts'
import { sniff, type ContentType } from './sniff.ts'
import { checkUrl, reachUrl, type UploadedUrl } from './upload.ts'

export interface PickServices {
  media: MediaSource
  fetcher: Fetcher
  store: FilesStore
  files: FilesOfHost
  connections: Pick<Connections, 'isKnown'>
  now: () => number
}

/** Where a copy goes, as a client asks for it. */
export interface StoreTarget {
  /** @defaultValue 'S3' */
  location?: string | undefined
  path?: string | undefined
  container?: string | undefined
  access?: 'public' | 'private' | undefined
}

interface Picker {
  app: App
  sessionId: string | undefined
  rules: FileRules
  signal?: AbortSignal
}

export const INSTAGRAM_CLIENT = 'Instagram'

/** As much as tells a kind of file and its size. */
const FIRST_BYTES = 'bytes=0-4199'

/** Makes a symlink to one photo: its bytes stay at Instagram. */
export async function pick (services: PickServices, picker: Picker, account: AccountReference, mediaId: string): Promise<FileRecord> {
  const item = await findPhoto(services.media, account, mediaId, picker.signal)
  const seen = await look(picker, await downloadPhoto(services, account, mediaId, { maxBytes: picker.rules.maxBytes, range: FIRST_BYTES, ...signalOf(picker) }))
  const origin = { accountId: account.accountId, mediaId: item.id }
  const record = await link(services, picker, {
    filename: photoName(item, seen),
    client: INSTAGRAM_CLIENT,
    source: { kind: 'instagram', ...origin },
    origin,
    seen
  })
  return await unlessErased(services, account, record)
}

/** Copies one photo to a storage location. One whose size is announced and wrong is refused before anything is written. */
export async function pickAndStore (services: PickServices, picker: Picker, account: AccountReference, mediaId: string, target: StoreTarget): Promise<FileRecord> {
  const item = await findPhoto(services.media, account, mediaId, picker.signal)
  const download = await downloadPhoto(services, account, mediaId, { maxBytes: picker.rules.maxBytes, ...signalOf(picker) })
  refuseSize(picker, download)
  const { body, ...content } = await sniff(download.body)
  const record = await services.files.save({
    app: picker.app,
    sessionId: picker.sessionId,
    rules: picker.rules,
    body,
    filename: photoName(item, content),
    ...target,
    location: target.location ?? 'S3',
    client: INSTAGRAM_CLIENT,
    origin: { accountId: account.accountId, mediaId: item.id },
    event: record => uploadEvent(record, services.files.urlOf(record), services.now()),
    ...signalOf(picker)
  })
  return await unlessErased(services, account, record)
}

/**
 * An erasure takes the connections first and the files then: whoever still sees a connection after his file is there knows that the
 * erasure will see the file.
 */
async function unlessErased ({ connections, files }: PickServices, account: AccountReference, record: FileRecord): Promise<FileRecord> {
  if (await connections.isKnown(account)) return record
  await files.remove(record.handle).catch((error: unknown) => { if (!isMissing(error)) throw error })
  throw new ContactsheetError('INSTAGRAM_NOT_CONNECTED', 'Instagram was disconnected while the photo was being picked.')
}

function isMissing (error: unknown): boolean {
  return error instanceof ContactsheetError && error.code === 'FILE_NOT_FOUND'
}

/** Makes a symlink to a public address. */
export async function pickUrl (services: PickServices, picker: Picker, { url, filename }: UploadedUrl): Promise<FileRecord> {
  checkUrl(url, picker.rules)
  const seen = await reachUrl(async () => await look(picker, await services.fetcher.download(url, { rule: 'public', maxBytes: picker.rules.maxBytes, range: FIRST_BYTES, ...signalOf(picker) })))
  return await link(services, picker, { filename: safeFilename(filename), client: 'URL', source: { kind: 'url', url }, origin: undefined, seen })
}

interface Seen extends ContentType { size: number | undefined }

async function link (services: PickServices, { app, sessionId, rules }: Picker, target: Pick<NewFile, 'filename' | 'client' | 'source' | 'origin'> & { source: FileSource, seen: Seen }): Promise<FileRecord> {
  const { seen, ...rest } = target
  refuse(faultOfType(rules, seen.mimetype, rest.filename))
  refuse(seen.size === undefined ? undefined : faultOfSize(rules, seen.size))
  const time = services.now()
  const file = { handle: newHandle(), appKey: app.key, sessionId, mimetype: seen.mimetype, size: seen.size, createdAtMs: time, modifiedAtMs: time, ...rest }
  return await services.store.insert(file, record => uploadEvent(record, services.files.urlOf(record), time))
}

async function findPhoto (media: MediaSource, account: AccountReference, mediaId: string, signal: AbortSignal | undefined): Promise<MediaItem & { url: string }> {
  const item = await media.find(account, mediaId, signal)
  if (item.kind !== 'image') throw new ContactsheetError('FILE_TYPE_NOT_ALLOWED', `only photos can be picked, ${mediaId} is a ${item.kind}`)
  return item
}

/** The kind and the size of something outside, without taking all of it; only where a limit has to be kept and nobody says the size, it is counted. */
async function look ({ app, rules: { minBytes = 0, maxBytes } }: Picker, download: Download): Promise<Seen> {
  const { body, ...content } = await sniff(download.body)
  const told = download.range?.total ?? download.size
  const isLimited = minBytes > 0 || maxBytes < app.maxSize
  if (told === undefined && isLimited) return { ...content, size: await lengthOf(body) }
  drop(body)
  return { ...content, size: told }
}

async function lengthOf (body: Readable): Promise<number> {
  let bytes = 0
  for await (const chunk of body) bytes += (chunk as Buffer).length
  return bytes
}

/** @throws {ContactsheetError} FILE_EMPTY, FILE_TOO_SMALL; larger ones the fetcher has refused by then */
function refuseSize ({ rules }: Picker, { body, size }: Download): void {
  const fault = size === undefined ? undefined : faultOfSize(rules, size)
  if (fault !== undefined) drop(body)
  refuse(fault)
}

/** `<media id>.jpg`, with another extension when the bytes are no JPEG. */
function photoName (item: MediaItem, { mimetype, extension }: ContentType): string {
  return safeFilename(matchesMimetype(mimetype, 'image/*') && extension !== undefined ? withExtension(item.filename, extension) : item.filename)
}

function signalOf ({ signal }: Picker): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal }
}
