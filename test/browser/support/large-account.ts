import type { Browser, Frame, Page } from 'playwright-core'
import { connect, modalOf } from './dialog.ts'
import { clientPage } from './pages.ts'
import { startStage } from './stage.ts'

/** The API shows this many posts of an account, however many there are. */
export const POSTS = 10_000
const ACCOUNT = 'ten.thousand.days'

/** Arguments of Chromium that let the page see its heap. */
export const HEAP_ARGUMENTS = ['--enable-precise-memory-info', '--js-flags=--expose-gc']

export interface Watched {
  /** The most photos that were in the document at the same time. */
  photos: number
  /** Milliseconds of each task above 50, by the wall clock, as the browser tells them. */
  longTasksMs: number[]
}

/** A browser that has connected the account of 10,000 posts at an emulated Instagram. */
export async function startLargeAccount (t: Parameters<typeof startStage>[0], browser: Browser): Promise<Page> {
  const stage = await startStage(t, { emulator: { answer: { account: ACCOUNT } }, plugin: { rateLimit: { max: 1_000_000 } } })
  stage.addPage('plain', clientPage(stage.origin))
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  t.teardown(() => context.close())
  const page = await context.newPage()
  await page.goto(`${stage.origin}/pages/plain`)
  await openDialog(page)
  await connect(page, modalOf(page))
  return page
}

/** Opens the dialog and begins to watch it. */
export async function openDialog (page: Page): Promise<void> {
  await page.evaluate("filepicker.pickMultiple({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }, () => {})")
}

/** The document of the dialog, watched from now on. */
export async function watchDialog (page: Page): Promise<Frame> {
  await modalOf(page).getByRole('grid').waitFor()
  const frame = page.frame({ name: 'filepicker_dialog' })
  if (frame === null) throw new Error('the dialog is not there')
  await frame.evaluate(() => {
    const { watched } = Object.assign(window, { watched: { photos: 0, longTasksMs: [] as number[] } })
    new MutationObserver(() => { watched.photos = Math.max(watched.photos, document.querySelectorAll('.tile').length) }).observe(document.body, { childList: true, subtree: true })
    new PerformanceObserver(list => watched.longTasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
  })
  return frame
}

/** Scrolls by screens, as fast as frames come, until the last post is there; then waits for the photos at the end. */
export async function scrollToEnd (frame: Frame): Promise<void> {
  await frame.evaluate(async () => {
    const nextFrame = (): Promise<unknown> => new Promise(resolve => requestAnimationFrame(resolve))
    const isAtEnd = (): boolean => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') !== '-1' && window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1
    while (!isAtEnd()) {
      window.scrollBy(0, window.innerHeight)
      await nextFrame()
    }
  })
  await frame.waitForFunction(() => document.querySelectorAll('.tile img.shown').length > 0 && document.querySelectorAll('.tile img.loading').length === 0)
}

/** What was seen, and the bytes of the heap after a collection. */
export async function readWatch (frame: Frame): Promise<Watched & { heapBytes: number }> {
  return await frame.evaluate(() => {
    const { watched, gc } = window as unknown as { watched: Watched, gc: () => void }
    gc()
    const { memory } = performance as unknown as { memory: { usedJSHeapSize: number } }
    return { ...watched, heapBytes: memory.usedJSHeapSize }
  })
}
