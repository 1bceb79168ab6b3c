import t from 'tap'
import fastify from 'fastify'
import { instagram } from '@contactsheet/instagram'
import { atCallback, createBrowser, signIn, ticketOf } from '../browser-profile.ts'
import { build, emulate, folder, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(120_000)

t.test('a host that restarts between authorize and callback completes the sign-in, and tells the dialog', async t => {
  const emulator = await emulate(t)
  const options = optionsFor(t, emulator, { database: `${folder(t)}/db.sqlite` })
  const before = await build(t, options)
  const dialog = createBrowser(before, PUBLIC_URL)
  const ticket = await ticketOf(dialog)
  const { url } = await dialog.visit(`/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}`, { through: atCallback })
  await before.close()

  const after = await build(t, options)
  const resumed = createBrowser(after, PUBLIC_URL)
  for (const [name, value] of dialog.cookies) resumed.cookies.set(name, value)
  t.equal((await resumed.open(url)).status, 200)
  t.match((await resumed.open(`/api/client/instagram/events?signIn=${encodeURIComponent(ticket)}`)).body, 'event: connected')
  t.match((await resumed.open('/api/client/instagram/status')).json(), { status: 'connected' })
})

t.test('a connection and its preview links survive a restart', async t => {
  const emulator = await emulate(t)
  const options = optionsFor(t, emulator, { database: `${folder(t)}/db.sqlite` })
  const before = await build(t, options)
  const browser = createBrowser(before, PUBLIC_URL)
  await signIn(browser)
  const { items } = (await browser.open('/api/client/instagram/media')).json() as { items: Array<{ thumbnail: string }> }
  await before.close()
  const after = await build(t, options)
  t.equal((await after.inject(String(items[0]?.thumbnail))).statusCode, 200)
})

t.test('two plugins in one server, with two apps and two prefixes, do not disturb each other', async t => {
  const second = { id: '9301592846013579', secret: 'ffb2C3D4e5F6a7b8C9d0E1f2A3b4C5d6', metaId: '2285920347716402' }
  const emulator = await emulate(t, { apps: [{}, second] })
  const server = fastify()
  await server.register(instagram, optionsFor(t, emulator, { prefix: '/one' }))
  await server.register(instagram, optionsFor(t, emulator, { prefix: '/two', app: { instagramAppId: second.id, instagramAppSecret: second.secret } }))
  await server.ready()
  t.teardown(async () => await server.close())
  const browser = createBrowser(server, PUBLIC_URL)
  const statusOf = async (prefix: string) => (await browser.open(`${prefix}/api/client/instagram/status`)).json()

  await Promise.all([signIn(browser, { prefix: '/one', account: 'harbour.and.hill' }), signIn(browser, { prefix: '/two', account: 'noor.paints.light' })])
  t.match(await statusOf('/one'), { status: 'connected', username: 'harbour.and.hill' })
  t.match(await statusOf('/two'), { status: 'connected', username: 'noor.paints.light' })
  await browser.open('/one/api/client/instagram/unauth')
  t.match(await statusOf('/one'), { status: 'disconnected' })
  t.match(await statusOf('/two'), { status: 'connected' })
  t.equal((await browser.open('/two/api/client/instagram/media')).status, 200)
})
