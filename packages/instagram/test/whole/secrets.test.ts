import { readdirSync, readFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import t from 'tap'
import fastify, { type FastifyInstance } from 'fastify'
import { atCallback, createBrowser, signIn, ticketOf } from '../browser-profile.ts'
import { build, emulate, folder, optionsFor, PUBLIC_URL, SECRET } from '../harness.ts'

t.setTimeout(120_000)

/** A server whose whole log is kept, at the most talkative level. */
function loggingServer (): { server: FastifyInstance, log: () => string } {
  const lines: string[] = []
  const stream = new Writable({ write (chunk, _encoding, done) { lines.push(String(chunk)); done() } })
  return { server: fastify({ logger: { level: 'trace', stream } }), log: () => lines.join('') }
}

t.test('no secret and no token is in any log line, answer, address or file of a full run', async t => {
  const emulator = await emulate(t)
  const directory = folder(t)
  const seen = new Set<string>([SECRET, emulator.app.secret])
  const watching: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    for (const token of (await response.clone().text()).match(/IGAA[A-Za-z0-9_-]{20,}/g) ?? []) seen.add(token)
    return response
  }
  const { server, log } = loggingServer()
  await build(t, optionsFor(t, emulator, { fetch: watching, database: `${directory}/db.sqlite` }), server)

  const answers: string[] = []
  const browser = createBrowser(server, PUBLIC_URL)
  const visit = async (url: string, headers: Record<string, string> = {}): Promise<string> => {
    const page = await browser.open(url, headers)
    const told = [...page.headers].filter(([name]) => name !== 'set-cookie' && name !== 'location')
    answers.push(JSON.stringify(told), page.body)
    return page.body
  }

  // Declined, refused, replayed, done.
  emulator.control.answer('deny')
  await visit((await signIn(browser, { through: atCallback })).url)
  emulator.control.answer({ account: 'harbour.and.hill' })
  const broken = new URL((await signIn(browser, { through: atCallback })).url)
  broken.searchParams.set('code', 'wrong')
  await visit(broken.href)
  const done = (await signIn(browser, { through: atCallback })).url
  seen.add(new URL(done).searchParams.get('code') ?? '').add(new URL(done).searchParams.get('state') ?? '')
  await visit(done)
  await visit(done)
  const ticket = await ticketOf(createBrowser(server, PUBLIC_URL))
  seen.add(ticket)
  await visit(`/api/client/instagram/events?signIn=${encodeURIComponent(ticket)}`)
  for (const [, value] of browser.cookies) seen.add(value)

  // Lists, previews, picks, errors of Instagram.
  const { items } = JSON.parse(await visit('/api/client/instagram/media')) as { items: Array<{ id: string, thumbnail: string }> }
  await browser.open(String(items[0]?.thumbnail))
  const pick = await server.inject({ method: 'POST', url: '/api/client/instagram/pick', payload: { mediaId: items[0]?.id }, headers: { cookie: [...browser.cookies].map(pair => pair.join('=')).join('; ') } })
  answers.push(pick.body)
  await visit('/api/client/instagram/media?after=nonsense')
  emulator.control.revoke('harbour.and.hill', 'passwordChanged')
  await visit('/api/client/instagram/media')
  await visit('/api/client/instagram/status?key=nobody')
  await visit('/api/client/instagram/unauth')

  t.ok(seen.size > 6, `${seen.size} secrets were seen`)
  t.ok([...seen].filter(secret => secret.startsWith('IGAA')).length >= 1)
  const files = readdirSync(directory).map(name => readFileSync(`${directory}/${name}`, 'latin1'))
  const places = { log: log(), answers: answers.join('\n'), files: files.join('\n') }
  for (const [place, text] of Object.entries(places)) {
    t.ok(text.length > 1000, `${place} holds ${text.length} characters`)
    for (const secret of seen) t.notOk(text.includes(secret) || text.includes(encodeURIComponent(secret)), `a secret of ${secret.length} characters in ${place}`)
    t.notMatch(text, /IGAA[A-Za-z0-9_-]{20,}|access_token=/, place)
  }
})
