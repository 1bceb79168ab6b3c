import t from 'tap'
import { launch } from './chromium.ts'
import { connect, modalOf, photos } from './support/dialog.ts'
import { clientPage } from './support/pages.ts'
import { startStage } from './support/stage.ts'

const browser = await launch()
t.teardown(() => browser.close())

t.test('a person connects, picks a photo in the modal, and the page gets a blob', async t => {
  const stage = await startStage(t)
  stage.addPage('plain', clientPage(stage.origin))
  const page = await browser.newPage()
  await page.goto(`${stage.origin}/pages/plain`)
  await page.evaluate("filepicker.pick({ mimetypes: ['image/*'], services: ['INSTAGRAM'] }, blob => results.push(blob))")
  const dialog = modalOf(page)
  await connect(page, dialog)
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  await page.waitForFunction('results.length === 1')
  const [blob] = await page.evaluate('results') as Array<Record<string, unknown>>
  t.match(blob, { url: /\/api\/file\/[\w-]{20}$/, mimetype: 'image/jpeg', client: 'Instagram', isWriteable: true })
})
