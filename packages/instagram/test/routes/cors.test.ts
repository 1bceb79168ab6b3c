import t from 'tap'
import { pathOf } from '../connected.ts'
import { offline, upload } from '../offline.ts'
import { jpeg } from '../pictures.ts'

const second = { instagramAppId: '987654321', instagramAppSecret: 'fedcba9876543210fedcba9876543210', origins: ['https://second.example'] }
const setUp = async (t: Parameters<typeof offline>[0]) => await offline(t, { apps: { second } }, { origins: ['https://shop.example'] })

t.test('pages of the app\'s origins, and the server\'s own, may call with cookies', async t => {
  const { server } = await setUp(t)
  const url = pathOf(await upload(server, jpeg))
  for (const origin of ['https://shop.example', 'http://app.localhost']) {
    t.match((await server.inject({ url, headers: { origin } })).headers, { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: /Origin/ })
  }
})

t.test('no other page may: not another app\'s, not null, and never *', async t => {
  const { server } = await setUp(t)
  const url = pathOf(await upload(server, jpeg))
  for (const origin of ['https://second.example', 'https://evil.example', 'null', 'https://shop.example.evil.example', 'http://shop.example']) {
    const { headers } = await server.inject({ url, headers: { origin } })
    t.notOk('access-control-allow-origin' in headers, origin)
    t.match(headers, { vary: /Origin/ })
  }
})

t.test('the app of a file decides, whatever key is named', async t => {
  const { server } = await setUp(t)
  const url = pathOf(await upload(server, jpeg, { key: 'second' }))
  t.match((await server.inject({ url, headers: { origin: 'https://second.example' } })).headers, { 'access-control-allow-origin': 'https://second.example' })
  t.notOk('access-control-allow-origin' in (await server.inject({ url: `${url}?key=default`, headers: { origin: 'https://shop.example' } })).headers)
})

t.test('a refusal can be read by the page too', async t => {
  const { server } = await setUp(t)
  const headers = { origin: 'https://shop.example' }
  t.match(await server.inject({ url: '/api/file/AAAAAAAAAAAAAAAAAAAA', headers }), { statusCode: 404, headers: { 'access-control-allow-origin': 'https://shop.example' } })
  t.match(await server.inject({ method: 'DELETE', url: pathOf(await upload(server, jpeg)), headers }), { statusCode: 403, headers: { 'access-control-allow-origin': 'https://shop.example' } })
})

t.test('a preflight is answered for what the clients send', async t => {
  const { server } = await setUp(t)
  const ask = async (origin: string) => await server.inject({ method: 'OPTIONS', url: '/api/store/S3?key=default', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-no-stream' } })
  t.match(await ask('https://shop.example'), { statusCode: 204, headers: { 'access-control-allow-origin': 'https://shop.example', 'access-control-allow-methods': /DELETE/, 'access-control-allow-headers': /X-NO-STREAM/, 'access-control-max-age': '21600' } })
  t.notOk('access-control-allow-methods' in (await ask('https://evil.example')).headers)
})
