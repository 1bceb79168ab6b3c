// What gets in the way of a person: a hasty pointer, a connection that comes and goes, another tab, a key that takes its own button away.
import t from 'tap'
import type { BrowserContext, FrameLocator, Page } from 'playwright-core'
import { startDialogStage } from './support/dialog-stage.ts'
import { connect, photos } from './support/dialog.ts'
import { firstBlob, results, type BlobLike } from './support/results.ts'

t.setTimeout(240_000)

const { stage, open } = await startDialogStage(t)

const PICK = "filepicker.pick({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }, done, failed)"
const MULTIPLE = "filepicker.pickMultiple({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }, done, failed)"

const focusedIndex = async (dialog: FrameLocator): Promise<string | null> => await dialog.locator(':focus').getAttribute('data-index')
const comeBack = async (dialog: FrameLocator): Promise<void> => await dialog.locator('body').evaluate(() => { window.dispatchEvent(new Event('online')) })

async function chooseTwo (dialog: FrameLocator): Promise<void> {
  for (const index of [0, 1]) await photos(dialog).nth(index).click()
}

/** Lets no photo be fetched until it is told to. */
async function holdPicks (context: BrowserContext): Promise<() => void> {
  const { promise: released, resolve } = Promise.withResolvers<void>()
  await context.route('**/pick', async route => {
    await released
    await route.fallback().catch(() => {})
  })
  return resolve
}

t.test('a double click on the page’s button opens the dialog and leaves it open', async t => {
  const { page, dialog } = await open(t, 'void 0')
  await page.evaluate(call => { document.querySelector('button')?.setAttribute('onclick', call) }, PICK)
  await page.dblclick('#pick', { position: { x: 2, y: 2 } })
  await photos(dialog).first().waitFor()
  t.strictSame(await page.evaluate('results'), [])
})

t.test('a double click on the button that uses the photos does not hit Cancel, which takes its place', async t => {
  const { context, page, dialog } = await open(t, MULTIPLE)
  const release = await holdPicks(context)
  await chooseTwo(dialog)
  await dialog.getByRole('button', { name: 'Use 2 photos' }).dblclick()
  await dialog.getByRole('progressbar').waitFor()
  release()
  t.equal(((await results(page, 1))[0]?.values?.[0] as BlobLike[]).length, 2)
})

t.test('a double click on a group opens it and chooses nothing', async t => {
  const { dialog } = await open(t, MULTIPLE)
  await photos(dialog).first().waitFor()
  await dialog.locator('.tile.carousel').first().dblclick()
  await dialog.getByRole('heading', { name: 'Group of 4 photos' }).waitFor()
  t.equal(await dialog.locator('.tile.chosen').count(), 0)
  await photos(dialog).first().click()
  t.equal(await dialog.locator('.tile.chosen').count(), 1, 'the next click chooses')
})

t.test('a connection that is lost in the middle of the photos leaves those that are there, and brings the rest by itself', async t => {
  const { context, page, dialog } = await open(t, 'void 0')
  await context.route(url => url.searchParams.has('after'), async route => await route.abort('internetdisconnected'))
  await page.evaluate(MULTIPLE)
  await dialog.getByRole('heading', { name: 'You are offline' }).waitFor()
  await photos(dialog).first().click()
  await context.unrouteAll()
  await comeBack(dialog)
  await dialog.getByRole('heading', { name: 'You are offline' }).waitFor({ state: 'detached' })
  await dialog.getByRole('grid').and(dialog.locator('[aria-busy="false"]')).waitFor()
  t.equal(await dialog.getByRole('heading', { name: 'You are offline' }).count(), 0)
  t.equal(await dialog.locator('.tile.chosen').count(), 1, 'the choice is kept')
})

t.test('a connection that is lost while photos are fetched: the dialog goes on when it is back', async t => {
  const { context, page, dialog } = await open(t, MULTIPLE)
  await context.route('**/pick', async route => await route.abort('internetdisconnected'))
  await chooseTwo(dialog)
  await dialog.getByRole('button', { name: 'Use 2 photos' }).click()
  await dialog.getByRole('alert').getByText('You are offline').waitFor()
  await context.unrouteAll()
  await comeBack(dialog)
  t.equal(((await results(page, 1))[0]?.values?.[0] as BlobLike[]).length, 2)
})

t.test('while the server does not answer, something turns, and Escape leaves', async t => {
  const { context, page, dialog } = await open(t, 'void 0')
  await context.route('**/status?*', async () => {})
  await page.evaluate(PICK)
  await dialog.locator('main.opening[aria-busy="true"]').waitFor()
  t.not(await dialog.locator('main.opening').evaluate(main => getComputedStyle(main, '::after').content), 'none')
  await page.keyboard.press('Escape')
  t.strictSame(await results(page, 1), [{ code: 101 }])
})

