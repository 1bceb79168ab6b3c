import { fileUrl } from '../blob.ts'
import { requestJson } from '../request.ts'
import type { BlobOrUrl, RequestOptions } from '../types.ts'

/** Names of facts; with any of them, only those are answered. */
export interface StatOptions extends RequestOptions {
  size?: boolean
  mimetype?: boolean
  filename?: boolean
  width?: boolean
  height?: boolean
  uploaded?: boolean
  writeable?: boolean
  md5?: boolean
  sha256?: boolean
  location?: boolean
  path?: boolean
  container?: boolean
  cloud?: boolean
  exif?: boolean
}

export interface Metadata {
  size?: number
  mimetype?: string
  filename?: string
  width?: number | null
  height?: number | null
  uploaded?: Date
  modified?: Date
  created?: Date
  writeable?: boolean
  location?: string
  path?: string
  container?: string
  [fact: string]: unknown
}

const DATES = ['uploaded', 'modified', 'created'] as const

/**
 * Describes a file.
 *
 * @throws {PickerError} 161, 162, 400 and 403
 */
export async function stat (input: BlobOrUrl, options: StatOptions = {}): Promise<Metadata> {
  const { server, key, signal, onProgress, ...query } = options
  const address = new URL(`${fileUrl(input)}/metadata`)
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value))
  address.searchParams.set('_cacheBust', String(Date.now()))
  const metadata = await requestJson<Record<string, unknown>>({ method: 'GET', address: address.href, codes: { 400: 400, 403: 403, 404: 161, other: 162 } }, { ...(signal === undefined ? {} : { signal }) })
  for (const name of DATES) if (typeof metadata[name] === 'number' || typeof metadata[name] === 'string') metadata[name] = new Date(metadata[name])
  return metadata
}
