// Where the dialog is shown, in which language and look, and who may show it.
import t, { type Test } from 'tap'
import type { BrowserContextOptions } from 'playwright-core'
import { launch } from './chromium.ts'
import { startDialogStage } from './support/dialog-stage.ts'
import { modalOf, openBy, photos } from './support/dialog.ts'
import { firstBlob, results } from './support/results.ts'

t.setTimeout(240_000)

const { browser, stage, connected } = await startDialogStage(t, { body: '<iframe id="here" title="Photos" width="700" height="500"></iframe>' })
stage.addPage('look.css', ':root { --accent: rgb(1, 2, 3) }')

async function open (t: Test, call: string, options: { origin?: string } & BrowserContextOptions = {}) {
  const { origin = stage.origin, ...more } = options
  const context = await browser.newContext({ reducedMotion: 'reduce', storageState: connected, ...more })
  t.teardown(() => context.close())
  const page = await context.newPage()
  await page.goto(`${origin}/pages/plain`)
  return { page, context, click: async () => await openBy(page, call) }
}

const pick = (options: string): string => `filepicker.pick({ services: ['INSTAGRAM'], language: 'en', ${options} }, done, failed)`

t.test('in an iframe of the page', async t => {
  const { page, click } = await open(t, pick("container: 'here'"))
  await click()
  const dialog = page.frameLocator('#here')
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  t.match(await firstBlob(page), { client: 'Instagram' })
})

t.test('a dialog in an iframe leaves no step in the history: Back leads out of the page', async t => {
  const { page, click } = await open(t, `window.opened = ${pick("container: 'here'")}`)
  const before = await page.evaluate(() => history.length)
  await click()
  await photos(page.frameLocator('#here')).first().waitFor()
  await page.evaluate('opened.close()')
  await page.frameLocator('#here').locator('#app').waitFor({ state: 'detached' })
  t.equal(await page.evaluate(() => history.length), before)
})

t.test('in an iframe of 320 × 320 there is room for the photos and for the button', async t => {
  const { page, click } = await open(t, pick("container: 'here'"))
  await page.evaluate(() => Object.assign(document.getElementById('here') ?? {}, { width: '320', height: '320' }))
  await click()
  const dialog = page.frameLocator('#here')
  await photos(dialog).nth(2).click()
  const [photo, button] = [await photos(dialog).nth(2).boundingBox(), await dialog.getByRole('button', { name: 'Use photo' }).boundingBox()]
  t.ok(photo !== null && button !== null && photo.y + photo.height <= button.y, 'the bar covers no photo of the first row')
  t.equal(await dialog.locator('html').evaluate(root => root.scrollWidth - root.clientWidth), 0)
})

t.test('a window that the browser holds back is error 102', async t => {
  const { page, click } = await open(t, pick("container: 'window'"))
  await page.evaluate(() => { window.open = () => null })
  await click()
  t.strictSame(await results(page, 1), [{ code: 102 }])
})

t.test('a page with a strict Content-Security-Policy shows the modal as it should look', async t => {
  const { page, context } = await open(t, '')
  const policy = `default-src 'none'; img-src data:; script-src ${stage.origin} 'nonce-a'; frame-src ${stage.origin}`
  await context.route('**/pages/plain', async route => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy }, body: (await response.text()).replaceAll('<script', '<script nonce="a"') })
  })
  const complaints: string[] = []
  page.on('console', message => { if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text()) })
  await page.reload()
  await page.evaluate(pick("container: 'modal'").replace('done, failed', '() => {}'))
  await photos(modalOf(page)).first().waitFor()
  t.equal(await page.locator('#filepicker_shade').evaluate(shade => getComputedStyle(shade).display), 'grid')
  t.strictSame(complaints, [])
})

t.test('a page on plain http can open the dialog, although browsers keep some of their functions from it', async t => {
  const insecure = await launch(['--host-resolver-rules=MAP plain.test localhost'])
  t.teardown(() => insecure.close())
  const page = await insecure.newPage()
  await page.goto(`${stage.origin.replace('localhost', 'plain.test')}/pages/plain`)
  t.equal(await page.evaluate(() => window.isSecureContext), false)
  await page.evaluate(pick("container: 'modal'").replace('done, failed', '() => {}'))
  t.equal(await page.locator('#filepicker_dialog').count(), 1)
})

t.test('a container that is not there is an exception at once', async t => {
  const { page } = await open(t, '')
  t.match(await page.evaluate("try { filepicker.pick({ container: 'nowhere' }, () => {}); 'no error' } catch (error) { String(error) }"), /FilepickerException: .*nowhere/)
})

