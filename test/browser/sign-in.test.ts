import t, { type Test } from 'tap'
import Fastify from 'fastify'
import type { EmulatorSwitches } from '@contactsheet/instagram/emulator'
import type { Page } from 'playwright-core'
import { launch } from './chromium.ts'
import { connect, modalOf, openBy, photos, type Dialog } from './support/dialog.ts'
import { clientPage } from './support/pages.ts'
import { SECURE_ARGUMENTS, startSecureStage } from './support/secure-stage.ts'
import { ACCOUNT, startStage } from './support/stage.ts'

const POLICIES = ['none', 'same-origin-allow-popups', 'same-origin'] as const satisfies ReadonlyArray<EmulatorSwitches['openerPolicy']>
/** How long a person reads Instagram's page. The clients of others take the window for closed meanwhile. */
const READING_MS = 3000
const PICK = "filepicker.pick({ mimetypes: ['image/*'], services: ['INSTAGRAM'] }, blob => results.push(blob))"

t.setTimeout(300_000)
const browser = await launch()
t.teardown(async () => await browser.close())

/** A page of the app, on another origin than the server, with a Cross-Origin-Opener-Policy of its own. */
async function serveApp (t: Test, hostOrigin: () => string): Promise<string> {
  const server = Fastify({ forceCloseConnections: true })
  server.get<{ Params: { policy: string } }>('/app/:policy', async (request, reply) => {
    if (request.params.policy !== 'none') reply.header('cross-origin-opener-policy', request.params.policy)
    return reply.type('text/html; charset=utf-8').send(clientPage(hostOrigin()))
  })
  const address = new URL(await server.listen({ port: 0, host: 'localhost' }))
  t.teardown(async () => await server.close())
  return `http://localhost:${address.port}`
}

/** Opens the dialog in the page's modal and Instagram's window from it. */
async function openWindow (page: Page, dialog: Dialog): Promise<Page> {
  await page.evaluate(PICK)
  const popup = page.context().waitForEvent('page')
  await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
  return await popup
}

for (const instagramPolicy of POLICIES) {
  for (const appPolicy of POLICIES) {
    t.test(`app page with COOP ${appPolicy}, Instagram with ${instagramPolicy}, a person who takes three seconds: connected`, async t => {
      let origin = ''
      const app = await serveApp(t, () => origin)
      const stage = await startStage(t, { app: { origins: [app] }, emulator: { answer: 'ask', switches: { openerPolicy: instagramPolicy } } })
      origin = stage.origin
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`${app}/app/${appPolicy}`)
      const dialog = modalOf(page)
      const popup = await openWindow(page, dialog)
      await popup.getByText(ACCOUNT).click()
      await popup.waitForTimeout(READING_MS)
      await dialog.getByText('Waiting for Instagram').waitFor()
      await popup.getByRole('button', { name: 'Allow' }).click()
      await photos(dialog).first().waitFor()
      t.equal(await dialog.getByText(ACCOUNT).count() > 0, true)
      await context.close()
    })
  }
}

t.test('a person who closes the window and opens it again is connected', async t => {
  const stage = await startStage(t, { emulator: { answer: 'ask' } })
  stage.addPage('plain', clientPage(stage.origin))
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${stage.origin}/pages/plain`)
  const dialog = modalOf(page)
  await (await openWindow(page, dialog)).close()
  const again = context.waitForEvent('page')
  await dialog.getByRole('link', { name: /again/i }).or(dialog.getByRole('button', { name: /again/i })).first().click()
  const popup = await again
  await popup.getByText(ACCOUNT).click()
  await popup.getByRole('button', { name: 'Allow' }).click()
  await photos(dialog).first().waitFor()
  t.pass('photos are shown')
  await context.close()
})

t.test('the window closes by itself when it is done, and stays to be read when it failed', async t => {
  const stage = await startStage(t, { emulator: { answer: 'deny' } })
  stage.addPage('plain', clientPage(stage.origin))
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${stage.origin}/pages/plain`)
  const dialog = modalOf(page)
  const declined = await openWindow(page, dialog)
  await declined.getByText('Instagram was not connected').waitFor()
  t.equal(declined.isClosed(), false)
  stage.emulator.control.answer({ account: ACCOUNT })
  const opened = context.waitForEvent('page')
  await dialog.getByRole('button', { name: /again|Connect/i }).first().click()
  const popup = await opened
  if (!popup.isClosed()) await popup.waitForEvent('close')
  await photos(dialog).first().waitFor()
  t.equal(popup.isClosed(), true)
  await context.close()
})

/** What a blocker of windows leaves of `window.open`, in the dialog only. */
const BLOCKER = "if (location.pathname === '/dialog/open/') window.open = () => null"

