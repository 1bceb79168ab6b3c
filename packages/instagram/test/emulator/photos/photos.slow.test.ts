import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import t from 'tap'
import { describePhoto, PHOTO_COUNT, takePhoto } from '../../../src/emulator/photos/catalogue.ts'
import { resolveOptions } from '../../../src/emulator/options.ts'
import { createPainter } from '../../../src/emulator/photos/painter.ts'
import { createPhotoStore } from '../../../src/emulator/photos/photo-store.ts'

t.setTimeout(300_000)

t.test('every photo is a JPEG of 1080 to 1440 pixels, of 100 to 500 KB, with structure in it', async t => {
  const painter = createPainter()
  t.teardown(painter.close)
  const store = createPhotoStore(resolveOptions({}).photoCache, painter.paint)
  const photos = await Promise.all(Array.from({ length: PHOTO_COUNT }, async (_, photo) => await store.jpeg(photo)))
  t.ok(PHOTO_COUNT >= 60)
  for (const [photo, bytes] of photos.entries()) {
    const { format, width, height } = await sharp(bytes).metadata()
    const { entropy } = await sharp(bytes).resize(160).stats()
    const { widthPx, heightPx, altText } = describePhoto(photo)
    t.strictSame([format, width, height], ['jpeg', widthPx, heightPx], altText)
    t.ok(bytes.length >= 100_000 && bytes.length <= 500_000, `${altText}: ${bytes.length} bytes`)
    t.ok(entropy > 5, `${altText}: entropy ${entropy}`)
  }
})

t.test('widths and ratios vary within what Instagram keeps', t => {
  const frames = Array.from({ length: PHOTO_COUNT }, (_, photo) => describePhoto(photo))
  const ratios = frames.map(({ widthPx, heightPx }) => widthPx / heightPx)
  t.ok(new Set(ratios).size >= 5)
  t.ok(ratios.every(ratio => ratio >= 0.75 && ratio <= 1.91))
  t.ok(frames.every(({ widthPx }) => widthPx === 1080 || widthPx === 1440))
  t.end()
})

t.test('every photo has its own caption and alternative text', t => {
  const photos = Array.from({ length: PHOTO_COUNT }, (_, photo) => describePhoto(photo))
  t.equal(new Set(photos.map(({ altText }) => altText)).size, PHOTO_COUNT)
  t.equal(new Set(photos.map(({ caption }) => caption)).size, PHOTO_COUNT)
  t.end()
})

t.test('a photo is painted the same each time', async t => {
  t.ok((await takePhoto(5)).equals(await takePhoto(5)))
})

t.test('the store paints at first use, keeps a file for each picture, and shares what is underway', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'photos-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const store = createPhotoStore(join(folder, 'cache'), takePhoto)
  const [one, same, again] = await Promise.all([store.jpeg(3), store.jpeg(3), store.jpeg(3 + PHOTO_COUNT)])
  t.equal(one, same)
  t.equal(one, again)
  t.equal((await readdir(join(folder, 'cache'))).length, 1)
  const mustNotPaint = async () => { throw new Error('painted twice') }
  t.ok((await createPhotoStore(join(folder, 'cache'), mustNotPaint).jpeg(3)).equals(one))
})
