import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import t from 'tap'
import { createPixelCache } from '../../src/image/pixel-cache.ts'
import { convertFile } from './convert-file.ts'
import { animatedGif, asFile, jpeg, scene } from './pictures.ts'

// A busy machine needs longer than the runner's default.
t.setTimeout(180_000)

async function meanOf (bytes: Buffer): Promise<number[]> {
  return (await sharp(bytes).stats()).channels.map(({ mean }) => Math.round(mean))
}

t.test('every format is written as asked', async t => {
  for (const [format, found, mimetype] of [
    ['jpg', 'jpeg', 'image/jpeg'], ['png', 'png', 'image/png'], ['webp', 'webp', 'image/webp'], ['avif', 'heif', 'image/avif'], ['gif', 'gif', 'image/gif']
  ] as const) {
    const result = await convertFile(t, await jpeg(), { w: 60, format })
    t.equal(result.mimetype, mimetype)
    t.match(await sharp(result.bytes).metadata(), { format: found, width: 60, height: 40 })
  }
})

t.test('without a format the source keeps its own', async t => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    const { mimetype } = await convertFile(t, await scene(60, 40).toFormat(format).toBuffer(), { w: 30 })
    t.equal(mimetype, `image/${format}`)
  }
})

t.test('quality, compress and progressive change the bytes as they say', async t => {
  const photo = await jpeg(400, 300)
  const sizeOf = async (parameters: Record<string, unknown>): Promise<number> => (await convertFile(t, photo, { w: 300, ...parameters })).bytes.length
  for (const format of ['jpg', 'webp', 'avif']) t.ok(await sizeOf({ format, quality: 20 }) < await sizeOf({ format, quality: 90 }), format)
  for (const format of ['jpg', 'png', 'webp', 'avif']) t.ok(await sizeOf({ format, compress: true }) < await sizeOf({ format }), format)
  const { bytes } = await convertFile(t, photo, { format: 'pjpg' })
  t.equal((await sharp(bytes).metadata()).isProgressive, true)
})

t.test('see-through parts are white in a JPEG and stay see-through elsewhere', async t => {
  const clear = await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0 } } }).png().toBuffer()
  t.strictSame(await meanOf((await convertFile(t, clear, { format: 'jpg' })).bytes), [255, 255, 255])
  t.equal((await sharp((await convertFile(t, clear, { format: 'webp' })).bytes).metadata()).hasAlpha, true)
})

t.test('grey, CMYK, 16-bit and wide-gamut sources come out as plain sRGB', async t => {
  for (const bytes of [
    await scene(60, 40).greyscale().jpeg().toBuffer(),
    await scene(60, 40).greyscale().ensureAlpha(0.5).png().toBuffer(),
    await scene(60, 40).toColourspace('cmyk').jpeg().toBuffer(),
    await scene(60, 40).toColourspace('rgb16').png().toBuffer(),
    await scene(60, 40).withIccProfile('p3').jpeg().toBuffer()
  ]) {
    const result = await convertFile(t, bytes, { w: 30, format: 'jpg' })
    t.match(await sharp(result.bytes).metadata(), { space: 'srgb', channels: 3, hasProfile: false, depth: 'uchar' })
  }
})

t.test('a wide-gamut photo looks the same: its profile is applied, not dropped', async t => {
  const plain = await meanOf((await convertFile(t, await scene(60, 40).jpeg({ quality: 95 }).toBuffer(), { format: 'png' })).bytes)
  const wide = await meanOf((await convertFile(t, await scene(60, 40).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(), { format: 'png' })).bytes)
  plain.forEach((value, channel) => t.ok(Math.abs(value - (wide[channel] ?? 0)) <= 2, `channel ${channel}`))
})

t.test('an animation stays one in GIF and WebP, with its times, through every step', async t => {
  const source = await animatedGif(90, 60, 3)
  for (const format of ['gif', 'webp']) {
    const { bytes, widthPx, heightPx } = await convertFile(t, source, { w: 60, h: 60, fit: 'crop', sepia: true, rotate: 90, border: 2, format })
    t.match(await sharp(bytes, { animated: true }).metadata(), { pages: 3, delay: [40, 60, 80], pageHeight: 64, width: 64 })
    t.strictSame([widthPx, heightPx], [64, 64])
  }
})

t.test('page, animated=false and formats without animation take one picture', async t => {
  const source = await animatedGif(60, 40, 3)
  const pagesOf = async (parameters: Record<string, unknown>): Promise<number | undefined> => (await sharp((await convertFile(t, source, parameters)).bytes).metadata()).pages
  for (const parameters of [{ animated: false }, { page: 2 }, { format: 'jpg' }, { format: 'png' }]) t.equal(await pagesOf(parameters) ?? 1, 1, JSON.stringify(parameters))
  const [first, second] = [await convertFile(t, source, { page: 1, format: 'png' }), await convertFile(t, source, { page: 2, format: 'png' })]
  t.notSame(first.bytes, second.bytes)
})

t.test('a page that is not there is a bad parameter', async t => {
  await t.rejects(convertFile(t, await animatedGif(60, 40, 3), { page: 4 }), { code: 'CONVERSION_INVALID', message: 'page must be a whole number from 1 to 3, got 4' })
  await t.rejects(convertFile(t, await jpeg(), { page: 2 }), { code: 'CONVERSION_INVALID' })
})

t.test('imagesize is the size of the result as JSON', async t => {
  const { bytes, mimetype } = await convertFile(t, await jpeg(300, 200), { w: 90, border: 5, imagesize: true })
  t.equal(mimetype, 'application/json')
  t.strictSame(JSON.parse(bytes.toString()), { width: 100, height: 70 })
})

