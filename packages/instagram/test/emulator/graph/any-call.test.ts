import fc from 'fast-check'
import t from 'tap'
import { buildInstagramEmulator } from '../../../src/emulator/index.ts'

const NAMES = ['access_token', 'fields', 'limit', 'after', 'before', 'since', 'until', 'ids', 'creation_id', 'image_url', 'media_type', 'children', 'user_tags', 'caption', 'client_secret', 'grant_type']
const PATHS = ['/', '/me', '/me/media', '/me/media_publish', '/me/content_publishing_limit', '/me/permissions', '/access_token', '/refresh_access_token', '/17900000000000000/children', '/v25.0/me', '/v25.0/']
const FIELDS = fc.stringMatching(/^[a-z_{},.() 0-9]{0,40}$/)

t.test('whatever is asked, with whatever parameters, the graph host answers JSON with 200 or 400', async t => {
  const { server, control } = await buildInstagramEmulator()
  t.teardown(() => server.close())
  const token = control.mintToken('harbour.and.hill')
  const values = fc.oneof(fc.constant(token), FIELDS, fc.string({ unit: 'binary', maxLength: 60 }), fc.integer().map(String), fc.json())
  const call = fc.record({ method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'), path: fc.oneof(fc.constantFrom(...PATHS), fc.webPath()), parameters: fc.dictionary(fc.constantFrom(...NAMES), values) }, { noNullPrototype: true })
  await t.resolves(fc.assert(fc.asyncProperty(call, async ({ method, path, parameters }) => {
    const query = new URLSearchParams({ access_token: token, ...parameters })
    const answer = await server.inject({ method: method as 'GET', url: `/graph${path}?${query}` })
    const body: { error?: { code?: unknown } } = answer.json()
    return answer.statusCode === 200 || (answer.statusCode === 400 && typeof body.error?.code === 'number')
  }), { numRuns: 800 }))
})

t.test('whatever is asked of the consent page and the token endpoint is answered or refused, never a fault', async t => {
  const { server } = await buildInstagramEmulator()
  t.teardown(() => server.close())
  const parameters = fc.dictionary(fc.constantFrom('client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'code', 'grant_type', 'emulator_account', 'emulator_answer'), fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('7301592846013577', 'http://localhost/a?b=c#d', 'code', 'instagram_business_basic', 'allow', 'deny', 'harbour.and.hill')))
  await t.resolves(fc.assert(fc.asyncProperty(parameters, async parameters => {
    const query = new URLSearchParams(parameters).toString()
    const page = await server.inject(`/www/oauth/authorize?${query}`)
    const token = await server.inject({ method: 'POST', url: '/api/oauth/access_token', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: query })
    return [200, 302, 400].includes(page.statusCode) && token.statusCode === 400
  }), { numRuns: 300 }))
})
