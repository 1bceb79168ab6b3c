import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { ssim } from 'ssim.js'
import { photoFolder, photoName } from './photos.ts'

export interface Likeness { ssim: number, psnr: number, bytes: number }

/** How much a conversion to 400 × 400 looks like the careful one: decoded whole, resized, not compressed. */
export async function likenessOf (photo: number, result: Buffer): Promise<Likeness> {
  const whole = await sharp(await readFile(join(await photoFolder(), photoName(photo)))).png().toBuffer()
  const [exact, found] = await Promise.all([sharp(whole).resize(400, 400), sharp(result)].map(async image => await image.ensureAlpha().raw().toBuffer()))
  if (exact === undefined || found === undefined) throw new Error('two pictures are compared')
  const noise = exact.reduce((sum, value, at) => sum + (value - (found[at] ?? 0)) ** 2, 0) / (400 * 400 * 3)
  const picture = (data: Buffer) => ({ data: new Uint8ClampedArray(data), width: 400, height: 400 })
  return { ssim: ssim(picture(exact), picture(found)).mssim, psnr: 10 * Math.log10(255 ** 2 / noise), bytes: result.length }
}
