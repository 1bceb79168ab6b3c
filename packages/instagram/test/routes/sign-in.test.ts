import t from 'tap'
import { createBrowser, signIn } from '../browser-profile.ts'
import { build, emulate, optionsFor, PUBLIC_URL } from '../harness.ts'

t.test('a person signs in through Instagram and the session is connected', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  t.match((await browser.open('/api/client/instagram/status')).json(), { status: 'disconnected', signIn: String })
  const page = await signIn(browser)
  t.equal(page.status, 200)
  t.match(page.body, 'You are connected as harbour.and.hill')
  t.same((await browser.open('/api/client/instagram/status')).json(), { status: 'connected', username: 'harbour.and.hill', accountType: 'BUSINESS' })
})

t.test('the dialog hears of the connection from the server, also when it asks late', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const browser = createBrowser(server, PUBLIC_URL)
  const ticket = String((await browser.open('/api/client/instagram/status')).json().signIn)
  const events = `/api/client/instagram/events?signIn=${encodeURIComponent(ticket)}`
  const early = browser.open(events)
  await browser.visit(`/api/client/instagram/auth/open?signIn=${encodeURIComponent(ticket)}`)
  const told = 'event: connected\ndata: {"username":"harbour.and.hill"}\n\n'
  t.match((await early).body, told)
  t.match((await browser.open(events)).body, told)
})
