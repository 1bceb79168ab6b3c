// The built client is needed here: pnpm run build:assets
import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { build, emulate, optionsFor } from '../harness.ts'

t.test('the client is one script that any page may load', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const answer = await server.inject('/filepicker.js')
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'text/javascript; charset=utf-8')
  t.equal(answer.headers['cross-origin-resource-policy'], 'cross-origin')
  t.notMatch(answer.body, /^\s*(import|export) /m, 'it is a classic script')
  const compressed = await server.inject({ url: '/filepicker.js', headers: { 'accept-encoding': 'gzip' } })
  t.equal(gunzipSync(compressed.rawPayload).toString(), answer.body)
})

t.test('a browser that has it is told so', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  const { headers } = await server.inject('/filepicker.js')
  const again = await server.inject({ url: '/filepicker.js', headers: { 'if-none-match': String(headers.etag) } })
  t.equal(again.statusCode, 304)
  t.equal(again.body, '')
})
