import sharp from 'sharp'
import { LOOPBACK_NAMES } from '../model/apps.ts'
import { publishError } from './errors.ts'

const MAX_BYTES = 8 * 1024 * 1024
const FETCH_TIMEOUT_MS = 10_000
const RATIO = { lowest: 0.8, highest: 1.91, tolerance: 0.005 }
const WIDTH = { lowest: 320, highest: 1440 }

/**
 * Fetches an `image_url` and checks it as Instagram does.
 *
 * Only addresses of this machine are fetched, and no redirect is followed: an emulator must not reach out.
 *
 * @returns the JPEG, scaled into 320 to 1440 pixels of width when it was outside
 * @throws {GraphError} the publishing error that fits
 */
export async function fetchImage (address: string): Promise<Buffer> {
  const bytes = await download(address)
  if (bytes.length > MAX_BYTES) throw publishError('imageTooLarge')
  const { format, width = 0, height = 0 } = await sharp(bytes).metadata().catch(() => { throw publishError('formatUnsupported') })
  if (format !== 'jpeg') throw publishError('formatUnsupported')
  const ratio = width / height
  if (ratio < RATIO.lowest - RATIO.tolerance || ratio > RATIO.highest + RATIO.tolerance) throw publishError('ratioUnsupported')
  const fitting = Math.min(WIDTH.highest, Math.max(WIDTH.lowest, width))
  return fitting === width ? bytes : await sharp(bytes).resize({ width: fitting }).jpeg().toBuffer()
}

async function download (address: string): Promise<Buffer> {
  if (!URL.canParse(address) || !LOOPBACK_NAMES.has(new URL(address).hostname) || /[^\x20-\x7e]/.test(address)) throw publishError('fetchFailed')
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
    if (response.ok) return Buffer.from(await response.arrayBuffer())
  } catch { /* the one answer below serves for every way of failing, as at Instagram */ }
  throw publishError('fetchFailed')
}

/** Crops an album item to the shape of the first one. */
export async function cropLike (image: Buffer, first: Buffer): Promise<Buffer> {
  const [own, wanted] = await Promise.all([sharp(image).metadata(), sharp(first).metadata()])
  const ratio = (wanted.width ?? 1) / (wanted.height ?? 1)
  if (Math.abs((own.width ?? 1) / (own.height ?? 1) - ratio) < 0.01) return image
  const width = own.width ?? 1080
  return await sharp(image).resize({ width, height: Math.round(width / ratio), fit: 'cover' }).jpeg().toBuffer()
}
