// The original vendor's npm package, unmodified, against our server. Its own name for everything: filepicker-js 2.4.18.
import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { launch } from './chromium.ts'
import { connect, modalOf, photos } from './support/dialog.ts'
import { vendorPage } from './support/pages.ts'
import { firstBlob, results, type BlobLike } from './support/results.ts'
import { startStage } from './support/stage.ts'

t.setTimeout(180_000)

const browser = await launch()
t.teardown(() => browser.close())
const stage = await startStage(t, { app: { mimetypes: ['image/*', 'text/*'] } })
const publicPhoto = await stage.findPhoto()
stage.addPage('vendor.js', readFileSync(new URL('node_modules/filepicker-js/dist/filepicker.js', import.meta.url), 'utf8'))
stage.addPage('vendor', vendorPage(stage.origin))

const origins = [['the same origin', stage.origin], ['another origin', stage.otherOrigin]] as const

/** A page whose browser has connected Instagram already, unless told otherwise. */
async function open (t: Test, origin: string): Promise<Page> {
  const context = await browser.newContext()
  t.teardown(() => context.close())
  const page = await context.newPage()
  await page.goto(`${origin}/pages/vendor`)
  return page
}

const PICK = "document.getElementById('go').onclick = () => { window.dialog = filepicker.pick({ mimetypes: ['image/*'], services: ['INSTAGRAM'] }, done('pick'), failed('pick')) }"

