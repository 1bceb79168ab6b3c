// C6: bytes of AVIF as it is written here, against those of a JPEG that looks as much like the original (SSIM).
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { encoded } from '../../../packages/instagram/src/image/encode.ts'
import { atMost, report, told } from '../../results/report.ts'
import { median } from '../rounds.ts'
import { likenessOf } from './likeness.ts'
import { photoFolder, photoName } from './photos.ts'

const folder = await photoFolder()
const ratios: number[] = []
for (const photo of [1, 16, 31, 46, 61, 76, 91]) {
  const whole = await sharp(await readFile(join(folder, photoName(photo)))).resize(400, 400).png().toBuffer()
  const avif = await likenessOf(photo, await encoded(sharp(whole), 'avif', { format: 'avif' }, 'quality').toBuffer())
  let jpeg = avif
  for (let quality = 20; quality <= 95; quality += 1) {
    jpeg = await likenessOf(photo, await sharp(whole).jpeg({ quality }).toBuffer())
    if (jpeg.ssim >= avif.ssim) break
  }
  ratios.push(avif.bytes / jpeg.bytes)
}
report('convert-avif', 'AVIF at equal SSIM', [
  atMost('C6 bytes × those of a JPEG that looks as much like the original, median', median(ratios), 0.8),
  told('each photo', ratios.map(ratio => ratio.toFixed(2)).join(', '))
])
