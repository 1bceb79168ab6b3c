// The original vendor's npm package, unmodified, against our server: every call, in a modal and in a window, on the server's own origin and on
// another one. Its own name for everything: filepicker-js 2.4.18. Calls that open no dialog are made with the photo that the dialog gave.
import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { launch } from './chromium.ts'
import { connect, photos, type Dialog } from './support/dialog.ts'
import { firstBlob, results, type BlobLike } from './support/results.ts'
import { blobOf, callVendor, CONTAINERS, openVendor, signed, startVendorStage, type ContainerName } from './support/vendor.ts'

t.setTimeout(240_000)

const browser = await launch()
t.teardown(() => browser.close())
const stage = await startVendorStage(t)
const publicPhoto = await stage.findPhoto()

const PICK = "filepicker.pick({ CONTAINER, mimetypes: ['image/*'], services: ['INSTAGRAM'] }, done('pick'), failed('pick'))"
const MULTIPLE = "filepicker.pickMultiple({ CONTAINER, services: ['INSTAGRAM'], maxFiles: 3 }, done('multiple'), failed('multiple'), progress => { window.progress = progress })"
const STORE = "filepicker.pickAndStore({ CONTAINER, services: ['INSTAGRAM'] }, { location: 'S3', path: 'albums/' }, done('stored'), failed('stored'))"

for (const [place, origin] of [['the same origin', stage.origin], ['another origin', stage.otherOrigin]] as const) {
  for (const container of CONTAINERS) {
    t.test(`in a ${container} on ${place}`, async t => {
      const context = await browser.newContext()
      t.teardown(() => context.close())
      const page = await context.newPage()
      await page.goto(`${origin}/pages/vendor`)
      const picked = await dialogCalls(t, page, container)
      await fileCalls(t, page, picked)
      await removals(t, page, picked, origin === stage.origin)
      await cancellations(t, page, container)
    })
  }
}

/** Chooses photos by their place and uses them; a window is gone afterwards. */
async function choose (dialog: Dialog, indexes: readonly number[]): Promise<void> {
  for (const index of indexes) await photos(dialog).nth(index).click()
  const use = dialog.getByRole('button', { name: indexes.length === 1 ? 'Use photo' : `Use ${indexes.length} photos` })
  await Promise.all(['waitForEvent' in dialog ? dialog.waitForEvent('close') : undefined, use.click()])
}

async function dialogCalls (t: Test, page: Page, container: ContainerName): Promise<BlobLike> {
  const first = await openVendor(page, container, PICK)
  await connect('waitForEvent' in first ? first : page, first)
  await choose(first, [0])
  const picked = await firstBlob(page)
  t.match(picked, { url: new RegExp(`^${stage.origin}/api/file/[\\w-]{20}$`), mimetype: 'image/jpeg', client: 'Instagram', isWriteable: true, filename: /\.jpg$/, size: Number }, 'pick calls back with a blob')
  t.equal(await page.locator('#filepicker_shade').count(), 0, 'and the dialog is gone')

  await t.test('pickMultiple calls back once with a list, in the order of choice, and tells of progress', async t => {
    await choose(await openVendor(page, container, MULTIPLE), [2, 0])
    const called = await results(page, 1)
    const blobs = called[0]?.values?.[0] as BlobLike[]
    t.equal(called.length, 1)
    t.equal(blobs.length, 2)
    t.equal(blobs[1]?.filename, picked.filename)
    t.not(blobs[0]?.filename, picked.filename)
    t.match(await page.evaluate('progress'), { done: 2, total: 2, percent: 100 })
  })

  await t.test('pickAndStore calls back with a list, also for one photo, and the copy has a key', async t => {
    await choose(await openVendor(page, container, STORE), [0])
    const [result] = await results(page, 1)
    t.match(result?.values, [[{ key: /^albums\/[\w-]{20}_\d+\.jpg$/, mimetype: 'image/jpeg', client: 'Instagram', size: Number }]])
  })
  return picked
}

