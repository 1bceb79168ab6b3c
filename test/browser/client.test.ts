// The browser client: the callbacks that pages have used since 2012, and the same as promises.
import t, { type Test } from 'tap'
import { bundle } from './support/bundle.ts'
import { startDialogStage } from './support/dialog-stage.ts'
import { modalOf, openBy, photos } from './support/dialog.ts'
import { clientPage } from './support/pages.ts'
import { firstBlob, results, type BlobLike } from './support/results.ts'

t.setTimeout(240_000)

const { browser, stage, connected } = await startDialogStage(t, { app: { mimetypes: ['image/*', 'text/*'] } })
const WIDGETS = `
  <input type="filepicker" id="one" data-fp-services="INSTAGRAM" data-fp-container="modal" data-fp-language="en" data-fp-button-text="One" onchange="results.push({ values: [event.fpfile.url === this.value, event.fpfiles.length] })">
  <input type="filepicker-dragdrop" id="many" data-fp-multiple="true" data-fp-mimetypes="image/*" data-fp-drag-text="Drop here" data-fp-services="INSTAGRAM" onchange="results.push({ values: [this.value.split(',').length, event.fpfiles.length] })">
  <input type="filepicker-convert" id="small" data-fp-services="INSTAGRAM" data-fp-container="modal" data-fp-language="en" data-fp-width="40" data-fp-height="40" data-fp-fit="crop" data-fp-button-text="Small" onchange="results.push({ values: [event.fpfile] })">
  <div id="pane">Drop</div><input type="file" id="file">`
stage.addPage('widgets', clientPage(stage.origin, WIDGETS))
stage.addPage('early', `<!doctype html><title>Early</title><script>window.results = []; window.filepicker = { _queue: [['setKey', ['default']], ['stat', ['${stage.origin}/api/file/AAAAAAAAAAAAAAAAAAAA', () => {}, error => results.push({ code: error.code })]]] }</script><script src="${stage.origin}/filepicker.js"></script>`)
stage.addPage('client.js', await bundle("export * from '@contactsheet/instagram/browser'"))
stage.addPage('promises', '<!doctype html><meta charset="utf-8"><title>Promises</title><button id="pick">Pick</button><script>window.results = []</script><script type="module">import * as client from "/pages/client.js"; window.client = client; window.ready = true</script>')

async function open (t: Test, page: string) {
  const context = await browser.newContext({ storageState: connected, reducedMotion: 'reduce' })
  t.teardown(() => context.close())
  const opened = await context.newPage()
  await opened.goto(`${stage.origin}/pages/${page}`)
  return opened
}

const MISSING = `${stage.origin}/api/file/AAAAAAAAAAAAAAAAAAAA`

t.test('wrong use is an exception at once', async t => {
  const page = await open(t, 'plain')
  const thrown = async (call: string) => await page.evaluate(`try { ${call}; 'nothing was thrown' } catch (error) { String(error) }`)
  t.match(await thrown("filepicker.pick({ mimetypes: ['image/*'], extensions: ['.jpg'] }, () => {})"), /^FilepickerException: .*both mimetype and extension/)
  t.match(await thrown('filepicker.pickAndStore({}, () => {})'), /^FilepickerException: Not all required parameters given/)
  t.match(await thrown("filepicker.pickAndStore({ multiple: true }, { path: 'x.jpg' }, () => {})"), /^FilepickerException: .*path that ends in/)
  t.match(await thrown("filepicker.convert({ url: 'x' }, { width: '40' }, () => {})"), /^FilepickerException: Conversion parameter width is not the right type/)
  t.match(await thrown("filepicker.convert({ url: 'x' }, { wide: 40 }, () => {})"), /^FilepickerException: Conversion parameter wide is not a valid parameter/)
  t.match(await thrown('filepicker.remove(5, () => {})'), /^FilepickerException: Invalid file to remove/)
  t.match(await thrown('filepicker.store({}, () => {})'), /^FilepickerException: Cannot store given input/)
})

t.test('without a key nothing can be called', async t => {
  const page = await open(t, 'plain')
  t.match(await page.evaluate('filepicker.setKey(undefined); try { filepicker.pick(() => {}) } catch (error) { String(error) }'), /FilepickerException: API Key not found/)
})

