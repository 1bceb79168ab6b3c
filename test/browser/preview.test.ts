// One photo large: what is shown while it loads, and when it cannot be had.
import t from 'tap'
import type { BrowserContext, FrameLocator, Page, Route } from 'playwright-core'
import { startDialogStage } from './support/dialog-stage.ts'
import { photos } from './support/dialog.ts'

t.setTimeout(180_000)

const { open } = await startDialogStage(t)
const PICK = "filepicker.pick({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }, done, failed)"

/** Shows the first photo large, whose picture is answered in this way. */
async function showLarge ({ context, page, dialog }: { context: BrowserContext, page: Page, dialog: FrameLocator }, answer: (route: Route) => Promise<void>): Promise<void> {
  await photos(dialog).first().locator('img.shown').waitFor()
  await context.route('**/api/thumbnail/**', answer)
  await dialog.locator('[data-index="0"]').focus()
  await page.keyboard.press('p')
}

t.test('a picture that takes long is waited for in sight and in words, and then shown', async t => {
  const opened = await open(t, PICK)
  const { dialog } = opened
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await showLarge(opened, async route => {
    await released
    await route.fallback()
  })
  await dialog.locator('.large.late[aria-busy="true"]').waitFor()
  t.equal(await dialog.locator('.preview').getByRole('status').textContent(), 'The photo is loading')
  t.not(await dialog.locator('.large').evaluate(large => getComputedStyle(large, '::after').content), 'none', 'something turns')
  release()
  await dialog.locator('.large[aria-busy="false"] img.shown').waitFor()
  t.equal(await dialog.locator('.preview').getByRole('status').textContent(), '')
})

t.test('a picture that cannot be had is said, and is there after another try; the keys go on working', async t => {
  const opened = await open(t, PICK)
  const { context, page, dialog } = opened
  await showLarge(opened, async route => await route.fulfill({ status: 404 }))
  const preview = dialog.locator('.preview')
  const again = preview.getByRole('button', { name: 'Try again' })
  await again.waitFor()
  t.equal(await preview.getByRole('status').textContent(), 'This photo could not be loaded.')
  t.equal(await preview.locator('.large').getAttribute('aria-busy'), 'false')
  await again.focus()
  await context.unroute('**/api/thumbnail/**')
  await page.keyboard.press('Enter')
  await preview.locator('img.shown').waitFor()
  t.equal(await preview.getByRole('status').textContent(), '')
  await page.keyboard.press('ArrowRight')
  await preview.getByText(/^2 of /).waitFor()
})

t.test('who moves on from a picture that failed sees the next one', async t => {
  const opened = await open(t, PICK)
  const { context, page, dialog } = opened
  await showLarge(opened, async route => await route.fulfill({ status: 404 }))
  await dialog.locator('.preview').getByRole('button', { name: 'Try again' }).waitFor()
  await context.unroute('**/api/thumbnail/**')
  await page.keyboard.press('ArrowRight')
  await dialog.locator('.preview img.shown').waitFor()
  t.equal(await dialog.locator('.preview').getByRole('button', { name: 'Try again' }).count(), 0)
})
