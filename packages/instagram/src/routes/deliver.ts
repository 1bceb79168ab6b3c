import { pipeline } from 'node:stream'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import isFresh from 'fresh'
import { parse as parseRange } from 'range-parser'
import type { FileRecord } from '../domain/file.ts'
import type { Files } from '../domain/ports.ts'
import type { InstagramServices } from '../services.ts'
import { ContactsheetError } from '../errors.ts'
import { drop } from '../use-cases/read.ts'
import { abortedWith } from './aborted.ts'
import { base64Encoder } from './base64.ts'

export interface DeliverOptions {
  /** `true`: kept for ten years; `false`: not at all; absent: asked for anew each time, which costs no bytes. */
  cache?: boolean
  /** Offers to save the file instead of showing it. */
  dl?: boolean
  /** Sends the bytes as Base64 text. */
  base64encode?: boolean
}

type Version = Partial<Record<'etag' | 'last-modified', string>>

/** Kinds that a browser may show by itself. Whatever can carry script (SVG, HTML, XML, PDF) is only ever saved. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/heic', 'image/heif', 'image/tiff', 'image/bmp', 'image/x-icon', 'image/apng', 'image/jxl'])

/** `range-parser`'s code for a range that begins behind the end. */
const UNSATISFIABLE = 2

/** Even bytes that lie about their kind can do nothing on our origin. */
export const SAFETY = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin'
}

/** Sends the bytes of a file, or the part of them that was asked for, or the news that nothing changed. */
export async function deliver (request: FastifyRequest, reply: FastifyReply, services: InstagramServices, record: FileRecord, options: DeliverOptions): Promise<FastifyReply> {
  if (options.base64encode === true) return await deliverText(reply, services.files, record)
  const address = await signedUrlOf(services, record, options)
  if (address !== undefined) return reply.header('cache-control', 'private, no-store').redirect(address)
  const { files } = services
  const version = versionOf(files, record)
  const common = { ...SAFETY, 'cache-control': cacheControl(options.cache), 'accept-ranges': 'bytes', ...version }
  if (isFresh(request.headers, common)) return reply.headers(common).code(304).send()

  const { body, mimetype, size, range } = await files.open(record, { ...rangeOf(request, reply, record, version), signal: abortedWith(reply) })
  reply.headers({ ...common, ...fileHeaders(record, mimetype, options.dl), ...(size === undefined ? {} : { 'content-length': String(size) }) })
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${range.total}`)
  // Bytes that break before the first one is sent become an answer of 500, which nobody may keep.
  body.once('error', () => { reply.header('cache-control', 'no-store') })
  if (request.method !== 'HEAD') return reply.send(body)
  drop(body)
  return reply.send()
}

/** `filepicker.read(blob, { base64encode: true })`. */
async function deliverText (reply: FastifyReply, files: Files, record: FileRecord): Promise<FastifyReply> {
  const { body } = await files.open(record, { signal: abortedWith(reply) })
  return reply.headers({ ...SAFETY, 'cache-control': 'no-cache', 'content-type': 'text/plain; charset=us-ascii', 'x-file-name': asHeader(record.filename) }).send(pipeline(body, base64Encoder(), () => {}))
}

/** A public file is read at its location itself, when that has addresses of its own. */
async function signedUrlOf ({ locations }: InstagramServices, { source, mimetype, filename }: FileRecord, { dl, cache }: DeliverOptions): Promise<string | undefined> {
  if (source.kind !== 'stored' || source.access !== 'public') return undefined
  const { location } = locations.get(source.location)
  return await location.signedUrl?.(source.key, { container: source.container, mimetype, disposition: dispositionOf(filename, mimetype, dl), cacheControl: cacheControl(cache) })
}

/** Name and kind of a file, as its bytes and its row say. */
export function fileHeaders (record: FileRecord, mimetype: string, isDownload = false): Record<string, string> {
  return {
    'content-type': mimetype === 'text/plain' ? 'text/plain; charset=utf-8' : mimetype,
    'content-disposition': dispositionOf(record.filename, mimetype, isDownload),
    'x-file-name': asHeader(record.filename)
  }
}

export function dispositionOf (filename: string, mimetype: string, isDownload = false): string {
  // A name without blanks comes unquoted, which is right but not what readers of this header are used to.
  return contentDisposition(filename, { type: isDownload || !SHOWN.has(mimetype) ? 'attachment' : 'inline' }).replace(/ filename=([^"; ]+)/, ' filename="$1"')
}

/** @see https://www.filestack.com/docs/file-caching */
export function cacheControl (cache: boolean | undefined): string {
  if (cache === undefined) return 'private, no-cache'
  return cache ? 'public, max-age=315360000, no-transform' : 'no-cache'
}

/** One range is answered; several at once, or of a file whose size is unknown, get the whole. */
function rangeOf ({ headers }: FastifyRequest, reply: FastifyReply, record: FileRecord, version: Version): { start?: number, end?: number } {
  const { range, 'if-range': ifRange } = headers
  if (range === undefined || record.size === undefined) return {}
  if (ifRange !== undefined && !Object.values(version).includes(String(ifRange))) return {}
  const { code, type, ranges } = parseRange(record.size, range)
  if (code === UNSATISFIABLE) {
    reply.header('content-range', `bytes */${record.size}`)
    throw new ContactsheetError('RANGE_NOT_SATISFIABLE', `the file has ${record.size} bytes`)
  }
  const [only, ...more] = ranges
  return only === undefined || more.length > 0 || type !== 'bytes' ? {} : { start: only.start, end: only.end }
}

/** What tells one state of a file from another: equal bytes, equal tag. What is behind a public address may change, so that it has none. */
function versionOf (files: Files, record: FileRecord): Version {
  return record.source.kind === 'url' ? {} : { etag: `"${files.contentKey(record)}"`, 'last-modified': new Date(record.modifiedAtMs).toUTCString() }
}

/** Header values are Latin-1 at best. */
function asHeader (text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text)
}
