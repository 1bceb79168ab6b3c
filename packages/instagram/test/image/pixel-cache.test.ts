import t from 'tap'
import type { Header } from '../../src/image/header.ts'
import type { Pixels } from '../../src/image/picture.ts'
import { createPixelCache } from '../../src/image/pixel-cache.ts'

const HEADER: Header = { kind: 'jpg', stored: { width: 400, height: 100 }, upright: { width: 400, height: 100 }, orientation: 1, pages: 1, delaysMs: [], loop: 0 }

function pixelsOf (width: number): Pixels {
  return { data: Buffer.alloc(width * 100 * 3), width, height: 100, channels: 3 }
}

t.test('pixels that make way for larger ones, for other pictures or because their source is forgotten are dropped, each once', async t => {
  const dropped: Pixels[] = []
  const cache = createPixelCache(250_000, undefined, pixels => { dropped.push(pixels) })
  const [small, large, other, last] = [pixelsOf(100), pixelsOf(400), pixelsOf(380), pixelsOf(390)]
  t.ok(cache.set('one', HEADER, small))
  t.ok(cache.set('one', HEADER, large))
  t.strictSame(dropped.map(({ width }) => width), [100])
  t.ok(cache.set('two', HEADER, other))
  t.ok(cache.set('three', HEADER, last))
  t.strictSame(dropped.map(({ width }) => width), [100, 400])
  cache.forget('t')
  t.strictSame(dropped.map(({ width }) => width).sort(), [100, 380, 390, 400])
})

t.test('pixels that are not kept stay the caller\'s: those no larger than what is there, and those larger than half of all', async t => {
  const dropped: Pixels[] = []
  const cache = createPixelCache(200_000, undefined, pixels => { dropped.push(pixels) })
  const kept = pixelsOf(200)
  t.ok(cache.set('one', HEADER, kept))
  t.notOk(cache.set('one', HEADER, pixelsOf(200)))
  t.notOk(cache.set('one', HEADER, pixelsOf(400)))
  t.equal(cache.get('one', { width: 200, height: 100 }), kept)
  t.notOk(cache.set('two', HEADER, pixelsOf(400)))
  t.equal(cache.header('two'), HEADER)
  t.equal(cache.get('two', { width: 1, height: 1 }), undefined)
  t.strictSame(dropped, [])
})
