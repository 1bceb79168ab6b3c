import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import sharp from 'sharp'
import t from 'tap'
import { OPERATIONS } from '../../../src/domain/conversion/operations.ts'
import { SAMPLES } from './samples.ts'
import { cellOf, CELL_PX, goldenPath, paintSheet, PHOTOS } from './sheet.ts'

// A busy machine needs longer than the runner's default.
t.setTimeout(180_000)

/** Share of pixels that may look different: the golden sheet is compressed, and encoders and fonts differ a little. */
const ALLOWED = 0.01
const ALLOWED_FOR_TEXT = 0.06
/** Difference of two colours, as the eye weighs it (YIQ), from which they count as different. */
const THRESHOLD = 0.12

/** Look at it after a change: the sheets of the last run. */
const OUTPUT = fileURLToPath(new URL('../../../../../.tap/contact-sheets/', import.meta.url))

t.test('every operation has a golden picture', async t => {
  const shown = new Set(SAMPLES.map(({ operation }) => operation))
  t.strictSame(Object.keys(OPERATIONS).filter(name => !shown.has(name as keyof typeof OPERATIONS)), [])
})

for (const photo of PHOTOS) {
  t.test(`${photo}: every operation looks as it did when it was found right`, async t => {
    const sheet = await paintSheet(photo)
    await mkdir(OUTPUT, { recursive: true })
    await writeFile(join(OUTPUT, `${photo}.png`), sheet)
    for (const [at, { operation, title }] of SAMPLES.entries()) {
      const share = await shareOfDifferent(sheet, await sharp(goldenPath(photo)).png().toBuffer(), at)
      const allowed = operation === 'text' ? ALLOWED_FOR_TEXT : ALLOWED
      t.ok(share <= allowed, `${operation} ${title}: ${(share * 100).toFixed(2)} % of the pixels differ, ${allowed * 100} % may`)
    }
  })
}

t.test('the measure sees a picture that is turned, darkened or tinted', async t => {
  const sheet = await paintSheet('night')
  const golden = await sharp(goldenPath('night')).png().toBuffer()
  for (const [name, changed] of [
    ['turned', sharp(sheet).flop()],
    ['darkened', sharp(sheet).modulate({ brightness: 0.7 })],
    ['tinted', sharp(sheet).modulate({ hue: 90 })]
  ] as const) {
    t.ok(await shareOfDifferent(await changed.png().toBuffer(), golden, 1) > ALLOWED, name)
  }
})

async function shareOfDifferent (left: Buffer, right: Buffer, at: number): Promise<number> {
  const [one, other] = await Promise.all([left, right].map(async sheet => await sharp(sheet).extract(cellOf(at)).ensureAlpha().raw().toBuffer()))
  if (one === undefined || other === undefined) throw new Error('two cells are compared')
  return pixelmatch(one, other, undefined, CELL_PX, CELL_PX, { threshold: THRESHOLD }) / CELL_PX ** 2
}
