// What a person does in the dialog, by mouse and by keyboard, and what the dialog does in return.
import t from 'tap'
import type { Page } from 'playwright-core'
import { startDialogStage } from './support/dialog-stage.ts'
import { modalOf, openBy, photos } from './support/dialog.ts'
import { firstBlob, results, type BlobLike } from './support/results.ts'
import { ACCOUNT } from './support/stage.ts'

t.setTimeout(300_000)

const { open } = await startDialogStage(t, { body: '<button id="behind">Behind</button>' })

const PICK = "filepicker.pick({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }, done, failed)"
const MULTIPLE = "filepicker.pickMultiple({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }, done, failed)"
const focused = async (page: Page): Promise<string> => await page.frame({ name: 'filepicker_dialog' })?.evaluate(() => document.activeElement?.getAttribute('data-index') ?? document.activeElement?.textContent ?? '') ?? ''

t.test('by keyboard alone: connect, walk through the grid, choose, and be back where one was', async t => {
  const { page, dialog } = await open(t, PICK, { isNew: true })
  await dialog.getByRole('heading', { name: 'Your Instagram photos' }).waitFor()
  const popup = page.waitForEvent('popup')
  await page.keyboard.press('Tab')
  t.equal(await focused(page), 'Connect Instagram')
  await dialog.getByRole('button', { name: 'Connect Instagram' }).and(dialog.locator('[aria-disabled="false"]')).waitFor()
  await page.keyboard.press('Enter')
  await popup
  await photos(dialog).first().waitFor()

  for (let presses = 0; presses < 8 && !/^\d+$/.test(await focused(page)); presses++) await page.keyboard.press('Tab')
  const columns = Number(await dialog.getByRole('grid').getAttribute('aria-colcount'))
  const walk = [['ArrowRight', 1], ['ArrowDown', 1 + columns], ['ArrowLeft', columns], ['End', 2 * columns - 1], ['Home', columns], ['ArrowUp', 0], ['Control+End', 'last'], ['Control+Home', 0], ['PageDown', 'below'], ['PageUp', 0]] as const
  for (const [key, expected] of walk) {
    await page.keyboard.press(key)
    const index = Number(await focused(page))
    if (typeof expected === 'number') t.equal(index, expected, key)
    else t.ok(index >= 2 * columns, `${key} goes far down`)
  }
  await page.keyboard.press('Space')
  t.equal(await dialog.locator('[data-index="0"]').getAttribute('aria-selected'), 'true')
  await page.keyboard.press('Enter')
  t.match(await firstBlob(page), { client: 'Instagram' })
  t.equal(await page.evaluate(() => document.activeElement?.id), 'pick', 'the focus is back at the button')
})

t.test('while the dialog is open, the page behind is out of reach; Escape closes it as error 101', async t => {
  const { page, dialog } = await open(t, PICK)
  await photos(dialog).first().waitFor()
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab')
    t.not(await page.evaluate(() => document.activeElement?.id), 'behind')
  }
  await dialog.locator('[data-index="0"]').focus()
  await page.keyboard.press('Escape')
  t.strictSame(await results(page, 1), [{ code: 101 }])
  t.equal(await page.locator('#filepicker_shade').count(), 0)
})

