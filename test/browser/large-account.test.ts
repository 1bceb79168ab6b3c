// An account of 10,000 posts, scrolled from the first to the last.
import t from 'tap'
import { launch } from './chromium.ts'
import { connect, modalOf } from './support/dialog.ts'
import { clientPage } from './support/pages.ts'
import { startStage } from './support/stage.ts'

t.setTimeout(240_000)

const MAX_PHOTOS_IN_DOCUMENT = 300
const MAX_HEAP_BYTES = 150 * 1024 * 1024
const POSTS = 10_000
/** One picture stands for all; what the dialog adds to the address falls behind the `#`. */
const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="5"><rect width="4" height="5" fill="#789"/></svg>')}#`

interface Watch { photos: number }
interface TraceEvent { name: string, pid: number, tid: number, tdur?: number, args: { name?: string } }

const browser = await launch(['--enable-precise-memory-info', '--js-flags=--expose-gc'])
t.teardown(() => browser.close())

function post (index: number) {
  const image = { kind: 'image', mimetype: 'image/jpeg', takenAt: new Date(1.7e12 - index * 36e5).toISOString(), caption: `Photo number ${index} of many, with some words about the light of that day` }
  const photo = (id: string) => ({ ...image, id, filename: `${id}.jpg`, thumbnail: PICTURE })
  const id = String(17_900_000_000_000_000n + BigInt(index))
  return index % 10 === 3 ? { ...photo(id), kind: 'carousel', children: [photo(`${id}1`), photo(`${id}2`), photo(`${id}3`)] } : photo(id)
}

t.test('scrolling through 10,000 posts keeps the document and the heap small', async t => {
  const stage = await startStage(t)
  stage.addPage('plain', clientPage(stage.origin))
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  t.teardown(() => context.close())
  const page = await context.newPage()
  // The list and the photos come at once, so that what is measured is the dialog.
  await context.route(url => url.pathname.endsWith('/media'), async route => {
    const query = new URL(route.request().url()).searchParams
    const first = Number(query.get('after') ?? 0)
    const next = Math.min(POSTS, first + Number(query.get('limit')))
    await route.fulfill({ json: { items: Array.from({ length: next - first }, (_, index) => post(first + index)), ...(next < POSTS ? { after: String(next) } : {}) } })
  })
  await page.goto(`${stage.origin}/pages/plain`)
  await page.evaluate("filepicker.pickMultiple({ container: 'modal', services: ['INSTAGRAM'] }, () => {})")
  const dialog = modalOf(page)
  await connect(page, dialog)

  const frame = page.frame({ name: 'filepicker_dialog' })
  t.ok(frame)
  if (frame === null) return
  await frame.evaluate(() => {
    const watch: Watch = Object.assign(window, { watch: { photos: 0 } }).watch
    new MutationObserver(() => { watch.photos = Math.max(watch.photos, document.querySelectorAll('.tile').length) }).observe(document.body, { childList: true, subtree: true })
  })
  await browser.startTracing(page, { categories: ['toplevel'] })
  const scrolledBy = await frame.evaluate(async () => {
    const grid = document.querySelector('[role="grid"]')
    const nextFrame = (): Promise<unknown> => new Promise(resolve => requestAnimationFrame(resolve))
    let steps = 0
    while (grid?.getAttribute('aria-rowcount') === '-1') {
      window.scrollTo(0, document.documentElement.scrollHeight)
      steps++
      await nextFrame()
    }
    for (let top = 0; top < document.documentElement.scrollHeight; top += 5000) {
      window.scrollTo(0, top)
      await nextFrame()
    }
    return steps
  })
  const longestTaskMs = longestTask(JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] })
  const { watch, heap } = await frame.evaluate(() => {
    const { watch, gc } = window as unknown as { watch: Watch, gc: () => void }
    gc()
    const { usedJSHeapSize } = (performance as unknown as { memory: { usedJSHeapSize: number } }).memory
    return { watch, heap: usedJSHeapSize }
  })
  const rows = Number(await dialog.getByRole('grid').getAttribute('aria-rowcount'))
  const columns = Number(await dialog.getByRole('grid').getAttribute('aria-colcount'))
  t.comment(`${rows} rows of ${columns}, ${scrolledBy} frames to the end; at most ${watch.photos} photos in the document; heap ${(heap / 1024 / 1024).toFixed(1)} MiB; longest task of the page ${longestTaskMs.toFixed(0)} ms of processor time`)
  t.ok(rows * columns >= POSTS, 'every post was reached')
  t.ok(watch.photos > 0 && watch.photos <= MAX_PHOTOS_IN_DOCUMENT, 'the document holds few photos')
  t.ok(heap <= MAX_HEAP_BYTES, 'the heap stays small')
})

/** In processor time, so that other work on the machine does not count. */
function longestTask ({ traceEvents }: { traceEvents: TraceEvent[] }): number {
  const isMainThread = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}.${tid}`))
  return traceEvents.filter(({ pid, tid }) => isMainThread.has(`${pid}.${tid}`)).reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0)
}
