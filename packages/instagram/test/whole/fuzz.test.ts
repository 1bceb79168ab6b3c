import { Writable } from 'node:stream'
import fc from 'fast-check'
import t from 'tap'
import fastify from 'fastify'
import { createGraphClient } from '../../src/graph/client.ts'
import { createLimits } from '../../src/graph/limits.ts'
import { createMediaSource } from '../../src/graph/media-source.ts'
import { createTokenKeeper } from '../../src/graph/token-keeper.ts'
import { createTokenLadder } from '../../src/graph/token-ladder.ts'
import { caller } from '../../src/routes/caller.ts'
import { logSerializers } from '../../src/routes/log-serializers.ts'
import { mediaRoutes } from '../../src/routes/media.ts'
import { createServices } from '../../src/services.ts'
import { resolveOptions } from '../../src/options.ts'
import { createSessionCookies } from '../../src/auth/session.ts'
import { emulate, optionsFor, PUBLIC_URL } from '../harness.ts'

const TOKEN = 'IGAAtoken0000000000000000000000000000000000000ZD'
const PERSON = { appKey: 'default', accountId: '17', professionalId: undefined, username: 'harbour', accountType: 'BUSINESS' }

/** A page as Instagram gives it. The fuzz breaks it in every place. */
const PAGE = {
  data: [
    { id: '1', media_type: 'IMAGE', media_url: 'https://scontent.cdninstagram.com/1.jpg?oe=7FFFFFFF', caption: 'a', permalink: 'https://www.instagram.com/p/1/', timestamp: '2026-01-01T00:00:00+0000' },
    { id: '2', media_type: 'CAROUSEL_ALBUM', children: { data: [{ id: '21', media_type: 'IMAGE', media_url: 'https://scontent.cdninstagram.com/21.jpg' }] } },
    { id: '3', media_type: 'VIDEO', thumbnail_url: 'https://scontent.cdninstagram.com/3.jpg' }
  ],
  paging: { cursors: { before: 'QVFIb', after: 'QVFIa' }, next: `https://graph.instagram.com/v25.0/17/media?access_token=${TOKEN}&after=QVFIa` }
}
const REFUSAL = { error: { message: `echo ${TOKEN}`, type: 'OAuthException', code: 1, error_subcode: 1 } }

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, '', 0, -1, 1e308, '1e999', [], {}, true, TOKEN, 'javascript:alert(1)', '\u0000', '../../me'),
  fc.bigInt().map(number => `<<${number}>>`), fc.string({ unit: 'binary', maxLength: 200 })
)

/** Replaces or drops one value somewhere in a JSON tree. */
function mutated (tree: unknown, choices: readonly number[], value: unknown, isDropped: boolean): unknown {
  const [choice = 0, ...rest] = choices
  if (typeof tree !== 'object' || tree === null || Object.keys(tree).length === 0 || choices.length === 0) return value
  const names = Object.keys(tree)
  const name = names[choice % names.length] ?? ''
  const copy: Record<string, unknown> = Array.isArray(tree) ? [...tree] as never : { ...tree }
  if (rest.length === 0 && isDropped) delete copy[name]
  else copy[name] = mutated(copy[name], rest, value, isDropped)
  return copy
}

const body = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(PAGE, REFUSAL, { data: [PAGE] }), fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }), oddValue, fc.boolean()).map(([tree, path, value, isDropped]) => JSON.stringify(mutated(tree, path, value, isDropped)).replaceAll(/"<<(-?\d+)>>"/g, '$1')) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(1, 2, 3, 4, 10, 17, 100, 102, 104, 190, 200, 341, 368, 613, 80002), fc.integer()).map(([code, subcode]) => JSON.stringify({ error: { message: TOKEN, code, error_subcode: subcode } })) },
  { weight: 1, arbitrary: fc.constantFrom('', 'null', '[]', '{', `<html>${TOKEN}</html>`, '"text"', '{"data":{}}', '{"error":null}', '{"error":"x"}', '\ufeff{}') },
  { weight: 1, arbitrary: fc.json() }
)
interface Answer { status: number, body: string, usage: string | undefined }
const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 201, 204, 400, 400, 401, 403, 404, 429, 500, 503),
  body,
  usage: fc.oneof(fc.constant(undefined), fc.constantFrom('{', 'null', '{"1":[{"estimated_time_to_regain_access":1e9}]}', '{"1":[{"estimated_time_to_regain_access":-1}]}'))
})

t.test('whatever Instagram answers, the list is answered properly: never a crash, never a 500, never a token in an answer or in the log', async t => {
  t.setTimeout(600_000)
  const runs = Number(process.env.FUZZ_RUNS ?? 10_000)
  let current: Answer | undefined
  const log: string[] = []
  const services = await createServices(resolveOptions(optionsFor(t, await emulate(t))))
  t.teardown(async () => await services.close())
  const cookies = createSessionCookies(PUBLIC_URL)
  const { session, value } = cookies.make(Date.now())

  /** Fresh memory for each run, so that a limit met in one does not answer the next. */
  const freshMedia = () => {
    const client = createGraphClient({
      baseUrl: 'https://graph.test',
      limits: createLimits(Date.now),
      delay: async () => {},
      fetch: async () => new Response(current?.status === 204 ? null : current?.body, { status: current?.status ?? 200, headers: current?.usage === undefined ? {} : { 'x-business-use-case-usage': current.usage } })
    })
    const tokens = createTokenKeeper(services.connections, createTokenLadder(client, Date.now), Date.now)
    return createMediaSource({ client, tokens, connections: services.connections, now: Date.now })
  }
  const server = fastify({ logger: { level: 'info', stream: new Writable({ write (chunk, _encoding, done) { log.push(String(chunk)); done() } }) } })
  const forwarded = { ...services, media: { ...services.media, list: async (...given: Parameters<typeof services.media.list>) => await freshMedia().list(...given) } }
  await server.register(async scope => {
    await scope.register(caller, { services: forwarded })
    await scope.register(mediaRoutes, { services: forwarded })
  }, { logSerializers })
  t.teardown(async () => await server.close())

  const seen = new Map<number, number>()
  await fc.assert(fc.asyncProperty(answer, async given => {
    current = given
    log.length = 0
    if (!await services.connections.isConnected(PERSON)) await services.connections.save({ ...PERSON, sessionId: session.id }, { token: TOKEN, issuedAtMs: Date.now(), expiresAtMs: Date.now() + 1e9 })
    const response = await server.inject({ url: '/api/client/instagram/media?videos=true', headers: { cookie: `${session.name}=${value}` } })
    seen.set(response.statusCode, (seen.get(response.statusCode) ?? 0) + 1)
    if (![200, 401, 403, 429, 502].includes(response.statusCode)) throw new Error(`status ${response.statusCode}: ${response.body}`)
    if (response.statusCode === 200) JSON.parse(response.body)
    if (response.body.includes('access_token') || response.headers['content-type'] !== 'application/json; charset=utf-8') throw new Error(response.body)
    if (log.join('').includes(TOKEN)) throw new Error('a token in the log')
  }), { numRuns: runs, seed: 20261124 })
  t.ok([...seen.values()].reduce((sum, count) => sum + count) >= runs)
  for (const status of [200, 401, 403, 429, 502]) t.ok((seen.get(status) ?? 0) > 0, `status ${status} was met`)
  t.comment(Object.fromEntries(seen))
})
