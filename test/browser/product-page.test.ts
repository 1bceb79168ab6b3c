// The two samples of Filestack's Instagram page, as they stand there, in a page of a server with the plugin. The text of the second has lost
// its line breaks; the one without which it is no JavaScript, after the first console.log, is put back in its fixture.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { launch } from './chromium.ts'
import { connect, modalOf, photos } from './support/dialog.ts'
import { clientPage } from './support/pages.ts'
import type { BlobLike } from './support/results.ts'
import { startStage } from './support/stage.ts'

t.setTimeout(180_000)

const browser = await launch()
t.teardown(() => browser.close())
const stage = await startStage(t)
stage.addPage('sample', clientPage(stage.origin))

/** Runs a sample and collects what it prints, until that many lines are there. */
async function run (t: Test, name: string, lines: number): Promise<{ page: Page, printed: Promise<string[]> }> {
  const context = await browser.newContext()
  t.teardown(() => context.close())
  const page = await context.newPage()
  const all: string[] = []
  const printed = new Promise<string[]>(resolve => page.on('console', message => { if (all.push(message.text()) === lines) resolve(all) }))
  await page.goto(`${stage.origin}/pages/sample`)
  await page.addScriptTag({ content: readFileSync(new URL(`fixtures/${name}.js.txt`, import.meta.url), 'utf8') })
  return { page, printed }
}

async function pickFirst (page: Page): Promise<void> {
  const dialog = modalOf(page)
  await connect(page, dialog)
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
}

t.test('the upload sample prints a blob', async t => {
  const { page, printed } = await run(t, 'sample-upload', 1)
  await pickFirst(page)
  const blob = JSON.parse((await printed)[0] ?? '') as BlobLike
  t.match(blob, { url: /\/api\/file\/[\w-]{20}$/, filename: /^\d+\.jpg$/, mimetype: 'image/jpeg', size: Number, client: 'Instagram', isWriteable: true })
  const bytes = Buffer.from(await (await fetch(blob.url)).arrayBuffer())
  t.equal(bytes.length, blob.size)
})

t.test('the conversion sample picks, converts to 400 × 400 into S3, prints url and key, and removes the picked blob', async t => {
  const { page, printed } = await run(t, 'sample-conversion', 4)
  await pickFirst(page)
  const [progress, url, key, removed] = await printed
  t.equal(progress, 'Conversion in progress...')
  t.match(url, /^Converted file url: {2}http:\/\/localhost:\d+\/api\/file\/[\w-]{20}$/)
  t.match(key, /^File is stored under your S3: {2}[\w-]{20}_\d+\.jpg$/)
  t.equal(removed, 'Removed')

  const address = url?.split('  ')[1] ?? ''
  const facts = await (await fetch(`${address}/metadata?width=true&height=true&size=true`)).json() as { width: number, height: number, size: number }
  t.equal(Math.max(facts.width, facts.height), 400)
  const stored = readdirSync(stage.storageDirectory, { recursive: true }).map(String).find(file => file.endsWith(key?.split('  ')[1] ?? '?'))
  t.equal(statSync(join(stage.storageDirectory, stored ?? '')).size, facts.size, 'the copy lies in the folder that the location S3 stands for')
})
