import t from 'tap'
import { connect, connectBrowser, pathOf } from '../connected.ts'
import { APP_SECRET, basic, offline, signPolicy, upload } from '../offline.ts'
import { jpeg, png } from '../pictures.ts'

const store = { method: 'POST', url: '/api/store/S3', payload: jpeg, headers: { 'content-type': 'image/jpeg' } } as const

t.test('the app key alone reads and stores, and does not remove or overwrite', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  t.match(await server.inject(`${url}?key=default`), { statusCode: 200 })
  t.match(await server.inject({ method: 'DELETE', url: `${url}?key=default` }), { statusCode: 403, body: /ACCESS_DENIED/ })
  t.match(await server.inject({ method: 'POST', url: `${url}/remove`, payload: 'key=default', headers: { 'content-type': 'application/x-www-form-urlencoded' } }), { statusCode: 403 })
  t.match(await server.inject({ method: 'POST', url: `${url}?key=default`, payload: png, headers: { 'content-type': 'image/png' } }), { statusCode: 403, body: /ACCESS_DENIED/ })
})

t.test('an unknown app key is refused', async t => {
  const { server } = await offline(t)
  t.match(await server.inject({ ...store, query: { key: 'other' } }), { statusCode: 403, body: /APP_UNKNOWN/ })
})

t.test('a policy removes and overwrites, in the query and in a form', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  t.match(await server.inject({ method: 'POST', url, query: signPolicy({ call: 'write' }), payload: png, headers: { 'content-type': 'image/png' } }), { statusCode: 200 })
  const form = new URLSearchParams({ key: 'default', ...signPolicy({ call: ['remove'] }) }).toString()
  t.match(await server.inject({ method: 'POST', url: `${url}/remove`, payload: form, headers: { 'content-type': 'application/x-www-form-urlencoded' } }), { statusCode: 200, body: 'success' })
})

t.test('attack: a policy for another handle is refused', async t => {
  const { server } = await offline(t)
  const [mine, theirs] = [await upload(server, jpeg), await upload(server, png)]
  const query = signPolicy({ call: ['remove'], handle: mine.url.slice(-20) })
  t.match(await server.inject({ method: 'DELETE', url: pathOf(theirs), query }), { statusCode: 403, body: /POLICY_DENIES/ })
  t.match(await server.inject({ method: 'DELETE', url: pathOf(mine), query }), { statusCode: 200 })
})

t.test('attack: an expired policy is refused', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  t.match(await server.inject({ url, query: signPolicy({ expiry: Math.floor(Date.now() / 1000) - 1 }) }), { statusCode: 403, body: /POLICY_EXPIRED/ })
})

t.test('attack: a policy signed with another secret, or not at all, is worse than none', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  const { policy } = signPolicy({})
  for (const query of [signPolicy({}, 'another secret'), { policy, signature: '' }, { policy }]) t.match(await server.inject({ url, query }), { statusCode: 403, body: /SIGNATURE_INVALID/ })
})

t.test('a policy bounds what is stored and where', async t => {
  const { server } = await offline(t)
  const send = async (fields: Record<string, unknown>, query: Record<string, string> = {}) => await server.inject({ ...store, query: { ...signPolicy(fields), ...query } })
  t.match(await send({ call: ['pick'] }), { statusCode: 403, body: /POLICY_DENIES/ })
  t.match(await send({ maxSize: 10 }), { statusCode: 413, body: /FILE_TOO_LARGE/ })
  t.match(await send({ minSize: 1_000_000 }), { statusCode: 400, body: /FILE_TOO_SMALL/ })
  t.match(await send({ path: '/users/42/.*' }), { statusCode: 403, body: /POLICY_DENIES/ }, 'no path is not that path')
  t.match(await send({ path: '/users/42/.*' }, { path: 'x/users/42/' }), { statusCode: 403, body: /POLICY_DENIES/ })
  t.match(await send({ path: '/users/42/.*' }, { path: 'users/42/' }), { statusCode: 200 })
  t.match(await send({ container: 'more' }), { statusCode: 403, body: /POLICY_DENIES/ }, 'the container that is used when none is named counts')
  t.match(await send({ container: 'more' }, { container: 'more' }), { statusCode: 200 })
  t.match(await send({ url: 'https://good\\.example/.*' }, { url: 'https://bad.example/a.jpg' }), { statusCode: 403, body: /POLICY_DENIES/ })
})

t.test('attack: a policy pattern that backtracks for ever is answered like any other', async t => {
  const { server } = await offline(t)
  const answer = await server.inject({ ...store, query: { ...signPolicy({ path: '(a|aa|aaa)+$' }), path: `${'a'.repeat(200)}!/` } })
  t.match(answer, { statusCode: 403, body: /POLICY_DENIES/ })
})

