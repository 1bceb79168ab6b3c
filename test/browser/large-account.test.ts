// An account of 10,000 posts, scrolled from the first to the last: real pages of the list, real thumbnails. How long its tasks take is measured by
// test/bench/dialog/large-account.ts.
import t from 'tap'
import { launch } from './chromium.ts'
import { modalOf } from './support/dialog.ts'
import { HEAP_ARGUMENTS, POSTS, readWatch, scrollToEnd, startLargeAccount, watchDialog } from './support/large-account.ts'

t.setTimeout(300_000)

const MAX_PHOTOS_IN_DOCUMENT = 300
const MAX_HEAP_BYTES = 150 * 2 ** 20

const browser = await launch(HEAP_ARGUMENTS)
t.teardown(() => browser.close())

t.test('scrolling through 10,000 posts keeps the document and the heap small', async t => {
  const page = await startLargeAccount(t, browser)
  const frame = await watchDialog(page)
  await scrollToEnd(frame)
  const { photos, heapBytes } = await readWatch(frame)
  const last = modalOf(page).locator('[data-index]').last()
  t.comment(`at most ${photos} photos in the document; heap ${(heapBytes / 2 ** 20).toFixed(1)} MiB`)
  t.equal(await last.getAttribute('data-index'), String(POSTS - 1), 'the last post is reached')
  t.equal(await last.locator('img.shown').count(), 1, 'and shows its photo')
  t.ok(photos > 0 && photos <= MAX_PHOTOS_IN_DOCUMENT, 'the document holds few photos')
  t.ok(heapBytes <= MAX_HEAP_BYTES, 'the heap stays small')
})