t.test('who disconnects in another tab is asked to connect when the photo is used, and keeps the choice', async t => {
  const { context, page, dialog } = await open(t, PICK, { isNew: true })
  await connect(page, dialog)
  await photos(dialog).first().click()
  await context.request.get(`${stage.origin}/api/clients/unauth`)
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  await dialog.getByText('Your sign-in has ended').waitFor()
  await connectAgain(page, dialog)
  t.match(await firstBlob(page), { client: 'Instagram' })
})

async function connectAgain (page: Page, dialog: FrameLocator): Promise<void> {
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect again' }).and(dialog.locator('[aria-disabled="false"]')).click()
  await popup
}

t.test('where windows are held back, a link connects again below the photos', async t => {
  const { context, dialog, page } = await open(t, PICK, { isNew: true })
  await connect(page, dialog)
  await photos(dialog).first().click()
  await context.request.get(`${stage.origin}/api/clients/unauth`)
  await dialog.locator('body').evaluate(() => { window.open = () => null })
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  await dialog.getByRole('button', { name: 'Connect again' }).and(dialog.locator('[aria-disabled="false"]')).click()
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('link', { name: 'Open Instagram' }).click()
  await popup
  t.match(await firstBlob(page), { client: 'Instagram' })
})

t.test('an account that Instagram restricts meanwhile is asked for its photo once, and another one can be connected', async t => {
  const { context, page, dialog } = await open(t, 'void 0', { isNew: true })
  let calls = 0
  await context.route('**/pick', async route => {
    calls++
    await route.fulfill({ status: 403, json: { code: 'INSTAGRAM_ACCOUNT_RESTRICTED' } })
  })
  await page.evaluate(PICK)
  await connect(page, dialog)
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  await dialog.getByRole('button', { name: 'Connect another account' }).and(dialog.locator('[aria-disabled="false"]')).click()
  await dialog.getByRole('heading', { name: 'Your Instagram photos, right here' }).waitFor()
  t.equal(calls, 1)
})

t.test('disconnecting without a connection says so, and can be tried again', async t => {
  const { context, page, dialog } = await open(t, 'void 0', { isNew: true })
  await context.route('**/unauth?*', async route => await route.abort('internetdisconnected'))
  await page.evaluate(PICK)
  await connect(page, dialog)
  await dialog.locator('.account summary').click()
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await dialog.getByRole('alert').getByText('You are offline').waitFor()
  await context.unrouteAll()
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await dialog.getByRole('heading', { name: 'Your Instagram photos, right here' }).waitFor()
})

t.test('a button that goes when it is pressed gives the focus to the photos', async t => {
  const { context, page, dialog } = await open(t, MULTIPLE)
  await chooseTwo(dialog)
  await dialog.getByRole('button', { name: 'Clear' }).focus()
  await page.keyboard.press('Enter')
  await dialog.locator('.tile:focus').waitFor()
  t.equal(await focusedIndex(dialog), '1', 'Clear')
  t.equal(await dialog.getByRole('status').textContent(), 'Choose the photos you like', 'and screen readers hear what happened')

  await holdPicks(context)
  await chooseTwo(dialog)
  await dialog.getByRole('button', { name: 'Use 2 photos' }).focus()
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Cancel' }).and(dialog.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await dialog.locator('.tile:focus').waitFor()
})

t.test('two dialogs at once: the page scrolls again when both are closed, in whatever order', async t => {
  const { page } = await open(t, 'void 0')
  const overflow = async (): Promise<string> => await page.evaluate(() => getComputedStyle(document.documentElement).overflowY)
  await page.evaluate(`window.first = ${PICK}; window.second = ${PICK}`)
  t.equal(await overflow(), 'hidden')
  await page.evaluate('first.close()')
  t.equal(await overflow(), 'hidden')
  await page.evaluate('second.close()')
  t.equal(await overflow(), 'visible')
  t.equal(await page.locator('#filepicker_shade:visible').count(), 0, 'both are out of sight at once')
  await page.locator('#filepicker_shade').waitFor({ state: 'detached' })
})

t.test('who wants less motion gets none', async t => {
  const { dialog } = await open(t, MULTIPLE)
  await chooseTwo(dialog)
  t.equal(await dialog.locator('body').evaluate(() => document.getAnimations().length), 0)
})

t.test('a caption is read in the direction of its own writing', async t => {
  const { context, page, dialog } = await open(t, 'void 0')
  await context.route('**/media?*', async route => {
    const answer = await (await route.fetch()).json() as { items: Array<{ caption?: string }> }
    await route.fulfill({ json: { items: answer.items.slice(0, 3).map(item => ({ ...item, caption: 'שלום, Instagram!' })) } })
  })
  await page.evaluate(MULTIPLE)
  await photos(dialog).first().waitFor()
  await dialog.locator('[data-index="0"]').focus()
  await page.keyboard.press('p')
  const gaps = await dialog.locator('.words p').evaluate(words => {
    const range = document.createRange()
    range.selectNodeContents(words)
    return { text: range.getBoundingClientRect().right, box: words.getBoundingClientRect().right }
  })
  t.ok(gaps.box - gaps.text < 1, 'it begins at the right')
})