t.test('a crop beside the picture is a bad parameter', async t => {
  await t.rejects(convertFile(t, await jpeg(300, 200), { crop: '300,0,10,10' }), { code: 'CONVERSION_INVALID', message: /crop must lie at least partly on the picture, which has 300 × 200/ })
})

t.test('limits refuse before anything is decoded', async t => {
  await t.rejects(convertFile(t, await jpeg(300, 200), { w: 10 }, { limits: { sourcePixels: 59_999 } }), { code: 'IMAGE_TOO_LARGE' })
  await t.rejects(convertFile(t, await jpeg(300, 200), { w: 10 }, { limits: { sourceBytes: 500 } }), { code: 'FILE_TOO_LARGE', statusCode: 413 })
  await t.rejects(convertFile(t, await animatedGif(60, 40, 3), { w: 10 }, { limits: { frames: 2 } }), { code: 'IMAGE_TOO_LARGE' })
  await t.rejects(convertFile(t, await animatedGif(60, 40, 3), { w: 10 }, { limits: { framePixels: 7_199 } }), { code: 'IMAGE_TOO_LARGE' })
})

t.test('from its second size on a photo is made from pixels that are kept, and looks the same as from the file', async t => {
  const photo = await largePhoto()
  const cache = createPixelCache(64 * 1024 * 1024)
  await convertFile(t, photo, { w: 510 }, { source: 'photo', cache })
  const gone = Buffer.from('the file is gone')
  const again = await convertFile(t, gone, { w: 200, format: 'png' }, { source: 'photo', cache })
  const direct = await convertFile(t, photo, { w: 200, format: 'png' })
  t.ok(await likeness(again.bytes, direct.bytes) > 40, 'more than 40 dB alike')
  await t.rejects(convertFile(t, gone, { w: 900 }, { source: 'photo', cache }), { code: 'IMAGE_UNREADABLE' }, 'a larger size needs the file')
  cache.forget('pho')
  await t.rejects(convertFile(t, gone, { w: 200 }, { source: 'photo', cache }), { code: 'IMAGE_UNSUPPORTED' })
})

t.test('a JPEG is decoded at a fraction of its size without looking softer or shifted', async t => {
  const photo = await largePhoto()
  const whole = await sharp(photo).png().toBuffer()
  for (const w of [500, 400, 270, 150, 60]) {
    const result = await convertFile(t, photo, { w, format: 'png' })
    t.ok(await likeness(result.bytes, await sharp(whole).resize(w).png().toBuffer()) > 40, `more than 40 dB at ${w}`)
  }
})

async function largePhoto (): Promise<Buffer> {
  return await sharp(await readFile(new URL('./photos/kitchen.jpg', import.meta.url))).resize(1_080).jpeg({ quality: 90 }).toBuffer()
}

/** Peak signal to noise of two pictures of one size, dB. */
async function likeness (one: Buffer, other: Buffer): Promise<number> {
  const left = await sharp(one).raw().toBuffer()
  const right = await sharp(other).raw().toBuffer()
  return 10 * Math.log10(255 ** 2 * left.length / left.reduce((sum, value, at) => sum + (value - (right[at] ?? 0)) ** 2, 0))
}

t.test('speed mode makes the same picture a little larger and softer', async t => {
  const photo = await jpeg(1_080, 1_350)
  const fast = await convertFile(t, photo, { w: 400 }, { mode: 'fast' })
  t.match(fast, { widthPx: 400, heightPx: 500 })
  t.notSame(fast.bytes, (await convertFile(t, photo, { w: 400 })).bytes)
})

t.test('a watermark larger than the picture is made to fit', async t => {
  const overlayPath = await asFile(t, await sharp({ create: { width: 900, height: 100, channels: 4, background: 'red' } }).png().toBuffer())
  const { bytes, widthPx } = await convertFile(t, await jpeg(300, 200), { watermark: 'overlay-handle-12345', format: 'png' }, { overlayPath })
  t.equal(widthPx, 300)
  const { data } = await sharp(bytes).removeAlpha().extract({ left: 0, top: 190, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true })
  t.strictSame([...data], [255, 0, 0])
})

t.test('a watermark that is no picture is refused', async t => {
  const overlayPath = await asFile(t, Buffer.from('<svg/>'))
  await t.rejects(convertFile(t, await jpeg(), { watermark: 'overlay-handle-12345' }, { overlayPath }), { code: 'IMAGE_UNSUPPORTED' })
})

t.test('any text is only text: markup, entities, controls and lone surrogates', async t => {
  const plain = await jpeg(300, 200)
  for (const text of ['<span size="99999999">x</span>', '&amp; &#x0; <', '\u0000\u0007\u202ex', '\ud800x', '😀 مرحبا 你好', 'x'.repeat(300), '<tt></b>']) {
    t.equal((await convertFile(t, plain, { text, text_size: 20 })).widthPx, 300, JSON.stringify(text).slice(0, 30))
  }
})

t.test('a text is where it was asked for, in its colour', async t => {
  const black = await sharp({ create: { width: 200, height: 100, channels: 3, background: 'black' } }).png().toBuffer()
  const redIn = async (parameters: Record<string, unknown>, top: number): Promise<boolean> => {
    const { bytes } = await convertFile(t, black, { text: 'HHHH', text_color: 'f00', text_size: 24, ...parameters })
    const half = await sharp(bytes).extract({ left: 0, top, width: 200, height: 50 }).png().toBuffer()
    const [red] = (await sharp(half).stats()).channels
    return (red?.max ?? 0) > 200
  }
  t.ok(await redIn({}, 50))
  t.notOk(await redIn({}, 0))
  t.ok(await redIn({ text_align: 'top,left' }, 0))
  t.notOk(await redIn({ text_align: 'top,left' }, 50))
})
