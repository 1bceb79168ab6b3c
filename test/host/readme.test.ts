import t from 'tap'
import { blocksOf, sampleOf, start } from './sample.ts'

t.setTimeout(300_000)

for (const [name, page] of [['root', 'README.md'], ['instagram', 'packages/instagram/README.md']] as const) {
  t.test(`the sample of the ${name} README is a server that serves the client, the dialog and the sign-in`, async t => {
    const address = await start(t, `${name}-sample`, sampleOf(page))
    t.match(await (await fetch(`${address}/filepicker.js`)).text(), 'filepicker')
    t.equal((await fetch(`${address}/dialog/open/?key=default`)).status, 200)
    t.match(await (await fetch(`${address}/api/client/instagram/status`)).json(), { status: 'disconnected' })
  })
}

t.test('the host sample of the root README has at most 20 lines of code', async t => {
  const lines = sampleOf('README.md').split('\n').filter(line => line.trim() !== '')
  t.ok(lines.length <= 20, `${lines.length} lines`)
})

t.test('the settings that the root README lists are those that its sample reads, the port apart', async t => {
  const [settings = ''] = blocksOf('README.md', 'ini')
  const listed = [...settings.matchAll(/^(\w+)=/gm)].map(([, name]) => name)
  const read = [...sampleOf('README.md').matchAll(/process\.env\.(\w+)!/g)].map(([, name]) => name)
  t.same(listed.sort(), read.sort())
})

t.test('the sample without an app at Meta serves a page, and sends people to the emulator', async t => {
  const sample = blocksOf('packages/instagram/README.md', 'ts').find(block => block.includes('startInstagramEmulator')) ?? ''
  const address = await start(t, 'emulator-sample', sample)
  t.match(await (await fetch(address)).text(), 'filepicker.pick(')
  const sent = await fetch(`${address}/api/client/instagram/auth/open`, { redirect: 'manual' })
  const consent = new URL(sent.headers.get('location') ?? '')
  t.match(consent, { hostname: '127.0.0.1', pathname: '/www/oauth/authorize' })
  t.equal((await fetch(consent)).status, 200)
})
