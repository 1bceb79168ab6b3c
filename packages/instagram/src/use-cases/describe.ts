import { createHash } from 'node:crypto'
import type { FileRecord } from '../domain/file.ts'
import type { MediaItem } from '../domain/media.ts'
import type { Files, MediaSource } from '../domain/ports.ts'
import { drop } from './read.ts'

/** What the row knows; answered without being asked for. */
const CHEAP = ['size', 'mimetype', 'filename', 'uploaded', 'writeable', 'location', 'path', 'container'] as const
/** What the first bytes know. */
const PICTURE = ['width', 'height', 'exif'] as const
/** What all the bytes know. */
const HASHES = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const
/** What the source knows. */
const SOURCE = ['cloud', 'source_url'] as const

/** Everything that can be asked about a file. @see https://www.filestack.com/docs/api/file/ */
export const FLAGS = [...CHEAP, ...PICTURE, ...HASHES, ...SOURCE] as const

export type Flag = typeof FLAGS[number]
export type FileFacts = Partial<Record<Flag, unknown>>

export interface DescribeServices {
  files: Files
  media: MediaSource
}

/** Dimensions and EXIF of a picture stand within its first bytes. */
const HEAD_BYTES = 512 * 1024

/** The facts that were asked for; without a question all that cost nothing. */
export async function describe (services: DescribeServices, record: FileRecord, asked: readonly Flag[], signal?: AbortSignal): Promise<FileFacts> {
  const wanted = asked.length === 0 ? CHEAP : asked
  const wants = (flags: readonly Flag[]): Flag[] => flags.filter(flag => wanted.includes(flag))
  const facts: FileFacts = {
    ...cheapFacts(record),
    ...(wants(PICTURE).length === 0 ? {} : await pictureFacts(services.files, record, wants(['exif']).length > 0, signal)),
    ...(wants(HASHES).length === 0 ? {} : await hashes(services.files, record, wants(HASHES), signal)),
    ...(wants(['cloud']).length === 0 ? {} : { cloud: await cloudFacts(services.media, record, signal) }),
    source_url: record.source.kind === 'url' ? record.source.url : null
  }
  return Object.fromEntries(wanted.map(flag => [flag, facts[flag]]))
}

function cheapFacts ({ source, size, mimetype, filename, createdAtMs: uploaded }: FileRecord): FileFacts {
  const stored = source.kind === 'stored' ? source : undefined
  return { size, mimetype, filename, uploaded, writeable: stored !== undefined, location: stored?.location, path: stored?.key, container: stored?.container }
}

async function pictureFacts (files: Files, record: FileRecord, withExif: boolean, signal: AbortSignal | undefined): Promise<FileFacts> {
  const head = await headOf(files, record, signal)
  const { dimensionsOf, exifOf } = await import('./picture-facts.ts')
  return { ...dimensionsOf(head), ...(withExif ? { exif: await exifOf(head) } : {}) }
}

async function headOf (files: Files, record: FileRecord, signal: AbortSignal | undefined): Promise<Buffer> {
  const { body } = await files.open(record, { ...(record.size === undefined ? {} : { start: 0, end: Math.min(HEAD_BYTES, record.size) - 1 }), ...(signal === undefined ? {} : { signal }) })
  const chunks: Buffer[] = []
  let count = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    count += chunk.length
    if (count >= HEAD_BYTES) break
  }
  drop(body)
  return Buffer.concat(chunks)
}

async function hashes (files: Files, record: FileRecord, names: readonly string[], signal: AbortSignal | undefined): Promise<Record<string, string>> {
  if (record.source.kind === 'stored' && names.every(name => name === 'sha256')) return { sha256: record.source.sha256 }
  const { body } = await files.open(record, signal === undefined ? {} : { signal })
  const counting = names.map(name => ({ name, hash: createHash(name) }))
  for await (const chunk of body as AsyncIterable<Buffer>) for (const { hash } of counting) hash.update(chunk)
  return Object.fromEntries(counting.map(({ name, hash }) => [name, hash.digest('hex')]))
}

/** What Instagram knows of a photo: its caption and when it was taken. */
async function cloudFacts (media: MediaSource, { appKey, origin }: FileRecord, signal: AbortSignal | undefined): Promise<Partial<MediaItem> | null> {
  if (origin === undefined) return null
  const { caption, altText, permalink, takenAt } = await media.find({ appKey, accountId: origin.accountId }, origin.mediaId, signal)
  return Object.fromEntries(Object.entries({ caption, altText, permalink, takenAt }).filter(([, value]) => value !== undefined))
}
