import { randomBytes } from 'node:crypto'

/** Longest file name and longest whole key, in bytes of UTF-8. */
const MAX_NAME_BYTES = 180
const MAX_KEY_BYTES = 900

/** C0 and C1 controls, direction marks that make `exe.jpg` out of `gpj.exe`, and lone surrogates. */
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu

/** A file name that is safe in a header, in a key and on any disk: no path, no controls, never empty. */
export function safeFilename (name: string): string {
  const cleaned = name.normalize('NFC').replace(/[/\\]+/g, '_').replace(/[<>:"|?*]/g, '_').replace(UNPRINTABLE, '').trim().replace(/^\.+/, '').replace(/[. ]+$/, '')
  return cutToBytes(cleaned === '' ? 'file' : cleaned, MAX_NAME_BYTES)
}

/**
 * Where a new copy is kept. A `path` that ends in `/` is a folder in which the usual `<20 random characters>_<filename>` is
 * made; any other path is the key itself.
 *
 * @returns the key, or `undefined` when the path may not be used: it has `.` or `..` or empty segments, controls, a backslash, or is too long
 * @see https://www.filestack.com/docs/rest-api/store
 */
export function storageKey (filename: string, path?: string): string | undefined {
  const unique = `${randomBytes(15).toString('base64url')}_${safeFilename(filename)}`
  const given = (path ?? '').replace(/^\/+/, '')
  const key = given === '' || given.endsWith('/') ? `${given}${unique}` : given
  return isSafeKey(key) ? key : undefined
}

/** The same name with the extension that belongs to the bytes, where there is one to give. */
export function withExtension (filename: string, extension: string): string {
  const dot = filename.lastIndexOf('.')
  return `${dot > 0 ? filename.slice(0, dot) : filename}.${extension}`
}

function isSafeKey (key: string): boolean {
  const hasSafeSegments = key.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..' && Buffer.byteLength(segment) <= 255)
  return hasSafeSegments && !key.includes('\\') && key.replace(UNPRINTABLE, '') === key && Buffer.byteLength(key) <= MAX_KEY_BYTES
}

/** Cuts in front of the extension, between characters. */
function cutToBytes (name: string, maxBytes: number): string {
  if (Buffer.byteLength(name) <= maxBytes) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : ''
  const room = maxBytes - Buffer.byteLength(extension)
  let stem = ''
  for (const character of name.slice(0, name.length - extension.length)) {
    if (Buffer.byteLength(stem) + Buffer.byteLength(character) > room) break
    stem += character
  }
  return stem + extension
}