t.test('what went wrong comes as the number that it has always had', async t => {
  const page = await open(t, 'plain')
  const codes = async (call: string) => {
    await page.evaluate(`${call.replaceAll('FAILED', 'error => results.push({ code: error.code })')}`)
    return (await results(page, 1))[0]?.code
  }
  t.equal(await codes(`filepicker.stat('${MISSING}', () => {}, FAILED)`), 161)
  t.equal(await codes(`filepicker.remove('${MISSING}', () => {}, FAILED)`), 171)
  t.equal(await codes(`filepicker.convert('${MISSING}', { width: 10 }, () => {}, FAILED)`), 141)
  t.equal(await codes(`filepicker.convert({ url: '${MISSING}', mimetype: 'text/plain' }, { width: 10 }, () => {}, FAILED)`), 142)
  t.equal(await codes(`filepicker.read('${MISSING}', () => {}, FAILED)`), 115)
  t.equal(await codes(`filepicker.write('${MISSING}', 'text', () => {}, FAILED)`), 121)
  t.equal(await codes("filepicker.storeUrl('https://127.0.0.1/x.jpg', () => {}, FAILED)"), 152)
  t.equal(await codes(`filepicker.export('${MISSING}', () => {}, FAILED)`), 132)
})

t.test('debug answers without a dialog, and one photo of pickAndStore is a flat list', async t => {
  const page = await open(t, 'plain')
  await page.evaluate('filepicker.pick({ debug: true }, blob => results.push({ values: [blob.filename] }))')
  t.strictSame(await results(page, 1), [{ values: ['test.png'] }])
  await page.evaluate('filepicker.pickAndStore({ debug: true }, {}, blobs => results.push({ values: [blobs.length, blobs[0].filename] }))')
  t.strictSame(await results(page, 1), [{ values: [1, 'test.png'] }])
})

t.test('calls that were made before the script was there are made when it is', async t => {
  const page = await open(t, 'early')
  t.strictSame(await results(page, 1), [{ code: 161 }])
})

t.test('onProgress is heard also when options are left out', async t => {
  const page = await open(t, 'plain')
  await page.evaluate("filepicker.store('text', blob => results.push({ values: [blob] }), () => {}, percent => { window.percent = percent })")
  t.match((await firstBlob(page)), { mimetype: 'text/plain', size: 4 })
  t.equal(await page.evaluate('percent'), 100)
})

t.test('a file that was stored can be written over, by text and by address', async t => {
  const page = await open(t, 'plain')
  await page.evaluate("filepicker.store('first', { filename: 'a.txt' }, blob => filepicker.write(blob, 'second', blob => filepicker.read(blob, { asText: true }, text => results.push({ values: [text, blob.isWriteable] }))))")
  t.strictSame(await results(page, 1), [{ values: ['second', true] }])
})

t.test('widgets: a button beside the input picks into it and fires change', async t => {
  const page = await open(t, 'widgets')
  await page.getByRole('button', { name: 'One' }).click()
  await photos(modalOf(page)).first().click()
  await modalOf(page).getByRole('button', { name: 'Use photo' }).click()
  t.strictSame(await results(page, 1), [{ values: [true, 1] }])
})

t.test('widgets: a converting input holds the converted file', async t => {
  const page = await open(t, 'widgets')
  await page.getByRole('button', { name: 'Small' }).click()
  await photos(modalOf(page)).first().click()
  await modalOf(page).getByRole('button', { name: 'Use photo' }).click()
  const blob = await firstBlob(page)
  const facts = await (await fetch(`${blob.url}/metadata?width=true&height=true`)).json() as Record<string, number>
  t.strictSame(facts, { width: 40, height: 40 })
})

const DROP = `(selector, files) => {
  const dataTransfer = new DataTransfer()
  for (const [name, type, content] of files) dataTransfer.items.add(new File([content === 'JPEG' ? window.jpeg : content], name, { type }))
  document.querySelector(selector).dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
}`

