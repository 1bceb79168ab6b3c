import t from 'tap'
import type { GraphCall } from '../../src/graph/client.ts'
import { GraphFailure } from '../../src/graph/failure.ts'
import { createTokenLadder } from '../../src/graph/token-ladder.ts'

const NOW_MS = 1_800_000_000_000
const DAY_SECONDS = 24 * 60 * 60
const APP = { key: 'default', instagramAppSecret: 'app secret' } as Parameters<ReturnType<typeof createTokenLadder>['exchange']>[0]
const never = new AbortController().signal

/** A ladder whose Graph API gives one answer. */
function build (answer: unknown) {
  const calls: GraphCall[] = []
  const ladder = createTokenLadder({ get: async call => { calls.push(call); return answer } }, () => NOW_MS)
  return { ladder, calls }
}

t.test('the exchange sends the short token and the secret as parameters, and no token in a header', async t => {
  const { ladder, calls } = build({ access_token: 'long', expires_in: 5183944 })
  t.same(await ladder.exchange(APP, 'short', never), { token: 'long', issuedAtMs: NOW_MS, expiresAtMs: NOW_MS + 5183944_000 })
  t.match(calls, [{ path: 'access_token', query: { grant_type: 'ig_exchange_token', client_secret: 'app secret', access_token: 'short' }, token: undefined }])
})

t.test('the refresh sends the token alone, without any secret', async t => {
  const { ladder, calls } = build({ data: [{ access_token: 'new', expires_in: 60 }] })
  t.same(await ladder.refresh('default', 'old', never), { token: 'new', issuedAtMs: NOW_MS, expiresAtMs: NOW_MS + 60_000 })
  t.same(calls[0]?.query, { grant_type: 'ig_refresh_token', access_token: 'old' })
})

for (const told of [undefined, null, 0, -1, '5183944', {}]) {
  t.test(`a life of ${JSON.stringify(told) ?? 'nothing'} counts as not told: 50 days`, async t => {
    const { ladder } = build({ access_token: 'long', expires_in: told })
    t.equal((await ladder.refresh('default', 'old', never)).expiresAtMs, NOW_MS + 50 * DAY_SECONDS * 1000)
  })
}

for (const told of [61 * DAY_SECONDS, 1e300, Infinity]) {
  t.test(`a life of ${told} seconds is believed for 60 days`, async t => {
    const { ladder } = build({ access_token: 'long', expires_in: told })
    t.equal((await ladder.refresh('default', 'old', never)).expiresAtMs, NOW_MS + 60 * DAY_SECONDS * 1000)
  })
}

for (const answer of [{}, { access_token: '' }, { access_token: 5 }, { access_token: 'x'.repeat(4097) }, { access_token: 'two words' }, { access_token: 'IGAA\r\nx: y' }, { access_token: '☃' }, { data: [] }, []]) {
  t.test(`${JSON.stringify(answer).slice(0, 30)} is no token: Instagram does not answer properly`, async t => {
    await t.rejects(build(answer).ladder.refresh('default', 'old', never), new GraphFailure('unavailable'))
  })
}

t.test('a profile needs an id and a name, flat or wrapped', async t => {
  for (const answer of [{ id: '1', username: 'a' }, { data: [{ id: '1', username: 'a' }] }]) t.match(await build(answer).ladder.profile('default', 'token', never), { id: '1', username: 'a' })
  for (const answer of [{ username: 'a' }, { id: '1' }, { id: '1', username: '' }, { id: 'me', username: 'a' }]) await t.rejects(build(answer).ladder.profile('default', 'token', never), new GraphFailure('unavailable'))
})
