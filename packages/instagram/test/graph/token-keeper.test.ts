import t from 'tap'
import { createTokenCipher } from '../../src/auth/token-cipher.ts'
import { GraphFailure } from '../../src/graph/failure.ts'
import { createTokenKeeper } from '../../src/graph/token-keeper.ts'
import type { TokenLadder } from '../../src/graph/token-ladder.ts'
import { createConnections } from '../../src/stores/connections.ts'
import { openDatabase } from '../../src/stores/open-database.ts'
import { SECRET } from '../harness.ts'

const DAY_MS = 24 * 60 * 60_000
const ACCOUNT = { appKey: 'default', accountId: '17' }
const PERSON = { ...ACCOUNT, professionalId: undefined, username: 'harbour', accountType: 'BUSINESS' }
const never = new AbortController().signal

/** A keeper with tokens of given ages, on a clock that the test moves. */
async function build (t: { teardown: (work: () => Promise<void>) => void }) {
  let now = 1_800_000_000_000
  let serial = 0
  const database = await openDatabase(':memory:')
  t.teardown(async () => await database.destroy())
  const refreshed: string[] = []
  const ladder: TokenLadder = {
    exchange: async () => { throw new Error('not asked for') },
    profile: async () => ({ id: '17', username: 'harbour' }),
    refresh: async (_appKey, token) => {
      refreshed.push(token)
      return { token: `${token}+`, issuedAtMs: now, expiresAtMs: now + 60 * DAY_MS }
    }
  }
  const node = () => {
    const connections = createConnections(database, createTokenCipher([SECRET]), { now: () => now, newId: () => `id${serial++}` })
    return { connections, keeper: createTokenKeeper(connections, ladder, () => now) }
  }
  const { connections, keeper } = node()
  const add = async (sessionId: string, token: string, { ageDays = 0, leftDays = 60 }: { ageDays?: number, leftDays?: number } = {}) =>
    await connections.save({ ...PERSON, sessionId }, { token, issuedAtMs: now - ageDays * DAY_MS, expiresAtMs: now + leftDays * DAY_MS })
  const statusOf = async (sessionId: string) => (await connections.find('default', [sessionId]))?.status
  return { keeper, node, ladder, refreshed, add, statusOf, pass: (days: number) => { now += days * DAY_MS } }
}

const failing = (verdict: ConstructorParameters<typeof GraphFailure>[0], onlyFor?: string) => async (token: string): Promise<string> => {
  if (onlyFor === undefined || token === onlyFor) throw new GraphFailure(verdict)
  return token
}
const verdictOf = async (promise: Promise<unknown>): Promise<unknown> => await promise.then(() => undefined, (error: GraphFailure) => error.verdict)

t.test('a token with more than ten days left is used as it is', async t => {
  const { keeper, add, refreshed } = await build(t)
  await add('s', 'A', { ageDays: 49, leftDays: 11 })
  t.equal(await keeper.use(ACCOUNT, async token => token), 'A')
  t.same(refreshed, [])
})

t.test('a token with less than ten days left is refreshed on use, and the new one is kept', async t => {
  const { keeper, add, refreshed } = await build(t)
  await add('s', 'A', { ageDays: 51, leftDays: 9 })
  t.equal(await keeper.use(ACCOUNT, async token => token), 'A+')
  t.equal(await keeper.use(ACCOUNT, async token => token), 'A+')
  t.same(refreshed, ['A'])
})

t.test('a token younger than a day is not refreshed, however little is left', async t => {
  const { keeper, add, refreshed } = await build(t)
  await add('s', 'A', { ageDays: 0.9, leftDays: 2 })
  t.equal(await keeper.use(ACCOUNT, async token => token), 'A')
  t.same(refreshed, [])
})

t.test('a refresh that fails for the moment leaves the token in use, and is not tried again at once', async t => {
  const { keeper, add, ladder, statusOf } = await build(t)
  let tries = 0
  ladder.refresh = async () => { tries++; throw new GraphFailure('transient') }
  await add('s', 'A', { ageDays: 51, leftDays: 9 })
  for (let uses = 0; uses < 3; uses++) t.equal(await keeper.use(ACCOUNT, async token => token), 'A')
  t.equal(tries, 1)
  t.equal(await statusOf('s'), 'connected')
})

