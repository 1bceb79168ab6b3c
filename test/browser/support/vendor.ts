import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Test } from 'tap'
import type { Page } from 'playwright-core'
import { modalOf, type Dialog } from './dialog.ts'
import { vendorPage } from './pages.ts'
import { firstBlob, results, type BlobLike } from './results.ts'
import { startStage, type Stage } from './stage.ts'

export const CONTAINERS = ['modal', 'window'] as const
export type ContainerName = typeof CONTAINERS[number]

const APP_SECRET = 'the secret of the app that signs'

/** A stage whose pages have loaded the original vendor's npm package as it is published. */
export async function startVendorStage (t: Test): Promise<Stage> {
  const stage = await startStage(t, { app: { mimetypes: ['image/*', 'text/*'], secret: APP_SECRET } })
  stage.addPage('vendor.js', readFileSync(new URL('../node_modules/filepicker-js/dist/filepicker.js', import.meta.url), 'utf8'))
  stage.addPage('vendor', vendorPage(stage.origin))
  return stage
}

/** Calls the client in a click, as pages do, and gives the dialog that it opens. `CONTAINER` in the call stands for the option. */
export async function openVendor (page: Page, container: ContainerName, call: string): Promise<Dialog> {
  await page.evaluate(call => {
    const button = document.getElementById('go')
    // eslint-disable-next-line no-new-func
    if (button !== null) button.onclick = new Function(call) as () => void
  }, call.replace('CONTAINER', `container: '${container}'`))
  if (container === 'modal') {
    await page.click('#go')
    return modalOf(page)
  }
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#go')])
  return popup
}

/** Runs one call of the client and gives what its callback got; `PICKED` stands for a blob, `CALLBACKS` for the two callbacks. */
export async function callVendor (page: Page, call: string, blob?: BlobLike) {
  await page.evaluate(call.replace('PICKED', JSON.stringify(blob)).replace('CALLBACKS', "done('call'), failed('call')"))
  const [result] = await results(page, 1)
  return result
}

export async function blobOf (page: Page, call: string, blob?: BlobLike): Promise<BlobLike> {
  await page.evaluate(call.replace('PICKED', JSON.stringify(blob)).replace('CALLBACKS', "done('call'), failed('call')"))
  return await firstBlob(page)
}

/** Options of a call that a server has signed. */
export function signed (call: string): string {
  const policy = Buffer.from(JSON.stringify({ expiry: Math.floor(Date.now() / 1000) + 3600, call: [call] })).toString('base64url')
  return JSON.stringify({ policy, signature: createHmac('sha256', APP_SECRET).update(policy).digest('hex') })
}
