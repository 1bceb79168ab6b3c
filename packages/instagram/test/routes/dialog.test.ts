// The built dialog is needed here: pnpm run build:assets
import t, { type Test } from 'tap'
import fastify from 'fastify'
import { build, emulate, optionsFor, PUBLIC_URL } from '../harness.ts'

const SHOP = 'https://shop.example'

async function serve (t: Test, prefix = '/') {
  const emulator = await emulate(t)
  const changes = { prefix, app: { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret, origins: [SHOP] } }
  const server = fastify()
  server.addHook('onRequest', async (_request, reply) => { reply.headers({ 'x-frame-options': 'SAMEORIGIN', 'cross-origin-opener-policy': 'same-origin' }) })
  return await build(t, optionsFor(t, emulator, changes), server)
}

const configOf = (html: string) => JSON.parse(/id="config">(.*?)<\/script>/.exec(html)?.[1] ?? '{}') as Record<string, unknown>

t.test('the dialog is a page that the app\'s own origins may frame, whatever the host sends elsewhere', async t => {
  const server = await serve(t)
  const answer = await server.inject('/dialog/open/?key=default&id=7&m=image/*&s=11&multi=true&language=de_de')
  t.equal(answer.statusCode, 200)
  t.match(answer.headers['content-security-policy'], new RegExp(`frame-ancestors 'self' ${PUBLIC_URL} ${SHOP}$`))
  t.equal(answer.headers['x-frame-options'], undefined)
  t.equal(answer.headers['cross-origin-opener-policy'], 'unsafe-none')
  t.match(answer.body, /<html lang="de" dir="ltr">/)
  t.match(configOf(answer.body), { id: '7', multiple: true, offersInstagram: true, opensInstagram: true, origins: [PUBLIC_URL, SHOP] })
})

t.test('every file that the page names is there, cached for good, and compressed when the browser takes it', async t => {
  const server = await serve(t, '/photos')
  const { body } = await server.inject('/photos/dialog/open/')
  const addresses = [...body.matchAll(/(?:src|href)="(\/photos\/dialog\/assets\/[^"]+)"/g)].map(([, address = '']) => address)
  t.ok(addresses.length >= 3)
  for (const address of addresses) {
    const plain = await server.inject(address)
    const gzipped = await server.inject({ url: address, headers: { 'accept-encoding': 'gzip, br' } })
    t.equal(plain.statusCode, 200, address)
    t.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable')
    t.equal(gzipped.headers['content-encoding'], 'gzip')
    t.ok(gzipped.rawPayload.length < plain.rawPayload.length)
  }
})

t.test('nothing but built files comes out of the assets', async t => {
  const server = await serve(t)
  for (const name of ['manifest.json', '..%2F..%2Fpackage.json', 'none.js']) {
    t.equal((await server.inject(`/dialog/assets/${name}`)).statusCode, 404, name)
  }
})

t.test('an unknown key is told in the page, with its status', async t => {
  const server = await serve(t)
  const answer = await server.inject('/dialog/open/?key=nobody')
  t.equal(answer.statusCode, 403)
  t.match(answer.headers['content-type'], /^text\/html/)
  t.match(configOf(answer.body), { refusal: 'APP_UNKNOWN', key: '' })
})

t.test('a query that cannot be right is refused', async t => {
  const server = await serve(t)
  t.equal((await server.inject('/dialog/open/?maxFiles=many')).statusCode, 400)
  t.equal((await server.inject(`/dialog/open/?id=${'x'.repeat(101)}`)).statusCode, 400)
})

t.test('the page for old clients tells its origins and nothing else', async t => {
  const server = await serve(t)
  const answer = await server.inject('/dialog/comm_iframe/')
  t.equal(answer.statusCode, 200)
  t.same(configOf(answer.body), { origins: [PUBLIC_URL, SHOP] })
  t.match(answer.headers['content-security-policy'], new RegExp(`frame-ancestors 'self' ${PUBLIC_URL} ${SHOP}$`))
})
