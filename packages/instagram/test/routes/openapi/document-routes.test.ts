import swagger from '@fastify/swagger'
import { Validator } from '@seriousme/openapi-schema-validator'
import fastify, { type InjectOptions } from 'fastify'
import { Compile } from 'typebox/schema'
import t, { type Test } from 'tap'
import type { InstagramOptions } from '@contactsheet/instagram'
import { OPERATIONS } from '../../../src/domain/conversion/operations.ts'
import { OUTPUT_PARAMETERS } from '../../../src/domain/conversion/output.ts'
import { STATUS } from '../../../src/errors.ts'
import { connectBrowser, pathOf, type Connected } from '../../connected.ts'
import { build, emulate, optionsFor } from '../../harness.ts'
import { jpeg } from '../../pictures.ts'

interface Media { schema?: object }
interface Operation { tags?: string[], summary?: string, parameters?: Array<{ name: string, in: string }>, responses: Record<string, { description: string, content?: Record<string, Media> }> }
interface Document { paths: Record<string, Record<string, Operation>> }

/** A host that makes a document of its routes. */
async function documented (t: Test, changes: Partial<InstagramOptions> = {}) {
  const emulator = await emulate(t)
  const server = fastify()
  const routes: string[] = []
  server.addHook('onRoute', ({ method, url }) => { routes.push(...[method].flat().map(one => `${one} ${url}`)) })
  await server.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'The host', version: '1.0.0' } } })
  const options = optionsFor(t, emulator, changes)
  await build(t, { ...options, app: { ...options.app, secret: 'the secret of the app' } }, server)
  return { server, routes, document: server.swagger() as unknown as Document }
}

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })))

t.test('the document is valid OpenAPI 3.1', async t => {
  const { document } = await documented(t)
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
  t.ok(valid, JSON.stringify(errors))
})

t.test('every route is in it, with a tag, a summary, and a word on each answer', async t => {
  const { server, document } = await documented(t, { prefix: '/photos' })
  const found = operationsOf(document)
  t.ok(found.length >= 24)
  for (const { name, operation } of found) {
    t.ok(name.includes(' /photos/'), name)
    t.ok(operation.tags?.length === 1 && operation.summary !== undefined, name)
    for (const [status, { description }] of Object.entries(operation.responses)) t.not(description, 'Default Response', `${name} ${status}`)
  }
  for (const { name } of found) {
    const [method = '', path = ''] = name.split(' ')
    t.ok(server.hasRoute({ method, url: path.replaceAll('{token}', '*').replaceAll(/\{(\w+)\}/g, ':$1') }), `${name} exists`)
  }
})

t.test('no route is missing in it, apart from the HEAD that Fastify gives to each GET, and from what browsers ask before a call', async t => {
  const { routes, document } = await documented(t)
  const named = new Set(operationsOf(document).map(({ name }) => name.replaceAll('{token}', '*').replaceAll(/\{(\w+)\}/g, ':$1')))
  t.same(routes.filter(route => !named.has(route) && !named.has(route.replace(/^HEAD /, 'GET '))), ['OPTIONS /api/*'])
})

t.test('every code that a route can answer is somewhere in it, under its status', async t => {
  const { document } = await documented(t)
  const text = JSON.stringify(document)
  const told = Object.keys(STATUS).filter(code => text.includes(code))
  t.same(Object.keys(STATUS).filter(code => !told.includes(code)), ['OPTIONS_INVALID', 'REQUEST_ABORTED'], 'these two reach nobody')
})

t.test('every parameter of a conversion is named', async t => {
  const { document } = await documented(t)
  const names = document.paths['/api/file/{handle}/convert']?.get?.parameters?.map(({ name }) => name) ?? []
  const parameters = [...Object.values(OPERATIONS).map(({ parameters }) => parameters), OUTPUT_PARAMETERS].flatMap(Object.keys)
  t.same(parameters.filter(name => !names.includes(name)), [])
})

t.test('a host without a document is served as before', async t => {
  const emulator = await emulate(t)
  const server = await build(t, optionsFor(t, emulator))
  t.equal((await server.inject('/api/client/instagram/status')).statusCode, 200)
})