for (const [place, origin] of origins) {
  t.test(`in a modal on ${place}`, async t => {
    const page = await open(t, origin)
    await page.evaluate(PICK)
    await page.click('#go')
    const dialog = modalOf(page)
    await connect(page, dialog)
    await photos(dialog).first().click()
    await dialog.getByRole('button', { name: 'Use photo' }).click()
    const picked = await firstBlob(page)

    t.match(picked, { url: new RegExp(`^${stage.origin}/api/file/[\\w-]{20}$`), mimetype: 'image/jpeg', client: 'Instagram', isWriteable: true, filename: /\.jpg$/, size: Number }, 'pick calls back with a blob')
    t.equal(await page.locator('#filepicker_shade').count(), 0, 'and the modal is gone')

    await t.test('pickMultiple calls back once with a list, in the order of choice', async t => {
      await page.evaluate("filepicker.pickMultiple({ services: ['INSTAGRAM'], maxFiles: 3 }, done('multiple'), failed('multiple'), progress => { window.progress = progress })")
      for (const index of [2, 0]) await photos(dialog).nth(index).click()
      await dialog.getByRole('button', { name: 'Use 2 photos' }).click()
      const [result] = await results(page, 1)
      const blobs = result?.values?.[0] as BlobLike[]
      t.equal(blobs.length, 2)
      t.not(blobs[0]?.url, blobs[1]?.url)
      t.match(await page.evaluate('progress'), { done: 2, total: 2, percent: 100 }, 'and progress was told')
    })

    await t.test('pickAndStore calls back with a list, also for one photo, and the copy has a key', async t => {
      await page.evaluate("filepicker.pickAndStore({ services: ['INSTAGRAM'] }, { location: 'S3', path: 'albums/' }, done('stored'), failed('stored'))")
      await photos(dialog).first().click()
      await dialog.getByRole('button', { name: 'Use photo' }).click()
      const [result] = await results(page, 1)
      const [stored] = result?.values?.[0] as [BlobLike]
      t.match(stored, { key: /^albums\/[\w-]{20}_\d+\.jpg$/, mimetype: 'image/jpeg', client: 'Instagram', size: Number })
    })

    await t.test('closing in the dialog is error 101, once', async t => {
      await page.evaluate(PICK)
      await page.click('#go')
      await dialog.getByRole('grid').waitFor()
      await dialog.locator('h1').click()
      await page.keyboard.press('Escape')
      t.strictSame(await results(page, 1), [{ name: 'pick', code: 101 }])
      t.equal(await page.locator('#filepicker_shade').count(), 0)
    })

    await t.test("the vendor's own cross lies over ours and does the same", async t => {
      await page.click('#go')
      const ours = await dialog.getByRole('button', { name: 'Close' }).boundingBox()
      await page.mouse.click((ours?.x ?? 0) + (ours?.width ?? 0) / 2, (ours?.y ?? 0) + (ours?.height ?? 0) / 2)
      t.strictSame(await results(page, 1), [{ name: 'pick', code: 101 }])
    })

    await t.test("closing by the vendor's own shade is error 101", async t => {
      await page.click('#go')
      await dialog.getByRole('grid').waitFor()
      await page.locator('#filepicker_shade').click({ position: { x: 5, y: 5 } })
      t.strictSame(await results(page, 1), [{ name: 'pick', code: 101 }])
    })

    await t.test('convert makes a stored file of that size, and leaves the source as it is', async t => {
      await page.evaluate(blob => Object.assign(window, { picked: blob }), picked)
      await page.evaluate("filepicker.convert(picked, { width: 120, height: 90, fit: 'crop' }, { location: 'S3' }, done('convert'), failed('convert'))")
      const converted = await firstBlob(page)
      t.match(converted, { url: /\/api\/file\//, mimetype: 'image/jpeg', key: String, size: Number })
      await page.evaluate(url => { (window as unknown as { convertedUrl: string }).convertedUrl = url }, converted.url)
      await page.evaluate("filepicker.stat(convertedUrl, { width: true, height: true }, done('stat'), failed('stat'))")
      t.match((await results(page, 1))[0], { name: 'stat', values: [{ width: 120, height: 90 }] })
    })

    await t.test('stat describes a file', async t => {
      await page.evaluate("filepicker.stat(picked, meta => results.push({ name: 'stat', values: [{ ...meta, isDate: meta.uploaded instanceof Date }] }), failed('stat'))")
      t.match((await results(page, 1))[0], { values: [{ mimetype: 'image/jpeg', size: picked.size, isDate: true }] })
    })

    await t.test('store keeps a text, a file, and what an address leads to; read brings them back', async t => {
      await page.evaluate("filepicker.store('Grüße', { filename: 'greeting.txt', mimetype: 'text/plain' }, done('text'), failed('text'))")
      const text = await firstBlob(page)
      t.match(text, { filename: 'greeting.txt', mimetype: 'text/plain', size: 7, key: /_greeting\.txt$/ })
      await page.evaluate(blob => Object.assign(window, { text: blob }), text)
      await page.evaluate("filepicker.read(text, { asText: true }, done('read'), failed('read'))")
      t.strictSame(await results(page, 1), [{ name: 'read', values: ['Grüße'] }])

      await page.evaluate(`fetch('${picked.url}').then(answer => answer.blob()).then(blob => filepicker.store(new File([blob], 'mine.jpg', { type: 'image/jpeg' }), done('file'), failed('file'), percent => { window.percent = percent }))`)
      const file = await firstBlob(page)
      t.match(file, { filename: 'mine.jpg', mimetype: 'image/jpeg', size: picked.size })
      t.equal(await page.evaluate('percent'), 100)

      await page.evaluate(`filepicker.storeUrl('${publicPhoto}', { filename: 'found.jpg' }, done('url'), failed('url'))`)
      t.match(await firstBlob(page), { filename: 'found.jpg', mimetype: 'image/jpeg', size: Number })
      await page.evaluate("filepicker.storeUrl('https://localhost:1/none.jpg', done('url'), failed('url'))")
      t.match((await results(page, 1))[0], { name: 'url', code: 152 }, 'an address inside the house is refused')

      await page.evaluate("filepicker.read(picked, {}, bytes => results.push({ name: 'read', values: [bytes.length, bytes.charCodeAt(0), bytes.charCodeAt(1)] }), failed('read'))")
      t.strictSame((await results(page, 1))[0], { name: 'read', values: [picked.size, 0xff, 0xd8] })
    })

    await t.test('remove ends a file; a second time it is not found', async t => {
      await page.evaluate("filepicker.remove(picked, done('remove'), failed('remove'))")
      const [first] = await results(page, 1)
      if (origin === stage.origin) {
        t.strictSame(first, { name: 'remove', values: [] })
        await page.evaluate("filepicker.remove(picked, done('remove'), failed('remove'))")
        t.strictSame(await results(page, 1), [{ name: 'remove', code: 171 }])
      } else t.strictSame(first, { name: 'remove', code: 403 }, 'this client sends no cookies to another origin, so it needs a policy there')
    })
  })

  t.test(`in a window on ${place}`, async t => {
    const page = await open(t, origin)
    await page.evaluate(PICK.replace('services:', "container: 'window', services:"))
    const opening = page.waitForEvent('popup')
    await page.click('#go')
    const dialog = await opening
    await connect(dialog, dialog)
    await photos(dialog).nth(1).click()
    const closed = dialog.waitForEvent('close')
    await dialog.getByRole('button', { name: 'Use photo' }).click()
    t.match(await firstBlob(page), { mimetype: 'image/jpeg', client: 'Instagram' })
    await closed

    await t.test('closing the window is error 101', async t => {
      const opening = page.waitForEvent('popup')
      await page.click('#go')
      const again = await opening
      await again.getByRole('grid').waitFor()
      await again.close()
      t.strictSame(await results(page, 1), [{ name: 'pick', code: 101 }])
    })
  })
}
