import { uploadEvent } from '../domain/file-event.ts'
import type { FileRecord } from '../domain/file.ts'
import type { SaveRequest } from '../domain/ports.ts'
import type { Readable } from 'node:stream'
import type { PickServices } from './pick.ts'

export interface StoreRequest extends Omit<SaveRequest, 'body' | 'filename' | 'client' | 'event' | 'rules' | 'mimetype'> {
  rules: NonNullable<SaveRequest['rules']>
}

/** Keeps bytes that a page or a server sent. */
export async function storeBody ({ files, now }: PickServices, request: StoreRequest, { body, filename, mimetype }: { body: Readable, filename: string, mimetype: string | undefined }): Promise<FileRecord> {
  return await files.save({
    ...request,
    body,
    filename,
    ...(mimetype === undefined ? {} : { mimetype }),
    client: 'Computer',
    event: record => uploadEvent(record, files.urlOf(record), now())
  })
}

/** Keeps a copy of what is at a public address. */
export async function storeUrl ({ files, fetcher, now }: PickServices, request: StoreRequest, { url, filename }: { url: string, filename: string }): Promise<FileRecord> {
  const { body, mimetype } = await fetcher.download(url, { rule: 'public', maxBytes: request.rules.maxBytes, ...(request.signal === undefined ? {} : { signal: request.signal }) })
  return await files.save({
    ...request,
    body,
    filename,
    ...(mimetype === undefined ? {} : { mimetype }),
    client: 'URL',
    event: record => uploadEvent(record, files.urlOf(record), now())
  })
}
