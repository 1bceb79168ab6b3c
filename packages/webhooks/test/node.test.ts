import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { createReceiver, type ReceiverOptions } from '../src/index.ts'
import { toNodeHandler } from '../src/node.ts'
import { TEST_SECRET, fixture, signedRequest } from '../src/testing.ts'
import { SERVERS, portOf } from './http.ts'

const receiver = (options: Partial<ReceiverOptions> = {}) => createReceiver({ secrets: TEST_SECRET, on: { 'fp.upload': () => {} }, ...options })

async function post (port: number) {
  const { headers, body } = signedRequest(fixture('fp.upload'))
  return await fetch(`http://127.0.0.1:${port}/hooks`, { method: 'POST', headers, body: new Uint8Array(body) })
}

t.test('a signed request is handled and answered in JSON', async t => {
  const response = await post(portOf(await SERVERS.node(t, receiver())))
  t.equal(response.status, 200)
  t.same(await response.json(), { outcome: 'handled' })
})

t.test('anything but POST is 405', async t => {
  const response = await fetch(`http://127.0.0.1:${portOf(await SERVERS.node(t, receiver()))}/hooks`)
  t.equal(response.status, 405)
  t.equal(response.headers.get('allow'), 'POST')
})

for (const place of ['body', 'rawBody']) {
  t.test(`bytes that a framework left in request.${place} are taken as they are`, async t => {
    const handle = toNodeHandler(receiver())
    const server = createServer(async (request, response) => {
      const bytes = await buffer(request)
      await handle(Object.assign(request, { [place]: bytes }), response)
    }).listen(0, '127.0.0.1')
    t.teardown(() => server.close())
    await once(server, 'listening')
    t.same(await (await post(portOf(server))).json(), { outcome: 'handled' })
  })
}

t.test('a body that a framework has parsed is told at once', async t => {
  const handle = toNodeHandler(receiver())
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse((await buffer(request)).toString())
    await handle(Object.assign(request, { body }), response)
  }).listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  t.match(await (await post(portOf(server))).json(), { statusCode: 500, code: 'WEBHOOK_BODY_CONSUMED' })
})
