// Nobody loses what they have chosen by one stray key or click: the dialog asks once before it throws something away.
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import type { FrameLocator, Page } from 'playwright-core'
import { startDialogStage } from './support/dialog-stage.ts'
import { openBy, photos } from './support/dialog.ts'
import { results } from './support/results.ts'

t.setTimeout(240_000)

const told: string[] = []
const { open } = await startDialogStage(t, { plugin: { onEvent: ({ action }) => { told.push(action) } } })

const PICK = "filepicker.pickMultiple({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }, done, failed)"
const STORE = "filepicker.pickAndStore({ container: 'modal', multiple: true, services: ['INSTAGRAM'], language: 'en' }, { path: 'trip/' }, done, failed)"

const WAYS_OUT: Readonly<Record<string, (page: Page, dialog: FrameLocator) => Promise<void>>> = {
  'Escape in the dialog': async page => await page.keyboard.press('Escape'),
  'Escape in the page': async page => {
    await page.locator('#filepicker_shade').evaluate(shade => shade.focus())
    await page.keyboard.press('Escape')
  },
  'a click on the shade': async page => await page.locator('#filepicker_shade').click({ position: { x: 4, y: 4 } }),
  'the button Close': async (_page, dialog) => await dialog.getByRole('banner').getByRole('button', { name: 'Close' }).click()
}
/** The action of the first event that the server tells after so many. */
const eventAfter = async (count: number): Promise<string> => {
  while (told[count] === undefined) await setImmediate()
  return told[count]
}
const isOpen = async (page: Page): Promise<boolean> => await page.locator('#filepicker_shade').count() === 1
const focused = async (page: Page): Promise<string | null | undefined> => await page.frame({ name: 'filepicker_dialog' })?.evaluate(() => document.activeElement?.textContent)

for (const [name, leave] of Object.entries(WAYS_OUT)) {
  t.test(`${name} closes at once while nothing is chosen, and asks once something is`, async t => {
    const { page, dialog } = await open(t, PICK)
    await photos(dialog).first().waitFor()
    await dialog.locator('[data-index="0"]').focus()
    await leave(page, dialog)
    t.strictSame(await results(page, 1), [{ code: 101 }])

    await openBy(page, PICK)
    for (const index of [0, 1]) await photos(dialog).nth(index).click()
    await leave(page, dialog)
    const question = dialog.getByRole('alertdialog', { name: 'Close without your 2 photos?' })
    await question.waitFor()
    t.equal(await question.count(), 1)
    t.equal(await question.getByText('The photos you have chosen will not be used.').count(), 1)
    await question.getByRole('button', { name: 'Keep choosing' }).click()
    t.equal(await dialog.locator('.tile.chosen').count(), 2, 'the choice is still there')
    t.ok(await isOpen(page))
    await leave(page, dialog)
    await question.getByRole('button', { name: 'Close' }).click()
    t.strictSame(await results(page, 1), [{ code: 101 }])
    t.notOk(await isOpen(page))
  })
}

t.test('the question has the focus on the answer that loses nothing; Escape gives it too, and the focus goes back', async t => {
  const { page, dialog } = await open(t, PICK)
  await photos(dialog).first().click()
  await dialog.locator('[data-index="0"]').focus()
  await page.keyboard.press('Escape')
  const question = dialog.getByRole('alertdialog')
  await question.waitFor()
  t.equal(await focused(page), 'Keep choosing')
  t.match(await question.ariaSnapshot(), /- alertdialog "Close without your photo\?":\n\s+- heading "Close without your photo\?" \[level=2\]\n\s+- paragraph: The photo you have chosen will not be used\.\n\s+- button "Keep choosing"\n\s+- button "Close"/)
  await page.keyboard.press('Tab')
  t.equal(await focused(page), 'Close')
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  t.equal(await page.frame({ name: 'filepicker_dialog' })?.evaluate(() => document.activeElement?.getAttribute('data-index')), '0')
  t.ok(await isOpen(page))
})

t.test('while copies are stored, going on finishes them, also those that came while the question was there', async t => {
  const { context, page, dialog } = await open(t, STORE)
  const held: Array<() => void> = []
  await context.route('**/pick', async route => await new Promise<void>(resolve => held.push(() => resolve(route.fallback()))))
  for (const index of [0, 1]) await photos(dialog).nth(index).click()
  await dialog.getByRole('button', { name: 'Use 2 photos' }).click()
  await dialog.getByRole('progressbar').waitFor()
  await page.keyboard.press('Escape')
  const question = dialog.getByRole('alertdialog', { name: 'Stop storing 2 photos?' })
  await question.getByRole('button', { name: 'Keep going' }).click()
  await page.keyboard.press('Escape')
  await question.waitFor()
  held.forEach(go => go())
  const [result] = await results(page, 1)
  t.equal((result?.values?.[0] as unknown[]).length, 2)
  t.notOk(await isOpen(page))
})

t.test('while copies are stored, stopping removes those that are there and closes the dialog', async t => {
  const { context, page, dialog } = await open(t, STORE)
  const { length: uploads } = told
  let calls = 0
  await context.route('**/pick', async route => { if (++calls === 1) await route.fallback() })
  for (const index of [0, 1]) await photos(dialog).nth(index).click()
  await dialog.getByRole('button', { name: 'Use 2 photos' }).click()
  await dialog.getByText('Getting photo 2 of 2').waitFor()
  t.equal(await eventAfter(uploads), 'fp.upload')
  await page.locator('#filepicker_shade').click({ position: { x: 4, y: 4 } })
  const { length: before } = told
  await dialog.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click()
  t.strictSame(await results(page, 1), [{ code: 101 }])
  t.equal(await eventAfter(before), 'fp.delete')
})

t.test('a dialog in a window: the browser asks before the window closes, and not after the choice is used', async t => {
  const { page } = await open(t, 'void 0')
  const opening = page.waitForEvent('popup')
  await openBy(page, PICK.replace("'modal'", "'window'"))
  const dialog = await opening
  await photos(dialog).first().click()
  await dialog.waitForFunction(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))
  const asked = dialog.waitForEvent('dialog')
  await dialog.close({ runBeforeUnload: true })
  const prompt = await asked
  t.equal(prompt.type(), 'beforeunload')
  await prompt.dismiss()
  await Promise.all([dialog.waitForEvent('close'), dialog.getByRole('button', { name: 'Use photo' }).click()])
  t.equal((await results(page, 1)).length, 1)
})

t.test('close() of what pick returns asks nobody, in a modal and in a window', async t => {
  const { page, dialog } = await open(t, `window.opened = ${PICK}`)
  await photos(dialog).first().click()
  t.notOk(await page.evaluate("opened.close(); document.getElementById('filepicker_shade')?.checkVisibility() ?? false"), 'it is out of sight at once')
  await page.locator('#filepicker_shade').waitFor({ state: 'detached' })

  const opening = page.waitForEvent('popup')
  await openBy(page, `window.opened = ${PICK.replace("'modal'", "'window'")}`)
  const window = await opening
  await photos(window).first().click()
  await window.locator('.tile.chosen').waitFor()
  await Promise.all([window.waitForEvent('close'), page.evaluate('opened.close()')])
  t.strictSame(await page.evaluate('results'), [])
})
