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
import { ContactsheetError } from '../../src/errors.ts'
import { connect } from '../../src/use-cases/connect.ts'
import { emulate, optionsFor, PUBLIC_URL } from '../harness.ts'
import { answer, responseOf, TOKEN, type Answer } from './graph-answers.ts'

t.setTimeout(600_000)

/** Longer than a limit, or the link to a photo, is remembered: what one run has met answers nothing in the next. */
const BETWEEN_RUNS_MS = 7 * 60 * 60_000
const PERSON = { appKey: 'default', accountId: '17', professionalId: undefined, username: 'harbour', accountType: 'BUSINESS' }

t.test('whatever Instagram answers, the list is answered properly: never a crash, never a 500, never a token in an answer or in the log', async t => {
  const runs = Number(process.env.FUZZ_RUNS ?? 10_000)
  let current: Answer | undefined
  const log: string[] = []
  const services = await createServices(resolveOptions(optionsFor(t, await emulate(t))))
  t.teardown(async () => await services.close())
  const cookies = createSessionCookies(PUBLIC_URL)
  const { session, value } = cookies.make(Date.now())

  let nowMs = Date.now()
  const now = (): number => nowMs
  const client = createGraphClient({
    baseUrl: 'https://graph.test',
    limits: createLimits(now),
    delay: async () => {},
    fetch: async () => current === undefined ? Response.error() : responseOf(current)
  })
  const tokens = createTokenKeeper(services.connections, createTokenLadder(client, Date.now), Date.now)
  const media = createMediaSource({ client, tokens, connections: services.connections, now })
  const server = fastify({ logger: { level: 'info', stream: new Writable({ write (chunk, _encoding, done) { log.push(String(chunk)); done() } }) } })
  const forwarded = { ...services, media }
  await server.register(async scope => {
    await scope.register(caller, { services: forwarded })
    await scope.register(mediaRoutes, { services: forwarded })
  }, { logSerializers })
  t.teardown(async () => await server.close())

  const seen = new Map<number, number>()
  await fc.assert(fc.asyncProperty(answer, async given => {
    current = given
    nowMs += BETWEEN_RUNS_MS
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

t.test('whatever Instagram answers during a sign-in or for one photo, it ends in an error of ours or in what was asked for', async t => {
  const services = await createServices(resolveOptions(optionsFor(t, await emulate(t))))
  t.teardown(async () => await services.close())
  const app = services.options.apps.get('default')
  if (app === undefined) throw new Error('no app')
  const ends = { connected: 0, found: 0, refused: 0 }
  const endOf = async (end: keyof typeof ends, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
      ends[end]++
    } catch (error) {
      if (!(error instanceof ContactsheetError) || error.statusCode === 500 || error.message.includes(TOKEN)) throw error
      ends.refused++
    }
  }
  let nowMs = Date.now()
  const now = (): number => nowMs
  let current: Answer[] = []
  let calls = 0
  const client = createGraphClient({
    baseUrl: 'https://graph.test', limits: createLimits(now), delay: async () => {}, fetch: async () => responseOf(current[calls++ % current.length] as Answer)
  })
  const ladder = createTokenLadder(client, Date.now)
  const tokens = createTokenKeeper(services.connections, ladder, Date.now)
  const media = createMediaSource({ client, tokens, connections: services.connections, now })
  await fc.assert(fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 5 }), async answers => {
    current = answers
    calls = 0
    nowMs += BETWEEN_RUNS_MS
    await endOf('connected', async () => await connect({ connections: services.connections, ladder, now: Date.now }, app, 'fuzz', { token: TOKEN, permissions: undefined }))
    if (!await services.connections.isConnected(PERSON)) await services.connections.save({ ...PERSON, sessionId: 'photo' }, { token: TOKEN, issuedAtMs: Date.now(), expiresAtMs: Date.now() + 1e9 })
    await endOf('found', async () => await media.preview(PERSON, '1'))
  }), { numRuns: Number(process.env.FUZZ_RUNS ?? 2000), seed: 20261124 })
  t.ok(ends.connected > 0 && ends.found > 0 && ends.refused > 0)
  t.comment(ends)
})