t.test('a refresh that Instagram refuses as too early (code 100) leaves the token in use', async t => {
  const { keeper, add, ladder, statusOf } = await build(t)
  ladder.refresh = async () => { throw new GraphFailure('request') }
  await add('s', 'A', { ageDays: 51, leftDays: 9 })
  t.equal(await keeper.use(ACCOUNT, async token => token), 'A')
  t.equal(await statusOf('s'), 'connected')
})

t.test('a database that does not take the refreshed token is told as its own fault, and the old token stays', async t => {
  const { keeper, add, ladder, statusOf } = await build(t)
  ladder.refresh = async () => ({ token: 'A+', issuedAtMs: NaN, expiresAtMs: NaN })
  await add('s', 'A', { ageDays: 51, leftDays: 9 })
  await t.rejects(keeper.use(ACCOUNT, async token => token), /NOT NULL|constraint/i)
  t.equal(await keeper.use(ACCOUNT, async token => token), 'A')
  t.equal(await statusOf('s'), 'connected')
})

t.test('a token that the refresh tells dead has to be connected again', async t => {
  const { keeper, add, ladder, statusOf } = await build(t)
  ladder.refresh = async () => { throw new GraphFailure('dead') }
  await add('s', 'A', { ageDays: 51, leftDays: 9 })
  t.equal(await verdictOf(keeper.use(ACCOUNT, async token => token)), 'dead')
  t.equal(await statusOf('s'), 'reconnect')
})

t.test('an expired token that Instagram does not refresh has to be connected again', async t => {
  const { keeper, add, ladder, statusOf, pass } = await build(t)
  ladder.refresh = async () => { throw new GraphFailure('dead') }
  await add('s', 'A')
  pass(60)
  t.equal(await verdictOf(keeper.use(ACCOUNT, async () => t.fail('used'))), 'dead')
  t.equal(await statusOf('s'), 'reconnect')
})

t.test('while the clock is sixty days ahead a token goes on that Instagram finds too young to refresh, and after it was set back too', async t => {
  const { keeper, add, ladder, statusOf, pass } = await build(t)
  ladder.refresh = async () => { throw new GraphFailure('request') }
  await add('s', 'A')
  pass(60)
  t.equal(await statusOf('s'), 'connected')
  await keeper.sweep(never)
  t.equal(await keeper.use(ACCOUNT, async token => token), 'A')
  t.equal(await statusOf('s'), 'connected')
  pass(-60)
  t.equal(await keeper.use(ACCOUNT, async token => token), 'A')
})

for (const way of ['use', 'sweep'] as const) {
  t.test(`a token that was refreshed while the clock was sixty days ahead is refreshed again when it was set back, by a ${way}`, async t => {
    const { keeper, add, statusOf, refreshed, pass } = await build(t)
    await add('s', 'A', { ageDays: 2 })
    pass(60)
    await keeper.use(ACCOUNT, async token => token)
    pass(-60)
    await (way === 'sweep' ? keeper.sweep(never) : keeper.use(ACCOUNT, async token => token))
    await keeper.use(ACCOUNT, async token => token)
    t.same(refreshed, ['A', 'A+'], 'and then left alone')
    t.equal(await statusOf('s'), 'connected')
  })
}

t.test('a refresh that failed while the clock was sixty days ahead is tried again when it was set back', async t => {
  const { keeper, add, ladder, pass } = await build(t)
  const tries: string[] = []
  ladder.refresh = async (_appKey, token) => { tries.push(token); throw new GraphFailure('transient') }
  await add('s', 'A', { ageDays: 51, leftDays: 9 })
  pass(60)
  await keeper.use(ACCOUNT, async token => token)
  pass(-60)
  await keeper.use(ACCOUNT, async token => token)
  t.same(tries, ['A', 'A'])
})

t.test('a token that dies in use is marked, and the account’s next token does the work', async t => {
  const { keeper, add, statusOf } = await build(t)
  await add('old', 'A', { ageDays: 5 })
  await add('new', 'B', { ageDays: 1 })
  t.equal(await keeper.use(ACCOUNT, failing('dead', 'B')), 'A')
  t.same([await statusOf('old'), await statusOf('new')], ['connected', 'reconnect'])
})

