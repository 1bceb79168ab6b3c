import t from 'tap'
import { createBrowser, signIn } from '../browser-profile.ts'
import { build, emulate, folder, inside, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(120_000)

const STATUS = '/api/client/instagram/status'
const DAY_MS = 24 * 60 * 60_000

for (const callbackSecret of ['instagram', 'meta'] as const) {
  t.test(`Instagram itself is content with the answers to its callbacks, signed with the ${callbackSecret} secret`, async t => {
    const emulator = await emulate(t, { switches: { callbackSecret } })
    const app = { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret, metaAppSecret: 'f0e1d2c3b4a5968778695a4b3c2d1e0f' }
    const server = await build(t, optionsFor(t, emulator, { app }))
    const address = await server.listen({ port: 0, host: '127.0.0.1' })
    const callbacks = `${address}/api/client/instagram`
    emulator.control.updateApp({ deauthorizeUrl: `${callbacks}/deauthorize`, dataDeletionUrl: `${callbacks}/dataDeletion` })

    for (const post of ['deauthorize', 'requestDataDeletion'] as const) {
      const browser = createBrowser(server, PUBLIC_URL)
      await signIn(browser)
      const { status, problems } = await emulator.control[post]('harbour.and.hill')
      t.equal(status, 200)
      t.same(problems, [])
      await inside(server).background.settled()
      t.match((await browser.open(STATUS)).json(), { status: 'disconnected' })
    }
  })
}

t.test('two hosts on one database, both sweeping while people list, refresh each token once', async t => {
  const emulator = await emulate(t)
  const options = { database: `${folder(t)}/shared.sqlite`, now: emulator.control.clock.now }
  const hosts = [await build(t, optionsFor(t, emulator, options)), await build(t, optionsFor(t, emulator, options))]
  const browsers = hosts.map(server => createBrowser(server, PUBLIC_URL))
  await Promise.all(browsers.map(async browser => await signIn(browser)))
  emulator.control.clock.advance(53 * DAY_MS)
  const never = new AbortController().signal
  await Promise.all([
    ...hosts.map(async server => await inside(server).keepHouse(never)),
    ...browsers.map(async browser => t.equal((await browser.open('/api/client/instagram/media')).status, 200))
  ])
  t.equal(emulator.control.requests().filter(({ path }) => path.includes('refresh_access_token')).length, 2)
})
