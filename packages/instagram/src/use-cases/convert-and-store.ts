import { Readable } from 'node:stream'
import { extensionOf } from '../domain/conversion/output.ts'
import type { FileRules } from '../domain/file-rules.ts'
import type { FileRecord } from '../domain/file.ts'
import { withExtension } from '../domain/storage-key.ts'
import type { FilesOfHost } from '../host.ts'
import { eventOf, jobFor, type ConvertRequest, type ConvertServices } from './convert.ts'

export interface ConvertAndStoreServices extends ConvertServices {
  files: FilesOfHost
}

export interface ConvertAndStoreRequest extends ConvertRequest {
  sessionId: string | undefined
  rules: FileRules
  location: string
  path?: string | undefined
  container?: string | undefined
  access?: 'public' | 'private' | undefined
}

/**
 * A conversion as a new stored file. It is told as one `fp.converse` and as no `fp.upload`: an upload is a file that comes in
 * from outside, and a host that converts on every upload would otherwise convert its own results for ever.
 */
export async function convertAndStore (services: ConvertAndStoreServices, request: ConvertAndStoreRequest): Promise<FileRecord> {
  const { source, app, sessionId, rules, location, path, container, access, signal } = request
  const { bytes, mimetype } = await services.converter.convert({ ...await jobFor(services, request), signal })
  const record = await services.files.save({
    app,
    sessionId,
    rules,
    body: Readable.from([bytes]),
    filename: withExtension(source.filename, extensionOf(mimetype)),
    location,
    path,
    container,
    access,
    client: source.client,
    ...(source.origin === undefined ? {} : { origin: source.origin }),
    event: () => eventOf(services, request),
    ...(signal === undefined ? {} : { signal })
  })
  if (source.origin !== undefined) await unlessErased(services, source, record)
  return record
}

/** What was made of a photo must not outlive the erasure of its account, which takes the source first. @throws {ContactsheetError} FILE_NOT_FOUND */
async function unlessErased ({ files }: ConvertAndStoreServices, source: FileRecord, record: FileRecord): Promise<void> {
  try {
    await files.find(source.handle)
  } catch (error) {
    await files.remove(record.handle)
    throw error
  }
}
