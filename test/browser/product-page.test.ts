// The two samples of Filestack's Instagram page, as they stand there, in the page of the host example. The text of the second has lost
// its line breaks; the one without which it is no JavaScript, after the first console.log, is put back in its fixture.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { startDevelopment } from '../../examples/host/development.ts'
import { launch } from './chromium.ts'
import { modalOf, photos } from './support/dialog.ts'
import type { BlobLike } from './support/results.ts'

t.setTimeout(180_000)

const browser = await launch()
t.teardown(() => browser.close())
const directory = t.testdir()
const host = await startDevelopment(directory, 0)
t.teardown(() => host.close())

/** Runs a sample and collects what it prints, until that many lines are there. */
async function run (t: Test, name: string, lines: number): Promise<{ page: Page, printed: Promise<string[]> }> {
  const context = await browser.newContext()
  t.teardown(() => context.close())
  const page = await context.newPage()
  const all: string[] = []
  const printed = new Promise<string[]>(resolve => page.on('console', message => { if (message.type() === 'log' && all.push(message.text()) === lines) resolve(all) }))
  await page.goto(host.address)
  await page.addScriptTag({ content: readFileSync(new URL(`fixtures/${name}.js.txt`, import.meta.url), 'utf8') })
  return { page, printed }
}

/** What a person does: connect, allow at Instagram, choose a square photo. */
async function pick (page: Page): Promise<void> {
  const dialog = modalOf(page)
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
  await (await popup).getByRole('button', { name: 'Allow' }).click()
  await (await squarePhoto(dialog)).click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
}

async function squarePhoto (dialog: FrameLocator): Promise<Locator> {
  await photos(dialog).first().waitFor()
  for (const photo of await photos(dialog).all()) {
    const isSquare = await photo.locator('img').evaluate(async image => {
      if (!(image instanceof HTMLImageElement)) return false
      await image.decode()
      return image.naturalWidth === image.naturalHeight
    })
    if (isSquare) return photo
  }
  throw new Error('the first screen shows no square photo')
}

/** The row of the page's live list in which a webhook with this text stands. */
function webhook (page: Page, action: string, text: string): Locator {
  return page.locator('#webhooks li', { hasText: action }).filter({ hasText: text }).filter({ hasText: 'verified by standard' })
}

t.test('the upload sample prints a blob, and the page lists its webhook', async t => {
  const { page, printed } = await run(t, 'sample-upload', 1)
  await pick(page)
  const blob = JSON.parse((await printed)[0] ?? '') as BlobLike
  t.match(blob, { url: /\/api\/file\/[\w-]{20}$/, filename: /^\d+\.jpg$/, mimetype: 'image/jpeg', size: Number, client: 'Instagram', isWriteable: true })
  const bytes = Buffer.from(await (await fetch(blob.url)).arrayBuffer())
  t.equal(bytes.length, blob.size)
  await webhook(page, 'fp.upload', blob.url).waitFor()
})

t.test('the conversion sample picks, converts to 400 × 400 into S3, prints url and key, and removes the picked blob', async t => {
  const { page, printed } = await run(t, 'sample-conversion', 4)
  await pick(page)
  const [progress, url, key, removed] = await printed
  t.equal(progress, 'Conversion in progress...')
  t.match(url, /^Converted file url: {2}http:\/\/localhost:\d+\/api\/file\/[\w-]{20}$/)
  t.match(key, /^File is stored under your S3: {2}[\w-]{20}_\d+\.jpg$/)
  t.equal(removed, 'Removed')

  const bytes = Buffer.from(await (await fetch(url?.split('  ')[1] ?? '')).arrayBuffer())
  t.match(await sharp(bytes).metadata(), { width: 400, height: 400, format: 'jpeg' })
  const stored = join(directory, 'files', 'files', key?.split('  ')[1] ?? '')
  t.equal(statSync(stored).size, bytes.length, 'the copy lies in the folder that the location S3 stands for')
  await webhook(page, 'fp.converse', 'convert?').waitFor()
  await webhook(page, 'fp.delete', '').waitFor()
})
