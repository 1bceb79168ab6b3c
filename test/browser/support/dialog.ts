import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import type { Stage } from './stage.ts'

export type Dialog = FrameLocator | Page

/** The dialog inside the modal of a page. */
export function modalOf (page: Page): FrameLocator {
  return page.frameLocator('#filepicker_dialog')
}

/** Connects in the window that opens; the emulator says yes by itself. */
export async function connect (page: Page, dialog: Dialog): Promise<void> {
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
  await popup
  await dialog.getByRole('grid').waitFor()
}

/** Photos that can be chosen. */
export function photos (dialog: Dialog) {
  return dialog.locator('.tile.image:not(.dimmed)')
}

/** Cookies of a browser that has connected Instagram, for contexts that begin connected. */
export async function connectedState (browser: Browser, stage: Stage): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const { signIn } = await (await context.request.get(`${stage.origin}/api/client/instagram/status`)).json() as { signIn: string }
  await page.goto(`${stage.origin}/pages/plain`)
  await page.evaluate(address => { window.location.href = address }, `/api/client/instagram/auth/open?signIn=${encodeURIComponent(signIn)}`)
  await page.waitForURL(/authCallback/)
  const state = await context.storageState()
  await context.close()
  return state
}

/** Opens the dialog by a call in a click, as pages do; results are collected by `done` and `failed`. */
export async function openBy (page: Page, call: string): Promise<void> {
  await page.evaluate(call => {
    Object.assign(window, { done: (...values: unknown[]) => (window as unknown as { results: unknown[] }).results.push({ values }), failed: (error: { code: number }) => (window as unknown as { results: unknown[] }).results.push({ code: error.code }) })
    const button = document.getElementById('pick')
    // eslint-disable-next-line no-new-func
    if (button !== null) button.onclick = new Function(call) as () => void
  }, call)
  await page.click('#pick')
}
