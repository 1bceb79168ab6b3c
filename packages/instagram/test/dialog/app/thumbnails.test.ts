import t from 'tap'
import { thumbnailAddress } from '../../../src/dialog/app/thumbnails.ts'

t.test('a thumbnail is as wide as the box needs at the screen\'s density, from the steps that exist', async t => {
  t.equal(thumbnailAddress('/t', 120, 1), '/t?w=160')
  t.equal(thumbnailAddress('/t', 168, 1), '/t?w=320')
  t.equal(thumbnailAddress('/t', 168, 2), '/t?w=480')
  t.equal(thumbnailAddress('/t', 130, 3), '/t?w=640')
})

t.test('nothing is asked for beyond the largest step', async t => {
  t.equal(thumbnailAddress('/t', 2000, 2), '/t?w=1080')
})

t.test('a query that is there is kept', async t => {
  t.equal(thumbnailAddress('/t?a=1', 100, 1), '/t?a=1&w=160')
})
