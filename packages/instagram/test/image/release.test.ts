import sharp from 'sharp'
import t from 'tap'
import { release } from '../../src/image/release.ts'

t.test('a picture that is given back is empty at once', async t => {
  const pixels = await sharp({ create: { width: 100, height: 100, channels: 3, background: 'red' } }).raw().toBuffer()
  t.equal(pixels.length, 30_000)
  release(pixels)
  t.equal(pixels.length, 0)
})

t.test('a part of a larger buffer is left alone: others lie beside it', async t => {
  const whole = Buffer.alloc(100, 7)
  const part = whole.subarray(10, 20)
  release(part)
  t.ok(part.equals(Buffer.alloc(10, 7)))
})
