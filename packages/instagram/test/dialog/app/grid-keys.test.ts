import t from 'tap'
import { targetOf } from '../../../src/dialog/app/gallery/grid-keys.ts'

const grid = { count: 22, columns: 5, pageRows: 3, isRightToLeft: false }
const go = (key: string, index: number, changes: Partial<typeof grid> = {}, modifiers = {}) =>
  targetOf({ key, ctrlKey: false, metaKey: false, ...modifiers }, index, { ...grid, ...changes })

t.test('arrows go to the neighbour, and nowhere at the edges', async t => {
  t.equal(go('ArrowRight', 3), 4)
  t.equal(go('ArrowRight', 4), 5)
  t.equal(go('ArrowRight', 21), 21)
  t.equal(go('ArrowLeft', 0), 0)
  t.equal(go('ArrowDown', 3), 8)
  t.equal(go('ArrowDown', 18), 18, 'there is no photo below')
  t.equal(go('ArrowUp', 2), 2)
})

t.test('from right to left, left goes on', async t => {
  t.equal(go('ArrowLeft', 3, { isRightToLeft: true }), 4)
  t.equal(go('ArrowRight', 3, { isRightToLeft: true }), 2)
})

t.test('Home and End go along the row, with Control to the first and the last', async t => {
  t.equal(go('Home', 8), 5)
  t.equal(go('End', 8), 9)
  t.equal(go('End', 20), 21, 'the last row may be short')
  t.equal(go('Home', 8, {}, { ctrlKey: true }), 0)
  t.equal(go('End', 8, {}, { metaKey: true }), 21)
})

t.test('Page keys keep the column', async t => {
  t.equal(go('PageDown', 1), 16)
  t.equal(go('PageDown', 13), 18, 'no further than the last photo of the column')
  t.equal(go('PageUp', 17), 2)
  t.equal(go('PageUp', 7), 2)
})

t.test('other keys move nothing', async t => {
  t.equal(go('Enter', 3), undefined)
})
