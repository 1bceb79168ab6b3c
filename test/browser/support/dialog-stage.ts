import type { Test } from 'tap'
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import { launch } from '../chromium.ts'
import { connectedState, modalOf, openBy } from './dialog.ts'
import { clientPage } from './pages.ts'
import { startStage, type Stage, type StageOptions } from './stage.ts'

interface DialogStageOptions extends StageOptions {
  /** More of the page `plain`. */
  body?: string
}

export interface DialogStage {
  browser: Browser
  stage: Stage
  /** Cookies of a browser that has connected Instagram. */
  connected: Awaited<ReturnType<typeof connectedState>>
  /** Opens a page whose call has opened the dialog; connected already, unless `isNew`. */
  open: (t: Test, call: string, options?: { isNew?: boolean }) => Promise<{ context: BrowserContext, page: Page, dialog: FrameLocator }>
}

/** What most tests begin with: a browser, a stage with a page that has our client, and a connected Instagram. */
export async function startDialogStage (t: Pick<Test, 'teardown'>, { body, ...options }: DialogStageOptions = {}): Promise<DialogStage> {
  const browser = await launch()
  t.teardown(() => browser.close())
  const stage = await startStage(t, options)
  stage.addPage('plain', clientPage(stage.origin, body))
  const connected = await connectedState(browser, stage)
  return {
    browser,
    stage,
    connected,
    async open (t, call, { isNew = false } = {}) {
      const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, reducedMotion: 'reduce', ...(isNew ? {} : { storageState: connected }) })
      t.teardown(() => context.close())
      const page = await context.newPage()
      await page.goto(`${stage.origin}/pages/plain`)
      await openBy(page, call)
      return { context, page, dialog: modalOf(page) }
    }
  }
}
