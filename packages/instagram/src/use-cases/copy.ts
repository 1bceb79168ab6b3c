import { createHash } from 'node:crypto'
import { PassThrough, pipeline, Transform, type Readable } from 'node:stream'
import { faultOfPlace, faultOfSize, faultOfType, type FileRules } from '../domain/file-rules.ts'
import type { SaveRequest, StorageLocation } from '../domain/ports.ts'
import { safeFilename, storageKey } from '../domain/storage-key.ts'
import { ContactsheetError, refuse } from '../errors.ts'
import { byteLimit } from '../fetcher/byte-limit.ts'
import type { Locations } from '../storage/locations.ts'
import type { LooseObject, LooseObjects } from '../stores/loose-objects.ts'
import { sniff } from './sniff.ts'
import type { Sweep } from './sweep.ts'

export interface CopyServices {
  looseObjects: LooseObjects
  locations: Locations
  sweep: Sweep
  /** After so long a copy is given up; the sweep waits longer. */
  copyDeadlineMs: number
}

/** Bytes that are whole and in storage, and wait for their row. */
export interface Copy {
  object: LooseObject
  size: number
  sha256: string
  mimetype: string
  filename: string
}

type CopyRequest = Pick<SaveRequest, 'body' | 'filename' | 'mimetype' | 'location' | 'path' | 'container' | 'signal'> & { rules: FileRules }

/** Streams bytes to a location; size and hash are counted on the way. Whatever fails, no bytes stay. */
export async function copy (services: CopyServices, request: CopyRequest): Promise<Copy> {
  const { body, rules } = request
  const deadline = AbortSignal.timeout(services.copyDeadlineMs)
  const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline])
  try {
    const { name, location } = services.locations.get(request.location)
    const container = checkedContainer(location, request.container)
    refuse(faultOfPlace(rules, request.path ?? '', container))
    const content = await sniffWithin(signal, body)
    const mimetype = content.extension === undefined ? believable(request.mimetype) : content.mimetype
    const filename = safeFilename(request.filename === '' && content.extension !== undefined ? `file.${content.extension}` : request.filename)
    refuse(faultOfType(rules, mimetype, filename))
    const key = storageKey(filename, request.path)
    if (key === undefined) throw new ContactsheetError('KEY_INVALID', 'path must be a relative path without empty, "." or ".." segments, at most 900 bytes long')
    await refuseForeign(location, key, container, request.path)
    const object = await services.looseObjects.begin({ location: name, container, key })
    return await services.sweep.guard(object, async () => {
      const counted = measured(content.body, rules.maxBytes)
      await putInto(location, key, counted.body, { container, mimetype, signal })
      const { size, sha256 } = counted.result()
      refuse(faultOfSize(rules, size))
      return { object, size, sha256, mimetype, filename }
    })
  } finally {
    body.destroy()
  }
}

/** A text has no first bytes that tell its kind; everything else that calls itself an image or a film without being one is only bytes. */
function believable (claimed: string | undefined): string {
  const mimetype = claimed?.split(';', 1)[0]?.trim().toLowerCase() ?? 'text/plain'
  return /^text\/[a-z0-9.+-]{1,60}$/.test(mimetype) || mimetype === 'application/json' ? mimetype : 'application/octet-stream'
}

function checkedContainer (location: StorageLocation, asked: string | undefined): string {
  const container = asked === undefined || asked === '' ? location.containers[0] : asked
  if (container === undefined || !location.containers.includes(container)) {
    throw new ContactsheetError('CONTAINER_NOT_ALLOWED', `container ${JSON.stringify(container)} is not one of this location's`)
  }
  return container
}

/** A key that was named outright may be that of something which others keep there: it must not even come on the list of what the sweep removes. */
async function refuseForeign (location: StorageLocation, key: string, container: string, path: string | undefined): Promise<void> {
  if (path === undefined || path === '' || path.endsWith('/')) return
  if (await location.stat(key, { container }) !== undefined) throw new ContactsheetError('KEY_TAKEN', `there is already a file at ${JSON.stringify(key)}`)
}

async function sniffWithin (signal: AbortSignal, body: Readable): Promise<Awaited<ReturnType<typeof sniff>>> {
  const stop = (): void => { body.destroy(outOfTime(signal.reason)) }
  if (signal.aborted) throw outOfTime(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await sniff(body)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function outOfTime (cause: unknown): ContactsheetError {
  return new ContactsheetError('COPY_TIMED_OUT', 'the copy was cancelled or took too long', { cause })
}

async function putInto (location: StorageLocation, key: string, body: Readable, options: { container: string, mimetype: string, signal: AbortSignal }): Promise<void> {
  // The first thing that went wrong with the bytes is the reason, whatever the storage makes of it.
  let reason: unknown
  body.once('error', error => { reason ??= error })
  try {
    await location.put(key, body, options)
  } catch (error) {
    const cause = reason ?? error
    if (cause instanceof ContactsheetError) throw cause
    if (options.signal.aborted) throw outOfTime(cause)
    throw new ContactsheetError('STORAGE_UNAVAILABLE', 'the file could not be stored', { cause })
  }
}

function measured (source: Readable, maxBytes: number): { body: Readable, result: () => { size: number, sha256: string } } {
  const hash = createHash('sha256')
  let size = 0
  const counter = new Transform({
    transform (chunk: Buffer, _encoding, done) {
      size += chunk.length
      hash.update(chunk)
      done(null, chunk)
    }
  })
  const body = new PassThrough()
  pipeline(source, byteLimit(maxBytes), counter, body, () => {})
  return { body, result: () => ({ size, sha256: hash.digest('hex') }) }
}