t.test('where windows are held back, a link opens Instagram', async t => {
  const stage = await startStage(t)
  stage.addPage('plain', clientPage(stage.origin))
  const context = await browser.newContext()
  await context.addInitScript(BLOCKER)
  const page = await context.newPage()
  await page.goto(`${stage.origin}/pages/plain`)
  await page.evaluate(PICK)
  const dialog = modalOf(page)
  await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
  await dialog.getByRole('link', { name: 'Open Instagram' }).click()
  await photos(dialog).first().waitFor()
  t.match(await dialog.locator('body').textContent(), ACCOUNT)
  await context.close()
})

t.test('where windows are held back, a dialog in a window of its own signs in there and comes back', async t => {
  const stage = await startStage(t)
  stage.addPage('plain', clientPage(stage.origin))
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${stage.origin}/pages/plain`)
  const opened = context.waitForEvent('page')
  await openBy(page, "filepicker.pick({ mimetypes: ['image/*'], services: ['INSTAGRAM'], container: 'window' }, done, failed)")
  const dialog = await opened
  await dialog.evaluate(() => { window.open = () => null })
  await dialog.getByRole('button', { name: 'Connect Instagram' }).and(dialog.locator('[aria-disabled="false"]')).click()
  await dialog.locator('a[href*="mode=redirect"]').click()
  await photos(dialog).first().waitFor()
  t.match(dialog.url(), `${stage.origin}/dialog/open/`)
  await context.close()
})

t.test('50 sign-ins at once in one new browser profile, each through an app of its own, end each with its own account', async t => {
  const keys = Array.from({ length: 50 }, (_, index) => `app${index}`)
  const credentials = keys.map((_, index) => ({ id: String(7301592846000000 + index), secret: `the secret of the app number ${index}` }))
  const stage = await startStage(t, {
    emulator: {
      apps: [{}, ...credentials],
      accounts: keys.map((_, index) => ({ username: `person.${index}`, accountType: 'BUSINESS', posts: 0 })),
      answer: ({ appId }) => ({ account: `person.${credentials.findIndex(({ id }) => id === appId)}` })
    },
    plugin: { apps: Object.fromEntries(keys.map((key, index) => [key, { instagramAppId: credentials[index]?.id ?? '', instagramAppSecret: credentials[index]?.secret ?? '' }])) }
  })
  stage.addPage('plain', clientPage(stage.origin))
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${stage.origin}/pages/plain`)
  await page.evaluate(async keys => {
    const base = '/api/client/instagram'
    await Promise.all(keys.map(async key => {
      const { signIn } = await (await fetch(`${base}/status?key=${key}`)).json() as { signIn: string }
      const query = new URLSearchParams({ key, signIn })
      const connected = new Promise<void>(resolve => new EventSource(`${base}/events?${query}`).addEventListener('connected', function (this: EventSource) { this.close(); resolve() }))
      window.open(`${base}/auth/open?${query}`, '_blank', 'popup')
      await connected
    }))
  }, keys)
  const names = await page.evaluate(async keys => await Promise.all(keys.map(async key =>
    (await (await fetch(`/api/client/instagram/status?key=${key}`)).json() as { username: string }).username)), keys)
  t.same(names, keys.map((_, index) => `person.${index}`))
  await context.close()
})

t.test('over https, in a page of a foreign site, the window signs in for the dialog although their cookies are apart', async t => {
  const stage = await startSecureStage(t)
  const secure = await launch(SECURE_ARGUMENTS)
  t.teardown(async () => await secure.close())
  const context = await secure.newContext()
  const page = await context.newPage()
  await page.goto(stage.pageUrl)
  await page.evaluate(PICK)
  const dialog = modalOf(page)
  await connect(page, dialog)
  await photos(dialog).first().waitFor()
  const sessions = (await context.cookies()).filter(({ name }) => name.startsWith('__Host-contactsheet-'))
  t.ok(sessions.length > 0)
  t.ok(sessions.every(({ secure, httpOnly }) => secure && httpOnly))
  const top = await context.newPage()
  await top.goto(`${stage.origin}/api/client/instagram/status`)
  t.match(await top.textContent('body'), '"disconnected"', 'the photos are to be seen in that page only')

  const ticket = (JSON.parse(await top.textContent('body') ?? '') as { signIn: string }).signIn
  const victim = await (await secure.newContext()).newPage()
  await victim.goto(stage.evilUrl)
  await victim.evaluate(address => { const lure = document.getElementById('lure') as HTMLAnchorElement; lure.href = address; lure.click() },
    `${stage.origin}/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}`)
  await victim.getByText('This link belongs to another browser').waitFor()
  await top.reload()
  t.match(await top.textContent('body'), '"disconnected"', 'and nobody lured a stranger into it')
})
