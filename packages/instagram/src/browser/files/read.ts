import { urlOf } from '../blob.ts'
import { PickerError } from '../errors.ts'
import { request } from '../request.ts'
import type { BlobOrUrl, RequestOptions } from '../types.ts'
import { isFileInput } from './store.ts'

export interface ReadOptions extends RequestOptions {
  /** Answers the bytes as Base64. @defaultValue false */
  base64encode?: boolean
  /** Reads UTF-8 text; without it every character stands for one byte. @defaultValue false */
  asText?: boolean
  /** Takes a copy that the browser has. @defaultValue false */
  cache?: boolean
}

/**
 * The content of a file, as text.
 *
 * @throws {PickerError} 113 to 118, 400 and 403
 */
export async function read (input: BlobOrUrl | Blob | HTMLInputElement, options: ReadOptions = {}): Promise<string> {
  if (isFileInput(input)) {
    const [file] = input.files ?? []
    if (file === undefined) throw new PickerError(115)
    return await read(file, options)
  }
  if (input instanceof Blob) return textOf(await bytesOf(input), options)
  const address = new URL(urlOf(input), window.location.href)
  const { policy, signature, cache = false } = options
  for (const [name, value] of Object.entries({ policy, signature, base64encode: true, _cacheBust: cache ? undefined : Date.now() })) {
    if (value !== undefined) address.searchParams.set(name, String(value))
  }
  const base64 = await request({ method: 'GET', address: address.href, codes: { 400: 400, 403: 403, 404: 115, unreachable: 113, other: 114 } }, options)
  return options.base64encode === true ? base64 : textOf(Uint8Array.from(atob(base64), character => character.charCodeAt(0)), options)
}

async function bytesOf (file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    throw new PickerError(error instanceof DOMException && error.name === 'NotFoundError' ? 115 : 116)
  }
}

function textOf (bytes: Uint8Array, { base64encode = false, asText = false }: ReadOptions): string {
  if (asText && !base64encode) return new TextDecoder().decode(bytes)
  const characters = Array.from(bytes, byte => String.fromCharCode(byte)).join('')
  return base64encode ? btoa(characters) : characters
}
