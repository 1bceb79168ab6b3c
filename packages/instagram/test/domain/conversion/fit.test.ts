import t from 'tap'
import { fitted, overlap } from '../../../src/domain/conversion/fit.ts'

const photo = { width: 1_000, height: 500 }
const box = { align: 'center' } as const

t.test('clip fits into the box, keeps the ratio, and enlarges', async t => {
  t.strictSame(fitted(photo, { width: 100, height: 100, fit: 'clip', ...box }).box, { width: 100, height: 50 })
  t.strictSame(fitted(photo, { width: 2_000, fit: 'clip', ...box }).box, { width: 2_000, height: 1_000 })
  t.strictSame(fitted(photo, { height: 50, fit: 'clip', ...box }).box, { width: 100, height: 50 })
})

t.test('max is clip that never enlarges', async t => {
  t.strictSame(fitted(photo, { width: 100, height: 100, fit: 'max', ...box }).box, { width: 100, height: 50 })
  t.strictSame(fitted(photo, { width: 2_000, fit: 'max', ...box }).box, photo)
})

t.test('crop fills the box, and what is scaled is never smaller than it', async t => {
  t.strictSame(fitted(photo, { width: 100, height: 100, fit: 'crop', ...box }), { scaled: { width: 200, height: 100 }, box: { width: 100, height: 100 } })
  for (let side = 1; side < 400; side += 7) {
    const { scaled, box: { width, height } } = fitted({ width: 997, height: 331 }, { width: side, height: 401 - side, fit: 'crop', ...box })
    t.ok(scaled.width >= width && scaled.height >= height, `${side}`)
  }
})

t.test('scale is exactly the box, and needs both sides for that', async t => {
  t.strictSame(fitted(photo, { width: 70, height: 90, fit: 'scale', ...box }).box, { width: 70, height: 90 })
  t.strictSame(fitted(photo, { width: 100, fit: 'scale', ...box }).box, { width: 100, height: 50 })
  t.strictSame(fitted(photo, { height: 100, fit: 'crop', ...box }).box, { width: 200, height: 100 })
})

t.test('a side is never less than a pixel', async t => {
  t.strictSame(fitted({ width: 1, height: 65_535 }, { height: 100, fit: 'clip', ...box }).box, { width: 1, height: 100 })
})

t.test('a crop that is partly outside gives what lies on the picture, and one that is wholly outside gives nothing', async t => {
  t.strictSame(overlap(photo, { left: -10, top: 450, width: 100, height: 100 }), { left: 0, top: 450, width: 90, height: 50 })
  t.equal(overlap(photo, { left: 1_000, top: 0, width: 10, height: 10 }), undefined)
  t.equal(overlap(photo, { left: 0, top: -10, width: 10, height: 10 }), undefined)
})
