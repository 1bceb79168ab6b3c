import type { Readable } from 'node:stream'
import type { FileRules } from '../domain/file-rules.ts'
import type { Fetcher } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'

/** What a caller sent to be kept: bytes, or the address of bytes. */
export type Upload = UploadedBody | UploadedUrl

export interface UploadedBody {
  body: Readable
  /** Empty when the caller gave none. */
  filename: string
  mimetype: string | undefined
}

export interface UploadedUrl {
  url: string
  filename: string
}

const UNREACHABLE = new Set<string>(['SOURCE_GONE', 'DOWNLOAD_FAILED', 'DOWNLOAD_TIMED_OUT'])

/** The bytes of an upload, with the `client` that events name for it. */
export async function openUpload (fetcher: Fetcher, upload: Upload, rules: FileRules, signal: AbortSignal | undefined): Promise<UploadedBody & { client: string }> {
  if ('body' in upload) return { ...upload, client: 'Computer' }
  checkUrl(upload.url, rules)
  const { body, mimetype } = await reachUrl(async () => await fetcher.download(upload.url, { rule: 'public', maxBytes: rules.maxBytes, ...(signal === undefined ? {} : { signal }) }))
  return { body, filename: upload.filename, mimetype, client: 'URL' }
}

/** What goes wrong at an address that the caller named is the caller's to put right. Filepicker answered it with 200 and a text. */
export async function reachUrl<Result> (work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ContactsheetError) || !UNREACHABLE.has(error.code)) throw error
    throw new ContactsheetError('URL_UNREACHABLE', `url could not be fetched: ${error.message}`, { cause: error })
  }
}

/** @throws {ContactsheetError} POLICY_DENIES */
export function checkUrl (url: string, { allowsUrl = () => true }: FileRules): void {
  if (!allowsUrl(url)) throw new ContactsheetError('POLICY_DENIES', 'policy does not permit this url')
}
