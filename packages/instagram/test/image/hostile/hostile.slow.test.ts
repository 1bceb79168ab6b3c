import sharp from 'sharp'
import t, { type Test } from 'tap'
import { parseConversion } from '../../../src/domain/conversion/parse.ts'
import { DEFAULT_LIMITS } from '../../../src/image/limits.ts'
import { createProcessRunner } from '../../../src/image/pool/process-runner.ts'
import { asFile, jpeg } from '../pictures.ts'
import { HOSTILE, type HostileCase } from './cases.ts'
import { peakBytes, statusOf } from './mutate-files.ts'

// A busy machine needs longer than the runner's default.
t.setTimeout(180_000)

const MIB = 1024 * 1024
/** Most that one process may ever have held. A picture of 50 million grey pixels that is decoded whole takes 150. */
const MEMORY_CEILING = 700 * MIB

const restarts: string[] = []
const runner = createProcessRunner({ processes: 2, pixelCacheBytes: 16 * MIB, onRestart: reason => restarts.push(reason) })
t.teardown(async () => await runner.close())

let serial = 0

async function convert (t: Test, bytes: Buffer, parameters: Record<string, unknown>, slot: number) {
  const path = await asFile(t, bytes)
  return await runner.run({ source: `hostile:${++serial}`, path, overlayPath: undefined, plan: parseConversion(parameters), limits: DEFAULT_LIMITS, mode: 'quality' }, slot)
}

for (const { name, bytes, statuses, parameters = { w: 100 } } of HOSTILE satisfies readonly HostileCase[]) {
  t.test(`${name}: ${statuses.join(' or ')}, within deadline and memory, and others are served meanwhile`, async t => {
    const hostile = await bytes()
    const innocent = await jpeg(200, 100, 7)
    const [status, other] = await Promise.all([
      statusOf(convert(t, hostile, parameters, 0)),
      convert(t, innocent, { w: 50 }, 1)
    ])
    t.ok(statuses.includes(status), `${status} is ${statuses.join(' or ')}`)
    t.equal(other.widthPx, 50)
    t.ok(await peakBytes(runner.workers[0]?.pid) < MEMORY_CEILING, 'memory stays below its ceiling')
    t.strictSame(restarts, [], 'no process had to be started anew')
  })
}

t.test('nothing but the picture comes out of a file that is also something else', async t => {
  const tail = '<script>alert(1)</script>'
  const { bytes } = await convert(t, Buffer.concat([await jpeg(), Buffer.from(tail)]), { w: 50 }, 0)
  t.notOk(bytes.includes(tail))
})

t.test('where a photo was taken is gone from the result', async t => {
  const tagged = await sharp(await jpeg()).withExif({ IFD3: { GPSLatitude: '51/1 30/1 3230/100', GPSLatitudeRef: 'N' }, IFD0: { Copyright: 'somebody' } }).toBuffer()
  t.ok((await sharp(tagged).metadata()).exif, 'the source has EXIF')
  const { bytes } = await convert(t, tagged, { w: 50 }, 0)
  t.notOk((await sharp(bytes).metadata()).exif)
})

t.test('a file name that ends in brackets sets no option of the decoder', async t => {
  const path = await asFile(t, await jpeg(300, 200), 'photo.jpg[shrink=8]')
  const { widthPx } = await runner.run({ source: 'brackets', path, overlayPath: undefined, plan: parseConversion({}), limits: DEFAULT_LIMITS, mode: 'quality' }, 0)
  t.equal(widthPx, 300)
})
