import { fastify } from 'fastify'
import t from 'tap'
import { createSender } from '../../src/index.ts'
import { createSenderServer, senderApi } from '../../src/server/index.ts'
import { TOKEN, build } from './build.ts'

const PROTECTED = [
  ['POST', '/events'], ['DELETE', '/events/a'], ['GET', '/endpoints'], ['POST', '/endpoints'], ['GET', '/endpoints/a'], ['PATCH', '/endpoints/a'],
  ['DELETE', '/endpoints/a'], ['POST', '/endpoints/a/enable'], ['POST', '/endpoints/a/disable'], ['POST', '/endpoints/a/rotate'],
  ['POST', '/endpoints/a/ping'], ['POST', '/endpoints/a/recover'], ['GET', '/deliveries'], ['GET', '/deliveries/counts'], ['GET', '/deliveries/1'],
  ['POST', '/deliveries/1/resend']
] as const

t.test('every route that tells or changes something refuses without a token', async t => {
  const { server } = await build(t)
  for (const [method, url] of PROTECTED) {
    const response = await server.inject({ method, url })
    t.match(response.json(), { statusCode: 401, code: 'SENDER_TOKEN_REFUSED' }, `${method} ${url}`)
    t.equal(response.headers['www-authenticate'], 'Bearer')
  }
})

t.test('a token that is wrong in its last character is refused', async t => {
  const { server } = await build(t)
  const response = await server.inject({ url: '/endpoints', headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}!` } })
  t.equal(response.statusCode, 401)
})

t.test('while tokens change both of them open', async t => {
  const sender = createSender({ database: ':memory:' })
  t.teardown(() => sender.close())
  const server = await createSenderServer({ sender, tokens: ['the-new-token-of-today', 'the-old-token-of-before'] })
  for (const token of ['the-new-token-of-today', 'the-old-token-of-before']) {
    t.equal((await server.inject({ url: '/endpoints', headers: { authorization: `bearer ${token}` } })).statusCode, 200)
  }
})

t.test('without a token of some length there is no server', async t => {
  const sender = createSender({ database: ':memory:' })
  t.teardown(() => sender.close())
  await t.rejects(createSenderServer({ sender, tokens: [] }), { code: 'SENDER_OPTION_INVALID' })
  await t.rejects(createSenderServer({ sender, tokens: ['short'] }), { code: 'SENDER_OPTION_INVALID' })
})

t.test('the OpenAPI document names every route, and each of its operations says what it answers', async t => {
  const { server } = await build(t)
  const document = (await server.inject('/openapi.json')).json()
  t.equal(document.openapi, '3.1.0')
  const operations = Object.entries<Record<string, { summary?: string, responses: object }>>(document.paths)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })))
  const named = operations.map(({ name }) => name.replaceAll(/\{\w+\}/g, ':id'))
  const expected = PROTECTED.map(([method, url]) => `${method} ${url.replace(/\/(a|1)(\/|$)/, '/:id$2')}`)
  t.same(named.sort(), [...expected, 'GET /health', 'GET /ready'].sort())
  for (const { name, operation } of operations) {
    t.ok(operation.summary, `${name} has a summary`)
    t.ok(Object.keys(operation.responses).some(status => status.startsWith('2')), `${name} says what success is`)
  }
})

t.test('below a prefix it leaves the host\'s other routes alone', async t => {
  const sender = createSender({ database: ':memory:' })
  const host = fastify()
  host.get('/', async () => 'the host')
  await host.register(senderApi, { prefix: '/webhooks', sender, tokens: [TOKEN] })
  t.teardown(async () => {
    await host.close()
    await sender.close()
  })
  t.equal((await host.inject('/')).body, 'the host')
  t.equal((await host.inject('/webhooks/health')).statusCode, 200)
  t.equal((await host.inject('/webhooks/endpoints')).statusCode, 401)
  t.ok((await host.inject('/webhooks/openapi.json')).json().paths['/webhooks/events'])
})
