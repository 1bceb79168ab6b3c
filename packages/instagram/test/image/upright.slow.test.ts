import sharp, { type Sharp } from 'sharp'
import t from 'tap'
import { convertFile } from './convert-file.ts'
import { scene } from './pictures.ts'

// A busy machine needs longer than the runner's default.
t.setTimeout(180_000)

/** How a camera that was held so stores an upright picture: the inverse of what the tag tells the viewer to do. */
const STORED: Readonly<Record<number, (upright: Sharp) => Sharp>> = {
  1: image => image,
  2: image => image.flop(),
  3: image => image.rotate(180),
  4: image => image.flip(),
  5: image => image.rotate(270).flop(),
  6: image => image.rotate(270),
  7: image => image.rotate(90).flop(),
  8: image => image.rotate(90)
}

/** Red, green, blue and white corners on noise, so that every turn and every mirror shows. */
async function marked (): Promise<Buffer> {
  const corner = (background: string) => ({ create: { width: 60, height: 40, channels: 3 as const, background } })
  const corners = [['red', 'northwest'], ['lime', 'northeast'], ['blue', 'southwest'], ['white', 'southeast']] as const
  const base = await scene(300, 200).png().toBuffer()
  return await sharp(base).composite(corners.map(([colour, gravity]) => ({ input: corner(colour), gravity }))).png().toBuffer()
}

async function cornersOf (bytes: Buffer): Promise<string[]> {
  const { data, info: { width, height } } = await sharp(bytes).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number): string => [0, 1, 2].map(channel => (data[(y * width + x) * 3 + channel] ?? 0) > 128 ? 1 : 0).join('')
  return [at(3, 3), at(width - 4, 3), at(3, height - 4), at(width - 4, height - 4)]
}

const UPRIGHT = ['100', '010', '001', '111']

for (const source of ['jpeg', 'png', 'webp', 'avif'] as const) {
  t.test(`a ${source} with any of the eight EXIF orientations comes out upright, cut and uncut`, async t => {
    for (const [orientation, store] of Object.entries(STORED)) {
      const turned = await store(sharp(await marked())).png().toBuffer()
      const tagged = await sharp(turned).withMetadata({ orientation: Number(orientation) }).toFormat(source, { quality: 90 }).toBuffer()
      for (const parameters of [{}, { w: 90 }, { w: 90, h: 60, fit: 'crop' }]) {
        const { bytes, widthPx, heightPx } = await convertFile(t, tagged, { ...parameters, format: 'png' })
        t.strictSame(await cornersOf(bytes), UPRIGHT, `orientation ${orientation} ${JSON.stringify(parameters)}`)
        t.equal(widthPx / heightPx, 1.5)
      }
    }
  })
}

for (const format of ['jpg', 'png', 'webp', 'avif', 'gif'] as const) {
  t.test(`a turned photo is upright as ${format}, and no tag turns it again`, async t => {
    const turned = await sharp(await marked()).rotate(270).png().toBuffer()
    const tagged = await sharp(turned).withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer()
    const { bytes } = await convertFile(t, tagged, { w: 150, format, rotate: 'exif' })
    t.strictSame(await cornersOf(bytes), UPRIGHT)
    t.notOk((await sharp(bytes).metadata()).orientation)
  })
}