t.test('on a phone the dialog opens in a window of its own', async t => {
  const { page, click } = await open(t, pick(''), { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15' })
  const opening = page.waitForEvent('popup')
  await click()
  const dialog = await opening
  await photos(dialog).first().tap()
  await dialog.getByRole('button', { name: 'Use photo' }).tap()
  t.match(await firstBlob(page), { client: 'Instagram' })
})

t.test('close() of what pick returns takes the dialog away without a word', async t => {
  const { page, click } = await open(t, `window.opened = ${pick("container: 'modal'")}`)
  await click()
  await photos(modalOf(page)).first().waitFor()
  t.notOk(await page.evaluate("opened.close(); document.getElementById('filepicker_shade')?.checkVisibility() ?? false"), 'it is out of sight at once')
  await page.locator('#filepicker_shade').waitFor({ state: 'detached' })
  t.strictSame(await page.evaluate('results'), [])
})

t.test('the whole sign-in may happen in the dialog’s own window, and the page still gets the photo', async t => {
  stage.emulator.control.set({ openerPolicy: 'same-origin' })
  t.teardown(() => stage.emulator.control.set({ openerPolicy: 'none' }))
  const { page, click } = await open(t, pick("container: 'window'"), { storageState: { cookies: [], origins: [] } })
  const opening = page.waitForEvent('popup')
  await click()
  const dialog = await opening
  await dialog.evaluate(() => { window.open = () => null })
  await dialog.getByRole('button', { name: 'Connect Instagram' }).and(dialog.locator('[aria-disabled="false"]')).click()
  await dialog.getByRole('link', { name: 'Continue in this window' }).click()
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  t.match(await firstBlob(page), { client: 'Instagram' })
})

t.test('Arabic is read from right to left, and the arrow keys follow', async t => {
  const { page, click } = await open(t, pick("container: 'modal'").replace("'en'", "'ar'"))
  await click()
  const dialog = modalOf(page)
  await photos(dialog).first().waitFor()
  t.equal(await dialog.locator('html').getAttribute('dir'), 'rtl')
  await dialog.locator('[data-index="0"]').focus()
  await page.keyboard.press('ArrowLeft')
  t.equal(await dialog.locator(':focus').getAttribute('data-index'), '1')
})

for (const [language, title] of [['de', 'Foto auswählen'], ['fr_ca', 'Choisir une photo'], ['es', 'Elegir una foto'], ['pt-BR', 'Escolher uma foto'], ['ja', '写真を選ぶ'], ['zh_cn', '选择照片'], ['xx', 'Choose a photo']] as const) {
  t.test(`language: ${language} says “${title}”`, async t => {
    const { page, click } = await open(t, pick("container: 'modal'").replace("'en'", `'${language}'`))
    await click()
    t.equal(await modalOf(page).locator('h1').textContent(), title)
  })
}

t.test('customCss changes the look when it comes from a listed origin, and is left out when it does not', async t => {
  for (const [origin, colour] of [[stage.otherOrigin, 'rgb(1, 2, 3)'], [stage.foreignOrigin, 'rgb(179, 52, 31)']] as const) {
    const { page, click } = await open(t, pick(`container: 'modal', customCss: '${origin}/pages/look.css'`))
    await click()
    const dialog = modalOf(page)
    await photos(dialog).first().click()
    t.equal(await dialog.getByRole('button', { name: 'Use photo' }).evaluate(button => getComputedStyle(button).backgroundColor), colour, origin)
  }
})

t.test('a page of a foreign origin can neither frame the dialog nor open it', async t => {
  const { page, click } = await open(t, pick("container: 'modal'"), { origin: stage.foreignOrigin })
  const refused = page.waitForEvent('console', message => /frame-ancestors/.test(message.text()))
  await click()
  await refused
  await page.keyboard.press('Escape')
  t.strictSame(await results(page, 1), [{ code: 101 }], 'it can be closed')

  const window = await open(t, pick("container: 'window'"), { origin: stage.foreignOrigin })
  const opening = window.page.waitForEvent('popup')
  await window.click()
  await (await opening).getByRole('heading', { name: 'This page may not choose photos' }).waitFor()
})

t.test('a foreign page that hides where it comes from gets no message', async t => {
  const { page } = await open(t, '', { origin: stage.foreignOrigin })
  const opening = page.waitForEvent('popup')
  await page.evaluate(address => {
    Object.assign(window, { heard: [] })
    addEventListener('message', event => (window as unknown as { heard: unknown[] }).heard.push(event.data))
    window.open(address)
  }, `${stage.origin}/dialog/open/?id=1&container=window&language=en&s=11`)
  const dialog = await opening
  await photos(dialog).first().click()
  await Promise.all([dialog.waitForEvent('close'), dialog.getByRole('button', { name: 'Use photo' }).click()])
  t.strictSame(await page.evaluate('heard'), [])
})

t.test('messages of any other window are not listened to', async t => {
  const { page, click } = await open(t, pick("container: 'modal'"))
  await click()
  await photos(modalOf(page)).first().waitFor()
  await page.evaluate(() => {
    const id = new URL((document.getElementById('filepicker_dialog') as HTMLIFrameElement).src).searchParams.get('id')
    window.postMessage(JSON.stringify({ id, type: 'filepickerUrl', payload: { url: 'https://evil.example/', data: { filename: 'x', type: 'image/png' } } }), '*')
  })
  await modalOf(page).getByRole('button', { name: 'Close' }).click()
  t.strictSame(await results(page, 1), [{ code: 101 }])
})
