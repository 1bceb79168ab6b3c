import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'
import instagram from '@contactsheet/instagram'
import { fixture, signedRequest } from '@contactsheet/webhooks/testing'
import t from 'tap'
import { blocksOf, run, sampleOf, start, WEBHOOK_SECRET } from './sample.ts'

const APP_SECRET = 'the secret of the app, for tests only'
const PHOTO = readFileSync(join(import.meta.dirname, '../../packages/instagram/test/image/photos/night.jpg'))
t.setTimeout(300_000)

t.test('no page has a code block in a language that these tests do not run', async t => {
  const pages = readdirSync(join(import.meta.dirname, '../../docs')).filter(name => name.endsWith('.md'))
  const languages = pages.flatMap(name => [...readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8').matchAll(/^```(\w*)$(?=\n[^\n]*\S)/gm)].map(([, language]) => `${name} ${language}`))
  t.same(languages.filter(found => !found.endsWith(' ')).sort(), [
    'from-filestack.md html', 'from-filestack.md ts', 'from-filestack.md ts', 'instagram-app.md ts', 'postgresql.md sh', 'postgresql.md ts'
  ])
})

t.test('the server of docs/instagram-app.md sends people to Instagram with the addresses of its table', async t => {
  const page = 'docs/instagram-app.md'
  const address = await start(t, 'instagram-app', sampleOf(page))
  const [redirectUri = '', ...callbacks] = [...readFileSync(join(import.meta.dirname, '../..', page), 'utf8').matchAll(/`(https:\/\/photos\.example\.com\/[^`]+)`/g)].map(([, url = '']) => url)
  const sent = await fetch(`${address}/api/client/instagram/auth/open`, { redirect: 'manual' })
  const authorize = new URL(sent.headers.get('location') ?? '')
  t.equal(authorize.origin + authorize.pathname, 'https://www.instagram.com/oauth/authorize')
  t.match(Object.fromEntries(authorize.searchParams), { client_id: '1234567890123456', redirect_uri: redirectUri, scope: 'instagram_business_basic' })
  t.equal(callbacks.length, 2)
  for (const callback of callbacks) {
    const refused = await fetch(address + new URL(callback).pathname, { method: 'POST', body: new URLSearchParams({ signed_request: 'forged.forged' }) })
    t.match(await refused.json(), { code: 'SIGNED_REQUEST_INVALID' }, callback)
  }
})

t.test('the samples of docs/from-filestack.md: a page, a server with a policy, a receiver of both senders', async t => {
  const [remove = '', receiver = ''] = blocksOf('docs/from-filestack.md', 'ts')
  const [html = ''] = blocksOf('docs/from-filestack.md', 'html')
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(instagram, {
    publicUrl: 'http://localhost',
    secret: 'a secret of the samples, long enough',
    app: { instagramAppId: '1234567890123456', instagramAppSecret: '0123456789abcdef0123456789abcdef', secret: APP_SECRET },
    database: ':memory:',
    storage: { S3: { type: 'disk', directory: t.testdir() } }
  })
  const server = await app.listen({ port: 0, host: '127.0.0.1' })

  await t.test('the script of the page is served, and has what the page calls', async t => {
    const [, src = ''] = /src="([^"]+)"/.exec(html) ?? []
    const script = await (await fetch(server + new URL(src).pathname)).text()
    for (const [, call = ''] of html.matchAll(/filepicker\.(\w+)\(/g)) t.match(script, call)
  })

  await t.test('the policy removes the file', async t => {
    const stored = await (await fetch(`${server}/api/store/S3?filename=night.jpg`, { method: 'POST', body: new Uint8Array(PHOTO) })).json() as { url: string }
    const path = new URL(stored.url).pathname
    t.equal(await run(t, 'remove', remove, { SERVER: server, FILESTACK_SECRET: APP_SECRET }, path.split('/').at(-1) ?? ''), '200 success\n')
    t.equal((await fetch(server + path)).status, 404)
  })

  await t.test('the receiver takes what either sender signs, and nothing else', async t => {
    const old = 'Sxk9sTY2R6uQ0pLm4vBn'
    const address = await start(t, 'receiver', receiver, { FILESTACK_WEBHOOK_SECRET: old })
    const statusOf = async (secret: string): Promise<number> => {
      const { headers, body } = signedRequest(fixture('fp.upload'), { secret, schemes: ['filestack'] })
      return (await fetch(`${address}/webhooks/instagram`, { method: 'POST', headers, body: new Uint8Array(body) })).status
    }
    t.same([await statusOf(old), await statusOf(WEBHOOK_SECRET), await statusOf('another-secret-of-twenty')], [200, 200, 401])
  })
})