t.test('the app\'s secret by Basic auth may do everything, a wrong one nothing', async t => {
  const { server } = await offline(t)
  const url = pathOf(await upload(server, jpeg))
  for (const headers of [basic('wrong'), { authorization: `Basic ${Buffer.from(`admin:${APP_SECRET}`).toString('base64')}` }, { authorization: 'Basic !' }]) {
    t.match(await server.inject({ url, headers }), { statusCode: 403, body: /ACCESS_DENIED/ })
  }
  t.match(await server.inject({ method: 'DELETE', url, headers: basic() }), { statusCode: 200, body: 'success' })
})

t.test('an app without a secret has neither policies nor Basic auth', async t => {
  const { server } = await offline(t, { app: { instagramAppId: '1234567890', instagramAppSecret: '0123456789abcdef0123456789abcdef' } })
  const url = pathOf(await upload(server, jpeg))
  t.match(await server.inject({ url, query: signPolicy({}, '') }), { statusCode: 403, body: /POLICY_INVALID/ })
  t.match(await server.inject({ url, headers: basic('') }), { statusCode: 403, body: /ACCESS_DENIED/ })
})

t.test('with security.required every call needs a policy', async t => {
  const { server } = await offline(t, { security: { required: true } })
  t.match(await server.inject(store), { statusCode: 403, body: /POLICY_REQUIRED/ })
  const blob = (await server.inject({ ...store, query: signPolicy({ call: ['store'] }) })).json()
  for (const url of [pathOf(blob), `${pathOf(blob)}/metadata`]) {
    t.match(await server.inject(url), { statusCode: 403, body: /POLICY_REQUIRED/ })
    t.match(await server.inject({ url, query: signPolicy({ call: ['read', 'stat'] }) }), { statusCode: 200 })
    t.match(await server.inject({ url, headers: basic() }), { statusCode: 200 })
  }
  t.match(await server.inject({ method: 'POST', url: '/api/client/instagram/pick', payload: { mediaId: '1' } }), { statusCode: 403, body: /POLICY_REQUIRED/ })
})

t.test('pickAndStore needs a policy that permits both', async t => {
  const { server } = await offline(t, { security: { required: true } })
  const payload = { mediaId: '1', store: {}, ...signPolicy({ call: ['pick'] }) }
  t.match(await server.inject({ method: 'POST', url: '/api/client/instagram/pick', payload }), { statusCode: 403, body: /POLICY_DENIES/ })
})

t.test('each app\'s files obey that app\'s secret', async t => {
  const second = { instagramAppId: '987654321', instagramAppSecret: 'fedcba9876543210fedcba9876543210', secret: 'THESECONDSECRETOFTHEM' }
  const { server } = await offline(t, { apps: { second } })
  const url = pathOf(await upload(server, jpeg, { key: 'second' }))
  t.match(await server.inject({ method: 'DELETE', url, query: signPolicy({ call: ['remove'] }) }), { statusCode: 403, body: /SIGNATURE_INVALID/ })
  t.match(await server.inject({ method: 'DELETE', url, query: { key: 'default' }, headers: basic() }), { statusCode: 403 }, 'whatever key is named')
  t.match(await server.inject({ method: 'DELETE', url, query: signPolicy({ call: ['remove'] }, 'THESECONDSECRETOFTHEM') }), { statusCode: 200 })
})

t.test('the session that picked may remove and overwrite its copy; a second one may not', async t => {
  const first = await connect(t)
  const second = await connectBrowser(first.server)
  const [mediaId = ''] = first.mediaIds
  const url = pathOf(await first.pick(mediaId, { store: {} }))
  const write = { method: 'POST', url, payload: png, headers: { 'content-type': 'image/png' } } as const
  t.match(await second.send(write), { statusCode: 403 })
  t.match(await first.send(write), { statusCode: 200 })
  t.match(await second.send({ method: 'DELETE', url }), { statusCode: 403 })
  t.match(await first.send({ method: 'DELETE', url }), { statusCode: 200 })
})

t.test('attack: a foreign page cannot use the session\'s cookie to remove a file', async t => {
  const { pick, send, mediaIds } = await connect(t)
  const url = pathOf(await pick(mediaIds[0] ?? ''))
  for (const origin of ['https://evil.example', 'null']) {
    t.match(await send({ method: 'DELETE', url, headers: { origin } }), { statusCode: 403, body: /ORIGIN_NOT_ALLOWED/ })
  }
  t.match(await send({ method: 'DELETE', url, headers: { origin: 'http://app.localhost' } }), { statusCode: 200 })
})
