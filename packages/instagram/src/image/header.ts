import { stat } from 'node:fs/promises'
import sharp from 'sharp'
import type { Size } from '../domain/conversion/fit.ts'
import { ContactsheetError } from '../errors.ts'
import { decoderInput } from './decoder-input.ts'
import type { ConversionLimits } from './limits.ts'
import { sniffFile, type SourceKind } from './sniff.ts'

/** What a file says about itself before anything is decoded. */
export interface Header {
  kind: SourceKind
  /** As it lies in the file. */
  stored: Size
  /** As it is seen. */
  upright: Size
  /** EXIF orientation, 1 to 8. */
  orientation: number
  /** Pictures in it: more than one in an animation. */
  pages: number
  delaysMs: readonly number[]
  loop: number
}

/**
 * Looks at a file and refuses what is too large, before a pixel is decoded.
 *
 * @throws {ContactsheetError} SOURCE_GONE, FILE_TOO_LARGE, IMAGE_UNSUPPORTED, IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function readHeader (path: string, limits: ConversionLimits): Promise<Header> {
  const { size } = await stat(path).catch(gone)
  if (size > limits.sourceBytes) throw new ContactsheetError('FILE_TOO_LARGE', `the picture may have ${limits.sourceBytes} bytes, it has ${size}`)
  const kind = await sniffFile(path)
  const found = await sharp(await decoderInput(path), { limitInputPixels: false }).metadata()
  const orientation = found.orientation ?? 1
  const stored = { width: found.width, height: found.pageHeight ?? found.height }
  if (stored.width * stored.height > limits.sourcePixels) {
    throw new ContactsheetError('IMAGE_TOO_LARGE', `the picture may have ${limits.sourcePixels} pixels, it has ${stored.width} × ${stored.height}`)
  }
  return {
    kind,
    stored,
    upright: orientation > 4 ? { width: stored.height, height: stored.width } : stored,
    orientation,
    pages: found.pages ?? 1,
    delaysMs: found.delay ?? [],
    loop: found.loop ?? 0
  }
}

function gone (cause: unknown): never {
  throw new ContactsheetError('SOURCE_GONE', 'the file\'s bytes are not there any more', { cause })
}
