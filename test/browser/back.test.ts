// The browser's Back, as phones have it under the thumb: it closes what lies on top and nothing else, and a dialog that is gone has left nothing for
// it to go through.
import t, { type Test } from 'tap'
import type { FrameLocator, Page } from 'playwright-core'
import { startDialogStage } from './support/dialog-stage.ts'
import { modalOf, openBy, photos } from './support/dialog.ts'
import { results } from './support/results.ts'

t.setTimeout(240_000)

const { browser, stage, connected } = await startDialogStage(t, { body: '<iframe id="here" title="Photos" width="700" height="700"></iframe>' })

const call = (container: string): string => `window.opened = filepicker.pickMultiple({ container: '${container}', services: ['INSTAGRAM'], language: 'en' }, done, failed)`

/** A page that has another one before it, and hears of every move through the history. */
async function openPage (t: Test, origin: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 }, hasTouch: true, reducedMotion: 'reduce', storageState: connected })
  t.teardown(() => context.close())
  const page = await context.newPage()
  await page.goto(`${origin}/pages/plain?before`)
  await page.goto(`${origin}/pages/plain`)
  await page.evaluate(() => {
    Object.assign(window, { moves: [] })
    addEventListener('popstate', ({ state }) => (window as unknown as { moves: unknown[] }).moves.push(state))
  })
  return page
}
const back = async (page: Page): Promise<void> => await page.evaluate(() => window.history.back())
const openGroup = async (dialog: FrameLocator | Page): Promise<void> => await dialog.locator('.tile.carousel').first().click()
const heading = (dialog: FrameLocator | Page) => dialog.getByRole('heading', { name: 'Group of 4 photos' })

/** A long press, without which touch screens show no photo large. */
async function openPreview (dialog: FrameLocator | Page): Promise<void> {
  await photos(dialog).first().locator('img.shown').waitFor()
  await photos(dialog).first().dispatchEvent('contextmenu')
  await photos(dialog).first().press('p')
  await dialog.locator('dialog.preview').waitFor()
}

async function leadsBack (t: Test, page: Page): Promise<void> {
  t.strictSame(await page.evaluate('moves'), [], 'the page has heard of no move')
  await Promise.all([page.waitForURL(/before$/), back(page)])
}

for (const [place, origin] of [['the server’s own origin', stage.origin], ['another origin', stage.otherOrigin]] as const) {
  t.test(`in a modal on ${place}: Back closes the photo, then the group, then the dialog, then leads out of the page`, async t => {
    const page = await openPage(t, origin)
    await openBy(page, call('modal'))
    const dialog = modalOf(page)
    await openGroup(dialog)
    await openPreview(dialog)
    await back(page)
    await dialog.locator('dialog.preview').waitFor({ state: 'detached' })
    t.ok(await heading(dialog).isVisible())
    await back(page)
    await heading(dialog).waitFor({ state: 'detached' })
    await photos(dialog).first().waitFor()
    await back(page)
    t.strictSame(await results(page, 1), [{ code: 101 }])
    await leadsBack(t, page)
  })

  t.test(`in a modal on ${place}: what was closed by other means leaves no step`, async t => {
    const page = await openPage(t, origin)
    const ways: Record<string, (dialog: FrameLocator) => Promise<unknown>> = {
      'a choice': async dialog => {
        await photos(dialog).first().click()
        await dialog.getByRole('button', { name: 'Use photo' }).click()
      },
      Close: async dialog => await dialog.getByRole('banner').getByRole('button', { name: 'Close' }).click(),
      'Escape in the page': async () => {
        await page.locator('#filepicker_shade').evaluate(shade => shade.focus())
        await page.keyboard.press('Escape')
      },
      'close()': async () => await page.evaluate('opened.close()')
    }
    for (const [name, leave] of Object.entries(ways)) {
      await openBy(page, call('modal'))
      const dialog = modalOf(page)
      await openGroup(dialog)
      await openPreview(dialog)
      await page.keyboard.press('Escape')
      await dialog.locator('dialog.preview').waitFor({ state: 'detached' })
      await leave(dialog)
      await page.locator('#filepicker_shade').waitFor({ state: 'detached' })
      t.equal(await page.evaluate(() => window.location.search), '', name)
    }
    await leadsBack(t, page)
  })
}

t.test('a group that is closed by its own button is not closed by Back once more', async t => {
  const page = await openPage(t, stage.origin)
  await openBy(page, call('modal'))
  const dialog = modalOf(page)
  await openGroup(dialog)
  await dialog.getByRole('button', { name: 'Back' }).click()
  await heading(dialog).waitFor({ state: 'detached' })
  await back(page)
  t.strictSame(await results(page, 1), [{ code: 101 }])
})

t.test('with photos chosen, Back asks; Back again goes on choosing', async t => {
  const page = await openPage(t, stage.origin)
  await openBy(page, call('modal'))
  const dialog = modalOf(page)
  await photos(dialog).first().click()
  await back(page)
  const question = dialog.getByRole('alertdialog', { name: 'Close without your photo?' })
  await question.waitFor()
  await back(page)
  await question.waitFor({ state: 'detached' })
  t.equal(await dialog.locator('.tile.chosen').count(), 1)
  await back(page)
  await question.getByRole('button', { name: 'Close' }).click()
  t.strictSame(await results(page, 1), [{ code: 101 }])
  await leadsBack(t, page)
})

t.test('a dialog in an iframe of the page: Back closes the group, and then leads out of the page', async t => {
  const page = await openPage(t, stage.otherOrigin)
  await openBy(page, call('here'))
  const dialog = page.frameLocator('#here')
  await openGroup(dialog)
  await heading(dialog).waitFor()
  await back(page)
  await heading(dialog).waitFor({ state: 'detached' })
  await leadsBack(t, page)
})

t.test('a dialog in a window: Back closes the photo and the group', async t => {
  const page = await openPage(t, stage.otherOrigin)
  const opening = page.waitForEvent('popup')
  await openBy(page, call('window'))
  const dialog = await opening
  await openGroup(dialog)
  await openPreview(dialog)
  await back(dialog)
  await dialog.locator('dialog.preview').waitFor({ state: 'detached' })
  await back(dialog)
  await heading(dialog).waitFor({ state: 'detached' })
  await photos(dialog).first().click()
  await Promise.all([dialog.waitForEvent('close'), dialog.getByRole('button', { name: 'Use photo' }).click()])
  t.equal((await results(page, 1)).length, 1)
})

t.test('a page that goes on to another address when the dialog ends is not brought back', async t => {
  const page = await openPage(t, stage.origin)
  await openBy(page, call('modal').replace('done, failed', "() => { history.pushState({}, '', '?picked') }, failed"))
  const dialog = modalOf(page)
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  await page.waitForURL(/picked$/)

  await openBy(page, call('modal'))
  await photos(dialog).first().waitFor()
  await page.evaluate("history.pushState({}, '', '?routed'); opened.close()")
  await page.locator('#filepicker_shade').waitFor({ state: 'detached' })
  t.equal(await page.evaluate(() => window.location.search), '?routed', 'also when it takes the dialog away on the way')
})
