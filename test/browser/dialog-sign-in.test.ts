// Signing in from the dialog, as it goes well and as it does not.
import t from 'tap'
import { startDialogStage } from './support/dialog-stage.ts'
import { connect, openBy, photos } from './support/dialog.ts'
import { firstBlob, results } from './support/results.ts'
import { ACCOUNT } from './support/stage.ts'

t.setTimeout(240_000)

const { stage, open } = await startDialogStage(t)

const PICK = "filepicker.pick({ container: 'modal', services: ['INSTAGRAM'], language: 'en' }, done, failed)"

t.test('who cancels at Instagram is told so, and may connect again', async t => {
  stage.emulator.control.answer('deny')
  t.teardown(() => stage.emulator.control.answer({ account: ACCOUNT }))
  const { page, dialog } = await open(t, PICK, { isNew: true })
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
  await popup
  await dialog.getByRole('heading', { name: 'Not connected' }).waitFor()
  stage.emulator.control.answer({ account: ACCOUNT })
  const again = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect again' }).and(dialog.locator('[aria-disabled="false"]')).click()
  await again
  await photos(dialog).first().waitFor()
  t.pass()
})

t.test('a personal account is told apart, with the way to change it', async t => {
  const { context, page, dialog } = await open(t, PICK, { isNew: true })
  await context.route(url => url.pathname.endsWith('/events'), async route => await route.fulfill({ contentType: 'text/event-stream', body: 'event: failed\ndata: {"code":"INSTAGRAM_ACCOUNT_PERSONAL","message":""}\n\n' }))
  await context.route(url => url.pathname.endsWith('/auth/open'), async route => await route.fulfill({ contentType: 'text/html', body: '<title>Instagram</title>' }))
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
  await popup
  await dialog.getByRole('heading', { name: 'This is a personal account' }).waitFor()
  t.match(await dialog.getByRole('link', { name: 'How to switch' }).getAttribute('href'), /^https:\/\/help\.instagram\.com\//)
  await dialog.getByRole('button', { name: 'Connect another account' }).waitFor()
})

for (const policy of ['same-origin', 'same-origin-allow-popups'] as const) {
  t.test(`the sign-in arrives though Instagram's page sends Cross-Origin-Opener-Policy: ${policy}`, async t => {
    stage.emulator.control.set({ openerPolicy: policy })
    t.teardown(() => stage.emulator.control.set({ openerPolicy: 'none' }))
    const { page, dialog } = await open(t, PICK, { isNew: true })
    await connect(page, dialog)
    t.ok(await photos(dialog).count() > 0)
  })
}

t.test('disconnecting asks for a new connection', async t => {
  const { page, dialog } = await open(t, PICK, { isNew: true })
  await connect(page, dialog)
  await dialog.locator('.account summary').click()
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await dialog.getByRole('button', { name: 'Connect Instagram' }).waitFor()
  t.pass()
})

t.test('an ended sign-in is told, and connecting again brings the photos back', async t => {
  const { page, dialog } = await open(t, PICK, { isNew: true })
  await connect(page, dialog)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await results(page, 1)
  stage.emulator.control.revoke(ACCOUNT)
  await openBy(page, PICK)
  await dialog.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor()
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect again' }).and(dialog.locator('[aria-disabled="false"]')).click()
  await popup
  await photos(dialog).first().click()
  await dialog.getByRole('button', { name: 'Use photo' }).click()
  t.match(await firstBlob(page), { client: 'Instagram' })
})

t.test('who has connected an account without photos can go on with another one', async t => {
  const { context, page, dialog } = await open(t, PICK, { isNew: true })
  await context.route(url => url.pathname.endsWith('/media'), async route => await route.fulfill({ json: { items: [] } }))
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
  await popup
  await dialog.getByRole('heading', { name: 'No photos yet' }).waitFor()
  await dialog.getByRole('button', { name: 'Connect another account' }).and(dialog.locator('[aria-disabled="false"]')).click()
  await dialog.getByRole('button', { name: 'Connect Instagram' }).and(dialog.locator('[aria-disabled="false"]')).waitFor()
  t.equal((await (await context.request.get(`${stage.origin}/api/client/instagram/status`)).json() as { status: string }).status, 'disconnected')
})