t.test('when every token of the account is dead, all are marked', async t => {
  const { keeper, add, statusOf } = await build(t)
  await add('one', 'A')
  await add('two', 'B', { ageDays: 1 })
  t.equal(await verdictOf(keeper.use(ACCOUNT, failing('dead'))), 'dead')
  t.same([await statusOf('one'), await statusOf('two')], ['reconnect', 'reconnect'])
})

for (const verdict of ['transient', 'limit', 'gone', 'permission', 'blocked', 'unavailable'] as const) {
  t.test(`a failure that means "${verdict}" marks nothing`, async t => {
    const { keeper, add, statusOf } = await build(t)
    await add('s', 'A')
    t.equal(await verdictOf(keeper.use(ACCOUNT, failing(verdict))), verdict)
    t.equal(await statusOf('s'), 'connected')
  })
}

t.test('code 100 while the profile still works is about the request, not about the token', async t => {
  const { keeper, add, statusOf } = await build(t)
  await add('s', 'A')
  t.equal(await verdictOf(keeper.use(ACCOUNT, failing('request'))), 'request')
  t.equal(await statusOf('s'), 'connected')
})

for (const verdict of ['request', 'dead'] as const) {
  t.test(`code 100 while the profile answers "${verdict}" means that the account lost its role`, async t => {
    const { keeper, add, ladder, statusOf } = await build(t)
    ladder.profile = async () => { throw new GraphFailure(verdict) }
    await add('s', 'A')
    t.equal(await verdictOf(keeper.use(ACCOUNT, failing('request'))), 'dead')
    t.equal(await statusOf('s'), 'reconnect')
  })
}

t.test('a token that another node replaced while this one failed with the old one is tried before giving up', async t => {
  const { keeper, node, add, statusOf } = await build(t)
  await add('s', 'A', { ageDays: 5 })
  const { connections } = node()
  const used: string[] = []
  const answer = await keeper.use(ACCOUNT, async token => {
    used.push(token)
    if (token !== 'A') return token
    const [holder] = await connections.holders(ACCOUNT)
    if (holder !== undefined) await connections.replaceToken(holder, { token: 'B', issuedAtMs: holder.issuedAtMs + 1, expiresAtMs: holder.expiresAtMs })
    throw new GraphFailure('dead')
  })
  t.equal(answer, 'B')
  t.same(used, ['A', 'B'])
  t.equal(await statusOf('s'), 'connected')
})

t.test('a sweep refreshes what is due and nothing else', async t => {
  const { keeper, add, refreshed, statusOf, pass } = await build(t)
  for (let index = 0; index < 120; index++) await add(`due${index}`, `A${index}`, { ageDays: 52, leftDays: 8 })
  await add('young', 'B')
  await keeper.sweep(never)
  t.equal(refreshed.length, 120)
  t.notOk(refreshed.includes('B'))
  pass(30)
  t.equal(await statusOf('due0'), 'connected')
})

t.test('a sweep marks what expired while nobody looked', async t => {
  const { keeper, add, ladder, statusOf, pass } = await build(t)
  ladder.refresh = async () => { throw new GraphFailure('dead') }
  await add('s', 'A')
  pass(61)
  await keeper.sweep(never)
  t.equal(await statusOf('s'), 'reconnect')
})

t.test('a sweep ends when the server closes', async t => {
  const { keeper, add, refreshed } = await build(t)
  await add('s', 'A', { ageDays: 52, leftDays: 8 })
  await keeper.sweep(AbortSignal.abort())
  t.same(refreshed, [])
})

t.test('two nodes that sweep and use a token at once refresh it once', async t => {
  const { keeper, node, add, refreshed } = await build(t)
  for (let index = 0; index < 20; index++) await add(`s${index}`, `A${index}`, { ageDays: 52, leftDays: 8 })
  await Promise.all([keeper.sweep(never), node().keeper.sweep(never), node().keeper.use(ACCOUNT, async token => token)])
  t.equal(refreshed.length, 20)
  t.equal(new Set(refreshed).size, 20)
})
