import { uploadEvent } from '../domain/file-event.ts'
import type { FileRecord } from '../domain/file.ts'
import type { SaveRequest } from '../domain/ports.ts'
import type { PickServices } from './pick.ts'
import { openUpload, type Upload } from './upload.ts'

export type StoreRequest = Omit<SaveRequest, 'body' | 'filename' | 'mimetype' | 'client' | 'event' | 'origin'> & Required<Pick<SaveRequest, 'rules'>>

/** Keeps what a page or a server sent, or what is at an address that it named. */
export async function store ({ files, fetcher, now }: PickServices, request: StoreRequest, upload: Upload): Promise<FileRecord> {
  return await files.save({
    ...request,
    ...await openUpload(fetcher, upload, request.rules, request.signal),
    event: record => uploadEvent(record, files.urlOf(record), now())
  })
}
