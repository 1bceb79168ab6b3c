import { open } from 'node:fs/promises'
import { ContactsheetError } from '../errors.ts'

/** Kinds of picture that are decoded; everything else never reaches a decoder. */
export type SourceKind = 'jpg' | 'png' | 'gif' | 'webp' | 'avif'

const HEAD_BYTES = 64

/** @throws {ContactsheetError} IMAGE_UNSUPPORTED */
export async function sniffFile (path: string): Promise<SourceKind> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return kindOf(buffer.subarray(0, bytesRead)) ?? unsupported(buffer)
  } finally {
    await file.close()
  }
}

/** The kind of a picture by its first 64 bytes. */
export function kindOf (head: Buffer): SourceKind | undefined {
  const text = head.toString('latin1')
  if (text.startsWith('\xff\xd8\xff')) return 'jpg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (/^GIF8[79]a/.test(text)) return 'gif'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp'
  return brandsOf(text).some(brand => brand === 'avif' || brand === 'avis') ? 'avif' : undefined
}

/** The brands of an ISO media file. @see ISO/IEC 14496-12, file type box */
function brandsOf (text: string): string[] {
  if (text.slice(4, 8) !== 'ftyp') return []
  const boxBytes = Math.min(Buffer.from(text.slice(0, 4), 'latin1').readUInt32BE(), HEAD_BYTES)
  return [text.slice(8, 12), ...text.slice(16, boxBytes).match(/.{4}/gs) ?? []]
}

function unsupported (head: Buffer): never {
  const isHeic = brandsOf(head.toString('latin1')).some(brand => ['heic', 'heix', 'hevc', 'mif1'].includes(brand))
  throw new ContactsheetError('IMAGE_UNSUPPORTED', `the file must be a JPEG, PNG, GIF, WebP or AVIF picture${isHeic ? '; it is HEIC, which is not decoded' : ''}`)
}