t.test('real answers are as the document says, the refused ones too', async t => {
  const { server, document } = await documented(t)
  const browser = await connectBrowser(server)
  const photo = browser.mediaIds[0] ?? ''
  const link = pathOf(await browser.pick(photo))
  const copy = pathOf(await browser.pick(photo, { store: { location: 'S3' } }))
  const list = (await browser.send({ url: '/api/client/instagram/media?limit=1' })).json() as { items: Array<{ thumbnail: string }> }
  const bytes = jpeg
  const agrees = async (path: string, status: number, request: InjectOptions): Promise<void> => await agreesWith(t, document, browser.send, path, status, request)

  await agrees('/api/client/instagram/status', 200, { url: '/api/client/instagram/status' })
  await agrees('/api/client/instagram/status', 403, { url: '/api/client/instagram/status?key=nobody' })
  await agrees('/api/client/instagram/media', 200, { url: '/api/client/instagram/media?limit=3' })
  await agrees('/api/client/instagram/media', 400, { url: '/api/client/instagram/media?limit=1000' })
  await agrees('/api/client/instagram/media', 401, { url: '/api/client/instagram/media', headers: { cookie: '' } })
  await agrees('/api/thumbnail/{token}', 200, { url: list.items[0]?.thumbnail ?? '' })
  await agrees('/api/thumbnail/{token}', 404, { url: `/api/thumbnail/a.${'b'.repeat(43)}` })
  await agrees('/api/client/instagram/pick', 200, { method: 'POST', url: '/api/client/instagram/pick', payload: { mediaId: photo } })
  await agrees('/api/client/instagram/pick', 404, { method: 'POST', url: '/api/client/instagram/pick', payload: { mediaId: photo, store: { location: 'nowhere' } } })
  await agrees('/api/client/instagram/pick', 400, { method: 'POST', url: '/api/client/instagram/pick', payload: {} })
  await agrees('/api/client/instagram/pick', 400, { method: 'POST', url: '/api/client/instagram/pick', payload: '{', headers: { 'content-type': 'application/json' } })
  await agrees('/api/client/instagram/pick', 415, { method: 'POST', url: '/api/client/instagram/pick', payload: '<pick/>', headers: { 'content-type': 'application/xml' } })
  await agrees('/api/file/{handle}', 200, { url: copy })
  await agrees('/api/file/{handle}', 206, { url: copy, headers: { range: 'bytes=0-9' } })
  await agrees('/api/file/{handle}', 416, { url: copy, headers: { range: 'bytes=999999999-' } })
  await agrees('/api/file/{handle}', 404, { url: '/api/file/aaaaaaaaaaaaaaaaaaaa' })
  await agrees('/api/file/{handle}', 403, { url: `${copy}?policy=e30=&signature=00` })
  await agrees('/api/file/{handle}/metadata', 200, { url: `${copy}/metadata` })
  await agrees('/api/file/{handle}/metadata', 200, { url: `${link}/metadata?width=true&md5=true&cloud=true&source_url=true` })
  await agrees('/api/file/{handle}/metadata', 403, { url: `${copy}/metadata?exif=true` })
  await agrees('/api/file/{handle}/convert', 200, { url: `${copy}/convert?w=20` })
  await agrees('/api/file/{handle}/convert', 400, { url: `${copy}/convert?w=wide` })
  await agrees('/api/file/{handle}/convert', 200, { method: 'POST', url: `${copy}/convert`, payload: 'w=20', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  await agrees('/api/store/{location}', 200, { method: 'POST', url: '/api/store/S3?filename=a.jpg', payload: bytes })
  await agrees('/api/store/{location}', 415, { method: 'POST', url: '/api/store/S3?filename=a.txt', payload: 'words' })
  await agrees('/api/pick', 400, { method: 'POST', url: '/api/pick?url=https://10.0.0.1/a.jpg' })
  await agrees('/api/file/{handle}', 200, { method: 'POST', url: copy, payload: bytes })
  await agrees('/api/file/{handle}', 409, { method: 'POST', url: link, payload: bytes })
  await agrees('/api/file/{handle}', 403, { method: 'DELETE', url: copy, headers: { cookie: '' } })
  await agrees('/api/file/{handle}', 200, { method: 'DELETE', url: copy })
  await agrees('/api/file/{handle}/remove', 200, { method: 'POST', url: `${link}/remove` })
  await agrees('/api/client/instagram/dataDeletion', 400, { method: 'POST', url: '/api/client/instagram/dataDeletion', payload: 'signed_request=a.b', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  await agrees('/api/client/instagram/deauthorize', 413, { method: 'POST', url: '/api/client/instagram/deauthorize', payload: `signed_request=${'a'.repeat(20_000)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  await agrees('/api/client/instagram/auth/open', 302, { url: '/api/client/instagram/auth/open' })
  await agrees('/api/client/instagram/authCallback/open', 400, { url: '/api/client/instagram/authCallback/open?state=nobody' })
  await agrees('/api/client/instagram/dataDeletion/{code}', 404, { url: `/api/client/instagram/dataDeletion/${'0'.repeat(24)}` })
  await agrees('/api/client/instagram/events', 400, { url: '/api/client/instagram/events?signIn=old' })
  await agrees('/filepicker.js', 200, { url: '/filepicker.js' })
  await agrees('/dialog/comm_iframe/', 200, { url: '/dialog/comm_iframe/' })
  await agrees('/dialog/open/', 200, { url: '/dialog/open/' })
  await agrees('/dialog/open/', 403, { url: '/dialog/open/?key=nobody' })
  await agrees('/api/clients/unauth', 200, { url: '/api/clients/unauth' })
})

/** Sends a request, and holds what comes back against the document: its status, its media type, its body. */
async function agreesWith (t: Test, document: Document, send: Connected['send'], path: string, status: number, request: InjectOptions): Promise<void> {
  const name = `${request.method ?? 'GET'} ${path} ${status}`
  const answer = await send(request)
  t.equal(answer.statusCode, status, `${name} ${answer.statusCode === status ? '' : answer.body.slice(0, 200)}`)
  const response = document.paths[path]?.[(request.method ?? 'GET').toLowerCase()]?.responses[status]
  if (response === undefined) return t.fail(`${name} is not in the document`) as unknown as void
  const [type = ''] = String(answer.headers['content-type'] ?? '').split(';')
  const media = response.content?.[type] ?? response.content?.['*/*']
  t.equal(media !== undefined, response.content !== undefined, `${name} is ${type}`)
  const body: unknown = type === 'application/json' ? answer.json() : answer.body
  if (media?.schema !== undefined) t.ok(Compile(media.schema).Check(body), `${name} has the shape ${JSON.stringify(body).slice(0, 300)}`)
}
