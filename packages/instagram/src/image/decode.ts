import sharp from 'sharp'
import type { Size } from '../domain/conversion/fit.ts'
import { decoderInput } from './decoder-input.ts'
import type { Header } from './header.ts'
import { toPixels, type Pixels } from './picture.ts'

export interface DecodeRequest {
  path: string
  header: Header
  /** First picture to decode, from 0, and how many. */
  page: number
  pages: number
  /** The upright size below which nothing may be lost; absent: all pixels. */
  need: Size | undefined
}

const SHRINKS = [8, 4, 2] as const

/**
 * The upright pixels of a file, all pictures of an animation below each other. With `need`, no more than about twice as wide and high.
 *
 * A JPEG is decoded at a half, a quarter or an eighth as soon as that is still not smaller than what is needed. sharp alone
 * decodes up to twice that, out of caution for one exact ratio; the same libvips option in the file name costs 0.7 of the time.
 */
export async function decode ({ path, header, page, pages, need }: DecodeRequest): Promise<Pixels> {
  const shrink = shrinkFor(header, need)
  const image = sharp(await decoderInput(path, shrink === 1 ? {} : { shrink }), {
    failOn: 'error',
    limitInputPixels: false,
    sequentialRead: true,
    autoOrient: header.orientation > 1,
    ...(header.pages > 1 ? { page, pages } : {})
  })
  // A JPEG is small already; and sharp would open it again to resize it, and take the option for a part of its name.
  const target = pages > 1 ? need : header.kind === 'jpg' ? undefined : halved(header.upright, need)
  return await toPixels(target === undefined ? image : image.resize(target.width, target.height, { fit: 'fill' }))
}

function shrinkFor ({ kind, stored, orientation }: Header, need: Size | undefined): number {
  if (kind !== 'jpg' || need === undefined) return 1
  const wanted = orientation > 4 ? { width: need.height, height: need.width } : need
  return SHRINKS.find(by => Math.floor(stored.width / by) >= wanted.width && Math.floor(stored.height / by) >= wanted.height) ?? 1
}

/** Twice what is needed, when there is more than that. */
function halved ({ width, height }: Size, need: Size | undefined): Size | undefined {
  if (need === undefined || width <= need.width * 2 || height <= need.height * 2) return undefined
  return { width: need.width * 2, height: need.height * 2 }
}