t.test('a drop pane stores what is dropped and refuses what breaks its rules', async t => {
  const page = await open(t, 'widgets')
  await page.evaluate("filepicker.makeDropPane(document.getElementById('pane'), { multiple: true, maxFiles: 2, maxSize: 10, mimetypes: ['text/*'], onSuccess: blobs => results.push({ values: [blobs.map(blob => blob.filename)] }), onError: (type, message) => results.push({ values: [type, message] }), onProgress: percent => { window.percent = percent } })")
  const drop = async (...files: string[][]) => {
    await page.evaluate(`(${DROP})('#pane', ${JSON.stringify(files)})`)
    return (await results(page, 1))[0]?.values
  }
  t.strictSame(await drop(['a.txt', 'text/plain', 'a'], ['b.txt', 'text/plain', 'b']), [['a.txt', 'b.txt']])
  t.equal(await page.evaluate('percent'), 100)
  t.strictSame(await drop(['a.txt', 'text/plain', 'a'], ['b.txt', 'text/plain', 'b'], ['c.txt', 'text/plain', 'c']), ['TooManyFiles', 'Only 2 files at a time'])
  t.strictSame(await drop(['a.png', 'image/png', 'a']), ['WrongType', "a.png isn't the right type of file"])
  t.strictSame(await drop(['a.txt', 'text/plain', 'far too long']), ['WrongSize', 'a.txt is too large (12 Bytes)'])
  t.strictSame(await drop(), ['NoFilesFound', 'No files uploaded'])
})

t.test('promises: pick, convert, describe and remove, with a signal and progress', async t => {
  const page = await open(t, 'promises')
  await page.waitForFunction('window.ready')
  await openBy(page, "client.pick({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }).then(blob => results.push({ values: [blob] }))")
  await photos(modalOf(page)).first().click()
  await modalOf(page).getByRole('button', { name: 'Use photo' }).click()
  const picked = await firstBlob(page)
  const made = await page.evaluate(async picked => {
    const { client } = window as unknown as { client: typeof import('@contactsheet/instagram/browser') }
    const converted = await client.convert(picked, { width: 60, height: 60, fit: 'crop' }, { location: 'S3' })
    const { width, height, uploaded } = await client.stat(converted, { width: true, height: true, uploaded: true })
    await client.remove(picked)
    const again = await client.remove(picked).catch((error: { code: number, status: number, reason: string }) => ({ code: error.code, status: error.status, reason: error.reason }))
    return { converted, width, height, isDate: uploaded instanceof Date, again }
  }, picked)
  t.match(made, { converted: { key: String, mimetype: 'image/jpeg' }, width: 60, height: 60, isDate: true, again: { code: 171, status: 404, reason: 'FILE_NOT_FOUND' } })
})

t.test('promises: an aborted signal closes the dialog and stops an upload', async t => {
  const page = await open(t, 'promises')
  await page.waitForFunction('window.ready')
  await openBy(page, "window.aborter = new AbortController(); client.pick({ container: 'modal', services: ['INSTAGRAM'], signal: aborter.signal }).catch(error => results.push({ values: [error.name] }))")
  await photos(modalOf(page)).first().waitFor()
  await page.evaluate('aborter.abort()')
  t.strictSame(await results(page, 1), [{ values: ['AbortError'] }])
  t.equal(await page.locator('#filepicker_shade').count(), 0)
  t.equal(await page.evaluate("client.store('x', { signal: AbortSignal.abort() }).catch(error => error.name)"), 'AbortError')
})

t.test('promises: pickAndStore answers a list with keys', async t => {
  const page = await open(t, 'promises')
  await page.waitForFunction('window.ready')
  await openBy(page, "client.pickAndStore({ container: 'modal', multiple: true, services: ['INSTAGRAM'], language: 'en', onProgress: progress => { window.progress = progress } }, { path: 'trip/' }).then(blobs => results.push({ values: [blobs] }))")
  for (const index of [0, 1]) await photos(modalOf(page)).nth(index).click()
  await modalOf(page).getByRole('button', { name: 'Use 2 photos' }).click()
  const [result] = await results(page, 1)
  const blobs = result?.values?.[0] as BlobLike[]
  t.strictSame(blobs.map(({ key = '' }) => key.startsWith('trip/')), [true, true])
  t.match(await page.evaluate('progress'), { done: 2, total: 2, percent: 100 })
})