t.test('screen readers hear a grid of named photos', async t => {
  const { dialog } = await open(t, MULTIPLE)
  await photos(dialog).first().waitFor()
  await photos(dialog).first().click()
  const tree = await dialog.locator('body').ariaSnapshot()
  t.match(tree, /- banner:\n\s+- heading "Choose photos" \[level=1\]/)
  t.match(tree, new RegExp(`- grid "Photos of ${ACCOUNT}":`))
  t.match(tree, /- row "[^]*?- gridcell "Photo, \w+ \d+, \d{4}\. [^"]+" \[selected\]/)
  t.match(tree, /- gridcell "Group of 4 photos, /)
  t.match(tree, /- gridcell "Video, [^"]+Videos cannot be chosen, only photos\." \[disabled\]/)
  t.match(tree, /- status: 1 chosen/)
  t.match(tree, /- button "Use photo"/)
})

t.test('Shift takes the range between two clicks, and between two places by the arrows', async t => {
  const { page, dialog } = await open(t, MULTIPLE)
  await photos(dialog).first().click()
  await dialog.locator('[data-index="2"]').click({ modifiers: ['Shift'] })
  t.equal(await dialog.locator('.tile.chosen').count(), 3)
  await dialog.getByRole('button', { name: 'Clear' }).click()
  await dialog.locator('[data-index="0"]').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowRight')
  t.equal(await dialog.locator('.tile.chosen').count(), 2)
})

t.test('no more than maxFiles can be chosen, and the dialog says so', async t => {
  const { dialog } = await open(t, MULTIPLE.replace('services:', 'maxFiles: 2, services:'))
  for (const index of [0, 1]) await photos(dialog).nth(index).click()
  await dialog.locator('[data-index="2"]').click({ force: true })
  t.equal(await dialog.locator('.tile.chosen').count(), 2)
  await dialog.getByText('2 of 2 chosen', { exact: false }).first().waitFor()
  t.match(await dialog.getByRole('status').textContent(), /You can choose up to 2 photos/)
})

t.test('a group opens, is chosen whole, and closes where it was', async t => {
  const { page, dialog } = await open(t, MULTIPLE)
  const group = dialog.locator('.tile.carousel').first()
  const index = await group.getAttribute('data-index')
  await group.click()
  await dialog.getByRole('heading', { name: 'Group of 4 photos' }).waitFor()
  await dialog.getByRole('button', { name: 'Choose all' }).click()
  t.equal(await dialog.locator('.tile.chosen').count(), 4)
  await dialog.getByRole('button', { name: 'Back' }).click()
  await dialog.locator('.tile.carousel.chosen').waitFor()
  t.equal(await focused(page), index)
  await dialog.getByRole('button', { name: 'Use 4 photos' }).click()
  const [result] = await results(page, 1)
  t.equal((result?.values?.[0] as BlobLike[]).length, 4)
})

t.test('a photo is shown large, with its words, and can be chosen there', async t => {
  const { page, dialog } = await open(t, PICK)
  await photos(dialog).first().hover()
  await photos(dialog).first().getByRole('button', { name: 'Enlarge' }).click()
  const large = dialog.getByRole('dialog')
  await large.getByText('1 of').first().waitFor()
  await page.keyboard.press('ArrowRight')
  await large.getByText('2 of').first().waitFor()
  await page.keyboard.press('Escape')
  t.equal(await large.count(), 0, 'Escape closes the large view only')
  t.equal(await page.locator('#filepicker_shade').count(), 1)
  await dialog.locator('[data-index="0"]').focus()
  await page.keyboard.press('p')
  await large.getByRole('button', { name: 'Use photo' }).click()
  t.match(await firstBlob(page), { client: 'Instagram' })
})

t.test('a page that takes no JPEG finds nothing to choose, and each photo says why', async t => {
  const { dialog } = await open(t, PICK.replace('services:', "mimetypes: ['image/png'], services:"))
  const first = dialog.locator('.tile.image').first()
  await first.click({ force: true })
  t.match(await first.getAttribute('aria-label'), /This page does not accept files of this type/)
  t.equal(await dialog.getByRole('button', { name: 'Use photo' }).isDisabled(), true)
  t.match(await dialog.locator('.count').textContent(), /This page does not accept files of this type/, 'also where no pointer hovers')
})

t.test('cancelling while copies are made goes back to the photos, and nothing is handed over', async t => {
  const { context, page, dialog } = await open(t, MULTIPLE)
  await context.route('**/pick', async () => {})
  for (const index of [0, 1]) await photos(dialog).nth(index).click()
  await dialog.getByRole('button', { name: 'Use 2 photos' }).click()
  await dialog.getByRole('progressbar').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.getByRole('button', { name: 'Use 2 photos' }).waitFor()
  await context.unroute('**/pick')
  await dialog.getByRole('button', { name: 'Use 2 photos' }).click()
  t.equal((await results(page, 1)).length, 1, 'and it can be tried again')
})

t.test('a hidden dialog ends with error 102 when a photo fails', async t => {
  const { context, page, dialog } = await open(t, PICK.replace('services:', 'hide: true, services:'))
  await context.route('**/pick', async route => await route.fulfill({ status: 404, json: { code: 'SOURCE_GONE' } }))
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  t.strictSame(await results(page, 1), [{ code: 102 }])
})

t.test('when one of several photos fails, the others can be used', async t => {
  const { context, page, dialog } = await open(t, MULTIPLE)
  let calls = 0
  await context.route('**/pick', async route => ++calls === 1 ? await route.fulfill({ status: 404, json: { code: 'SOURCE_GONE' } }) : await route.fallback())
  for (const index of [0, 1, 2]) await photos(dialog).nth(index).click()
  await dialog.getByRole('button', { name: 'Use 3 photos' }).click()
  await dialog.getByText('1 photo could not be fetched').waitFor()
  await dialog.getByRole('button', { name: 'Use the other 2 photos' }).click()
  const [result] = await results(page, 1)
  t.equal((result?.values?.[0] as BlobLike[]).length, 2)
})

t.test('a photo outside the limits is refused, is no longer chosen, and another one can be', async t => {
  const { page, dialog } = await open(t, PICK.replace('services:', 'maxSize: 1000, services:'))
  const refused = page.waitForResponse(response => response.url().endsWith('/pick'))
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  t.equal((await refused).status(), 413, 'by the server, which keeps nothing of it')
  await dialog.getByText('This photo is too large').waitFor()
  await dialog.getByRole('button', { name: 'Choose another photo' }).click()
  t.equal(await dialog.locator('.tile.chosen').count(), 0)
})

t.test('a thumbnail that the busy server refuses is asked for again; one that never comes leaves its place named', async t => {
  const { context, page } = await open(t, 'void 0')
  let refusals = 0
  await context.route('**/api/thumbnail/**', async route => ++refusals === 1 ? await route.fulfill({ status: 503 }) : await route.fallback())
  await openBy(page, PICK)
  const dialog = modalOf(page)
  await dialog.locator('[data-index="0"] img.shown').waitFor()
  await dialog.locator('[data-index="1"] img.shown').waitFor()
  t.equal(await dialog.locator('.missing').count(), 0)

  await context.unroute('**/api/thumbnail/**')
  await context.route('**/api/thumbnail/**', async route => await route.fulfill({ status: 404 }))
  await page.reload()
  await openBy(page, PICK)
  await dialog.locator('[data-index="0"] .missing').getByText('No picture to show').waitFor()
})

t.test('when several photos fail, they are told of in the plural, and so is what to do', async t => {
  for (const [language, told, next] of [['en', '2 photos are gone', 'Choose other photos'], ['de', '2 Fotos gibt es nicht mehr', 'Andere Fotos auswählen'], ['ar', 'لم تعد صورتان موجودتين', 'اختيار صورتين أخريين']] as const) {
    const { context, dialog } = await open(t, MULTIPLE.replace("'en'", `'${language}'`))
    await context.route('**/pick', async route => await route.fulfill({ status: 404, json: { code: 'SOURCE_GONE' } }))
    for (const index of [0, 1]) await photos(dialog).nth(index).click()
    await dialog.locator('.bar .primary').click()
    await dialog.getByRole('alert').getByText(told).waitFor()
    await dialog.getByRole('button', { name: next }).click()
    t.equal(await dialog.locator('.tile.chosen').count(), 0)
  }
})

t.test('when photos fail for different reasons, their number is told, and what can be tried again is', async t => {
  const { context, page, dialog } = await open(t, MULTIPLE)
  let calls = 0
  await context.route('**/pick', async route => await route.fulfill(++calls === 1 ? { status: 404, json: { code: 'SOURCE_GONE' } } : { status: 502, json: { code: 'INSTAGRAM_UNAVAILABLE' } }))
  for (const index of [0, 1]) await photos(dialog).nth(index).click()
  await dialog.getByRole('button', { name: 'Use 2 photos' }).click()
  await dialog.getByRole('alert').getByText('2 photos could not be fetched').waitFor()
  await context.unrouteAll()
  await dialog.getByRole('button', { name: 'Try again' }).click()
  t.equal(((await results(page, 1))[0]?.values?.[0] as BlobLike[]).length, 2)
})
