import t from 'tap'
import { sampleOf, start } from './sample.ts'

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
