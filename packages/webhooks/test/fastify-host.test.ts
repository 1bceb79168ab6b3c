import { once } from 'node:events'
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import compress from '@fastify/compress'
import express from '@fastify/express'
import formbody from '@fastify/formbody'
import httpProxy from '@fastify/http-proxy'
import middie from '@fastify/middie'
import multipart from '@fastify/multipart'
import bodyParser from 'body-parser'
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import rawBody from 'fastify-raw-body'
import xml from 'fastify-xml-body-parser'
import t from 'tap'
import { webhookReceiver } from '../src/fastify.ts'
import { TEST_SECRET, fixture, inject } from '../src/testing.ts'
import { portOf } from './http.ts'

const url = '/webhooks/instagram'

const server = createServer((request, response) => { request.pipe(response.writeHead(200, { 'content-type': 'application/json' })) })
server.listen(0, '127.0.0.1')
await once(server, 'listening')
t.teardown(() => { server.close() })
const upstream = `http://127.0.0.1:${portOf(server)}`

/** The body-related plugins that hosts use most, each as its own documentation registers it. */
const HOSTS: Readonly<Record<string, (app: FastifyInstance) => Promise<unknown>>> = {
  'no plugin': async () => {},
  '@fastify/multipart': async app => app.register(multipart, { attachFieldsToBody: 'keyValues' }),
  '@fastify/formbody': async app => app.register(formbody),
  'fastify-raw-body': async app => app.register(rawBody, { global: true, encoding: false, runFirst: true }),
  '@fastify/compress': async app => app.register(compress, { threshold: 0 }),
  'fastify-xml-body-parser': async app => app.register(xml),
  '@fastify/http-proxy': async app => app.register(httpProxy, { upstream, prefix: '/proxy' }),
  '@fastify/middie': async app => app.register(middie),
  '@fastify/express': async app => app.register(express)
}

const REQUESTS: Readonly<Record<string, InjectOptions>> = {
  json: { method: 'POST', url: '/echo', headers: { 'content-type': 'application/json' }, payload: '{"a":[1,2.50,"ü"]}' },
  'broken json': { method: 'POST', url: '/echo', headers: { 'content-type': 'application/json' }, payload: '{"a":' },
  'poisoned json': { method: 'POST', url: '/echo', headers: { 'content-type': 'application/json' }, payload: '{"__proto__":{}}' },
  text: { method: 'POST', url: '/echo', headers: { 'content-type': 'text/plain' }, payload: 'plain' },
  form: { method: 'POST', url: '/echo', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'a=1&b=2' },
  xml: { method: 'POST', url: '/echo', headers: { 'content-type': 'application/xml' }, payload: '<a><b>1</b></a>' },
  gzip: { method: 'POST', url: '/echo', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, payload: gzipSync('{"a":1}') },
  multipart: {
    method: 'POST',
    url: '/echo',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload: '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
  },
  'too large': { method: 'POST', url: '/echo', headers: { 'content-type': 'application/json' }, payload: `"${'x'.repeat(2_000_000)}"` },
  'no such route': { method: 'POST', url: '/nowhere', headers: { 'content-type': 'application/json' }, payload: '{}' },
  'no body': { method: 'GET', url: '/echo' },
  compressed: { method: 'GET', url: '/echo', headers: { 'accept-encoding': 'gzip' } },
  proxied: { method: 'POST', url: '/proxy/x', headers: { 'content-type': 'application/json' }, payload: '{}' }
}

type Place = 'absent' | 'first' | 'last'

async function build (plugin: (app: FastifyInstance) => Promise<unknown>, place: Place): Promise<FastifyInstance> {
  const app = Fastify()
  const receiver = async () => { await app.register(webhookReceiver, { url, secrets: TEST_SECRET, on: { 'fp.upload': () => {} } }) }
  if (place === 'first') await receiver()
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.header('x-host', 'yes')
    return payload
  })
  await plugin(app)
  app.route({
    method: ['GET', 'POST'],
    url: '/echo',
    handler: async ({ body, rawBody }) => ({ body, raw: rawBody?.toString() })
  })
  if (place === 'last') await receiver()
  return app
}

/** Everything a client of the host can see. */
async function observe (plugin: (app: FastifyInstance) => Promise<unknown>, place: Place) {
  const app = await build(plugin, place)
  const seen: Record<string, unknown> = {}
  for (const [name, request] of Object.entries(REQUESTS)) {
    const { statusCode, headers: { date, ...headers }, rawPayload } = await app.inject(request)
    seen[name] = { statusCode, headers, payload: rawPayload.toString('base64') }
  }
  await app.close()
  return seen
}

for (const [name, plugin] of Object.entries(HOSTS)) {
  t.test(`the host's answers stay the same, byte for byte, with ${name}`, async t => {
    const alone = await observe(plugin, 'absent')
    t.strictSame(await observe(plugin, 'first'), alone, 'receiver registered first')
    t.strictSame(await observe(plugin, 'last'), alone, 'receiver registered last')
  })

  t.test(`webhooks arrive with ${name}`, async t => {
    for (const place of ['first', 'last'] as const) {
      const app = await build(plugin, place)
      const response = await inject(app, fixture('fp.upload'), { url })
      t.same([response.statusCode, response.json()], [200, { outcome: 'handled' }], `receiver registered ${place}`)
      await app.close()
    }
  })
}

t.test('a middleware that has parsed the body before is told at once, not waited for', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(middie)
  app.use(bodyParser.json())
  await app.register(webhookReceiver, { url, secrets: TEST_SECRET })
  const response = await inject(app, fixture('fp.upload'), { url })
  t.match([response.statusCode, response.json()], [500, { code: 'WEBHOOK_BODY_CONSUMED' }])
})

t.test('a middleware that leaves the bytes is as good as none', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(middie)
  app.use(bodyParser.raw({ type: '*/*' }))
  await app.register(webhookReceiver, { url, secrets: TEST_SECRET, on: { 'fp.upload': () => {} } })
  t.same((await inject(app, fixture('fp.upload'), { url })).json(), { outcome: 'handled' })
})

t.test("refusals are the receiver's own answer, not that of the host's error handler", async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  app.setErrorHandler(async (_error, _request, reply) => reply.code(418).send('teapot'))
  await app.register(webhookReceiver, { url, secrets: TEST_SECRET, limits: { maxBodyBytes: 10 } })
  const response = await inject(app, fixture('fp.upload'), { url })
  t.match([response.statusCode, response.json()], [413, { code: 'WEBHOOK_BODY_TOO_LARGE' }])
})

t.test('two receivers on one url are refused when they are registered', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(webhookReceiver, { url, secrets: TEST_SECRET })
  await t.rejects(async () => { await app.register(webhookReceiver, { url, secrets: TEST_SECRET }) }, { code: 'FST_ERR_DUPLICATED_ROUTE' })
})
