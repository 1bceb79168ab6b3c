import t from 'tap'
import { launch } from './chromium.ts'
import { connect, modalOf, openBy, photos } from './support/dialog.ts'
import { clientPage } from './support/pages.ts'
import { firstBlob } from './support/results.ts'
import { startStage } from './support/stage.ts'

t.setTimeout(180_000)

const browser = await launch()
t.teardown(() => browser.close())

const PICK = "filepicker.pick({ mimetypes: ['image/*'], services: ['INSTAGRAM'], container: 'modal', language: 'en' }, done, failed)"

t.test('a person connects, picks a photo in the modal, and the page gets a blob whose bytes are the photo', async t => {
  const stage = await startStage(t)
  stage.addPage('plain', clientPage(stage.origin))
  const page = await browser.newPage()
  await page.goto(`${stage.origin}/pages/plain`)
  await openBy(page, PICK)
  const dialog = modalOf(page)
  await connect(page, dialog)
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  const blob = await firstBlob(page)
  t.match(blob, { url: /\/api\/file\/[\w-]{20}$/, mimetype: 'image/jpeg', client: 'Instagram', isWriteable: true })
  const bytes = Buffer.from(await (await fetch(blob.url)).arrayBuffer())
  t.equal(bytes.length, blob.size)
  t.equal(bytes.subarray(0, 2).toString('hex'), 'ffd8')

  await page.reload()
  const openedAt = performance.now()
  await openBy(page, PICK)
  await dialog.locator('.tile img.shown').first().waitFor()
  t.comment(`first photo visible ${(performance.now() - openedAt).toFixed(0)} ms after the click, on a warm server`)
})