async function fileCalls (t: Test, page: Page, picked: BlobLike): Promise<void> {
  await t.test('convert makes a stored file of that size; stat describes it, and the source is as it was', async t => {
    const converted = await blobOf(page, "filepicker.convert(PICKED, { width: 120, height: 90, fit: 'crop' }, { location: 'S3' }, CALLBACKS)", picked)
    t.match(converted, { url: /\/api\/file\//, mimetype: 'image/jpeg', key: String, size: Number })
    t.match(await callVendor(page, 'filepicker.stat(PICKED, { width: true, height: true }, CALLBACKS)', converted), { values: [{ width: 120, height: 90 }] })
    const facts = await callVendor(page, "filepicker.stat(PICKED, facts => done('call')({ ...facts, isDate: facts.uploaded instanceof Date }), failed('call'))", picked)
    t.match(facts, { values: [{ mimetype: 'image/jpeg', size: picked.size, isDate: true }] })
  })

  await t.test('store keeps a text; read brings it back', async t => {
    const text = await blobOf(page, "filepicker.store('Grüße', { filename: 'greeting.txt', mimetype: 'text/plain' }, CALLBACKS)")
    t.match(text, { filename: 'greeting.txt', mimetype: 'text/plain', size: 7, key: /_greeting\.txt$/ })
    t.match(await callVendor(page, 'filepicker.read(PICKED, { asText: true }, CALLBACKS)', text), { values: ['Grüße'] })
  })

  await t.test('read gives the bytes of a photo', async t => {
    const read = await callVendor(page, "filepicker.read(PICKED, {}, bytes => done('call')(bytes.length, bytes.charCodeAt(0), bytes.charCodeAt(1)), failed('call'))", picked)
    t.strictSame(read?.values, [picked.size, 0xff, 0xd8])
  })

  await t.test('store keeps a file, also out of an input, and tells of progress', async t => {
    const file = await blobOf(page, `fetch('${picked.url}').then(answer => answer.blob()).then(blob => filepicker.store(new File([blob], 'mine.jpg', { type: 'image/jpeg' }), CALLBACKS, percent => { window.percent = percent }))`)
    t.match(file, { filename: 'mine.jpg', mimetype: 'image/jpeg', size: picked.size })
    t.equal(await page.evaluate('percent'), 100)
    await page.setInputFiles('#file', { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Notes') })
    t.match(await blobOf(page, "filepicker.store(document.getElementById('file'), CALLBACKS)"), { filename: 'notes.txt', mimetype: 'text/plain', size: 5 })
  })

  await t.test('store keeps what an address leads to, but none inside the house', async t => {
    t.match(await blobOf(page, `filepicker.storeUrl('${publicPhoto}', { filename: 'found.jpg' }, CALLBACKS)`), { filename: 'found.jpg', mimetype: 'image/jpeg', size: Number })
    t.match(await callVendor(page, "filepicker.storeUrl('https://localhost:1/none.jpg', CALLBACKS)"), { code: 152 })
  })
}

async function removals (t: Test, page: Page, picked: BlobLike, isSameOrigin: boolean): Promise<void> {
  const plain = 'filepicker.remove(PICKED, CALLBACKS)'
  const permittedTo = (call: string): string => `filepicker.remove(PICKED, ${signed(call)}, CALLBACKS)`

  await t.test(isSameOrigin ? 'remove ends a file of this browser' : 'remove is refused without a policy: this client sends no cookies to another origin', async t => {
    const result = await callVendor(page, plain, picked)
    t.strictSame(result, isSameOrigin ? { name: 'call', values: [] } : { name: 'call', code: 403 })
    if (isSameOrigin) t.match(await callVendor(page, plain, picked), { code: 171 }, 'a second time it is not found')
  })

  await t.test('remove with a policy and its signature ends a file; a second time it is not found', async t => {
    const text = await blobOf(page, "filepicker.store('Text', CALLBACKS)")
    const doomed = isSameOrigin ? text : picked
    t.match(await callVendor(page, permittedTo('read'), doomed), { code: 403 }, 'a policy for another call does not do')
    t.strictSame(await callVendor(page, permittedTo('remove'), doomed), { name: 'call', values: [] })
    t.match(await callVendor(page, permittedTo('remove'), doomed), { code: 171 })
  })
}

async function cancellations (t: Test, page: Page, container: ContainerName): Promise<void> {
  const waysOut: Record<ContainerName, Record<string, (dialog: Dialog) => Promise<void>>> = {
    modal: {
      'Escape in the dialog': async dialog => {
        await dialog.locator('[data-index="0"]').focus()
        await page.keyboard.press('Escape')
      },
      "the vendor's own cross, which lies over ours,": async dialog => {
        const ours = await dialog.getByRole('button', { name: 'Close' }).boundingBox()
        await page.mouse.click((ours?.x ?? 0) + (ours?.width ?? 0) / 2, (ours?.y ?? 0) + (ours?.height ?? 0) / 2)
      },
      "the vendor's own shade": async () => await page.locator('#filepicker_shade').click({ position: { x: 5, y: 5 } })
    },
    window: {
      'Close in the dialog': async dialog => await dialog.getByRole('button', { name: 'Close' }).click(),
      'closing the window': async dialog => { if ('waitForEvent' in dialog) await dialog.close() }
    }
  }
  for (const [name, leave] of Object.entries(waysOut[container])) {
    await t.test(`${name} is error 101, once`, async t => {
      const dialog = await openVendor(page, container, PICK)
      await dialog.getByRole('grid').waitFor()
      await leave(dialog)
      t.strictSame(await results(page, 1), [{ name: 'pick', code: 101 }])
      t.equal(await page.locator('#filepicker_shade').count(), 0)
    })
  }
}
