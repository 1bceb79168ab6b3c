import { createServer } from 'node:net'
import t from 'tap'
import type { AccountPlan } from '@contactsheet/instagram/emulator'
import { createBrowser, signIn } from '../browser-profile.ts'
import { build, emulate, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(300_000)

const accounts = (count: number): AccountPlan[] => Array.from({ length: count }, (_, index) => ({ username: `person.${index}`, accountType: 'BUSINESS', posts: 0 }))
const statusUrl = (key = 'default') => `/api/client/instagram/status?key=${key}`
const noRateLimit = { rateLimit: { max: 1_000_000 } }

t.test('50 sign-ins at once in one new browser profile, each through an app of its own, end each with its own account', async t => {
  const emulator = await emulate(t, { accounts: accounts(50) })
  const credentials = { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret }
  const keys = Array.from({ length: 50 }, (_, index) => `app${index}`)
  const server = await build(t, optionsFor(t, emulator, { apps: Object.fromEntries(keys.map(key => [key, credentials])) }))
  const profile = createBrowser(server, PUBLIC_URL)
  const pages = await Promise.all(keys.map(async (key, index) => await signIn(profile, { key, account: `person.${index}` })))
  for (const [index, page] of pages.entries()) t.match(page.body, `You are connected as person.${index}.`)
  for (const [index, key] of keys.entries()) t.match((await profile.open(statusUrl(key))).json(), { status: 'connected', username: `person.${index}` })
})

t.test('500 sign-ins at once over HTTP, each in a browser of its own, end each with its own account', async t => {
  const emulator = await emulate(t, { accounts: accounts(500) })
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const server = await build(t, optionsFor(t, emulator, { publicUrl, ...noRateLimit }))
  await server.listen({ port, host: 'localhost' })
  const browsers = Array.from({ length: 500 }, () => createBrowser(undefined, publicUrl))
  const pages = await Promise.all(browsers.map(async (browser, index) => await signIn(browser, { account: `person.${index}` })))
  t.same(pages.filter(page => page.status !== 200).map(page => page.body), [])
  const names = await Promise.all(browsers.map(async browser => (await browser.open(statusUrl())).json().username))
  t.same(names, Array.from({ length: 500 }, (_, index) => `person.${index}`))
})

/** A port that was free a moment ago: the redirect URI has to be known before the server listens. */
async function freePort (): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
