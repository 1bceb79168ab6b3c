// The dialog on an account of 10,000 posts, in a real Chromium, with real pages of the list and real thumbnails: how soon the first photo is seen,
// and how long the page is busy at a time while somebody scrolls to the end. Server and browser share this machine. The first round, in which the
// emulated Instagram paints its photos, is not measured.
import { launch } from '../../browser/chromium.ts'
import { modalOf } from '../../browser/support/dialog.ts'
import { HEAP_ARGUMENTS, openDialog, POSTS, readWatch, scrollToEnd, startLargeAccount, watchDialog } from '../../browser/support/large-account.ts'
import { atMost, percentile, report, told } from '../../results/report.ts'

const OPENINGS = 9
const teardowns: Array<() => unknown> = []
const t = { teardown: (work: () => unknown) => { teardowns.unshift(work) } }

const browser = await launch(HEAP_ARGUMENTS)
t.teardown(async () => await browser.close())
const page = await startLargeAccount(t, browser)
await scrollToEnd(await watchDialog(page))

const openings: number[] = []
for (let round = 0; round < OPENINGS; round++) {
  await page.reload()
  const openedAt = performance.now()
  await openDialog(page)
  await modalOf(page).locator('.tile img.shown').first().waitFor()
  openings.push(performance.now() - openedAt)
}

const frame = await watchDialog(page)
const startedAt = performance.now()
await scrollToEnd(frame)
const scrollMs = performance.now() - startedAt
const { photos, heapBytes, longTasksMs } = await readWatch(frame)

report('dialog', `The dialog on an account of ${POSTS.toLocaleString('en')} posts, scrolled to the end`, [
  atMost('first photo seen after the click, median', percentile(openings, 0.5), 1000, ' ms'),
  told('first photo seen after the click, slowest', percentile(openings, 1), ' ms'),
  atMost('longest task of the page while it is scrolled, by the wall clock', Math.max(0, ...longTasksMs), 100, ' ms'),
  told('tasks above 50 ms', longTasksMs.length),
  told('the whole way to the end', scrollMs / 1000, ' s'),
  atMost('photos in the document at most', photos, 300),
  atMost('heap after a collection', heapBytes / 2 ** 20, 150, ' MiB')
])
for (const work of teardowns) await work()
