import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import t from 'tap'
import { buildInstagramEmulator } from '../../src/emulator/index.ts'
import { authorizeUrl, photoLink, start, type Fields } from './harness.ts'

t.test('the four hosts have a base URL each, and the plugin’s option names them', async t => {
  const { origin, authorizeUrl, apiBaseUrl, graphBaseUrl, cdnBaseUrl, pluginOptions } = await start(t)
  t.strictSame([authorizeUrl, apiBaseUrl, graphBaseUrl, cdnBaseUrl], [`${origin}/www/oauth/authorize`, `${origin}/api`, `${origin}/graph`, `${origin}/cdn`])
  t.strictSame(pluginOptions, { authorizeUrl, apiBaseUrl, graphBaseUrl, cdnHosts: [new URL(origin).host] })
})

t.test('a public address replaces the one it listens on, in answers too', async t => {
  const emulator = await start(t, { publicUrl: 'https://ig.example.test/' })
  t.equal(emulator.graphBaseUrl, 'https://ig.example.test/graph')
  t.strictSame(emulator.pluginOptions.cdnHosts, ['ig.example.test'])
})

interface Received { status: number | undefined, location: string | undefined, body: string }

function statusOf (request: ReturnType<typeof httpRequest>, form = ''): Promise<Received> {
  return new Promise((resolve, reject) => {
    request.on('error', reject).on('response', response => {
      let body = ''
      response.setEncoding('utf8').on('data', chunk => { body += chunk }).on('end', () => { resolve({ status: response.statusCode, location: response.headers.location, body }) })
    }).end(form)
  })
}

t.test('clients with fixed host names reach each host by its Host header, and get links of that kind', async t => {
  const emulator = await start(t, { addresses: 'instagram' })
  const { port } = new URL(emulator.origin)
  const token = emulator.control.mintToken('harbour.and.hill')
  const ask = async (host: string, path: string) => await statusOf(httpRequest({ host: '127.0.0.1', port, path, headers: { host } }))
  const list = await ask('graph.instagram.com', `/v25.0/me/media?fields=media_url&limit=1&access_token=${token}`)
  const { data, paging } = JSON.parse(list.body)
  const link = new URL(data[0].media_url)
  t.match(paging.next, /^https:\/\/graph\.instagram\.com\/v25\.0\/17841/)
  t.equal(link.host, 'scontent-abc1-1.cdninstagram.com')
  t.equal((await ask(link.host, link.pathname + link.search)).status, 200)
  t.equal((await ask('api.instagram.com', '/oauth/access_token')).status, 400)
  t.equal((await ask('www.instagram.com', '/accounts/manage_access/')).status, 200)
})

t.test('a person answers the consent page of a fixed host name, sees it styled, and removes the app there', async t => {
  const emulator = await start(t, { addresses: 'instagram', answer: 'ask' })
  const { port } = new URL(emulator.origin)
  const headers = { host: 'www.instagram.com', 'content-type': 'application/x-www-form-urlencoded' }
  const ask = async (path: string) => await statusOf(httpRequest({ host: '127.0.0.1', port, path, headers }))
  const send = async (path: string, fields: Fields) => await statusOf(httpRequest({ host: '127.0.0.1', port, path, headers, method: 'POST' }), String(new URLSearchParams(fields)))

  const { body } = await ask(authorizeUrl(emulator).replace(`${emulator.origin}/www`, ''))
  const [, style = ''] = /rel="stylesheet" href="([^"]+)"/.exec(body) ?? []
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(body) ?? []
  t.equal((await ask(style)).status, 200)
  t.match((await send(action.replaceAll('&amp;', '&'), { answer: 'allow', account: 'harbour.and.hill' })).location, /code=AQ/)
  const { location = '' } = await send('/accounts/manage_access/', { username: 'harbour.and.hill', app: emulator.app.id })
  t.match((await ask(location)).body, /No app is connected/)
})

t.test('it speaks https with a certificate of its own making', async t => {
  const emulator = await start(t, { https: true })
  t.match(emulator.origin, /^https:/)
  const link = new URL(`${emulator.graphBaseUrl}/me`)
  const answer = await statusOf(httpsRequest(link, { ca: emulator.certificate }))
  t.equal(answer.status, 400)
  t.equal(JSON.parse(answer.body).error.code, 104)
  await t.rejects(statusOf(httpsRequest(link)), { code: /SELF_SIGNED/ })
})

t.test('the server can be built without listening', async t => {
  const { server } = await buildInstagramEmulator({ answer: 'allow' })
  t.teardown(() => server.close())
  t.equal((await server.inject('/graph/me')).json().error.code, 104)
})

t.test('closing ends open connections', async t => {
  const emulator = await start(t)
  await fetch(await photoLink(emulator))
  await emulator.close()
  await t.rejects(fetch(emulator.origin))
})
