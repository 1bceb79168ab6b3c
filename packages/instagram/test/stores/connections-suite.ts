import { createTokenCipher } from '../../src/auth/token-cipher.ts'
import { createConnections } from '../../src/stores/connections.ts'
import type { Database } from '../../src/stores/database.ts'
import { SECRET } from '../harness.ts'
import type { StoreSuite } from './each-database.ts'

const OLDER = 'the secret of last year, 32 characters'
const ACCOUNT = { appKey: 'default', accountId: '25568454926143111' }
const PERSON = { ...ACCOUNT, professionalId: '17841400000000001', username: 'harbour', accountType: 'BUSINESS' }
const ALL_DUE = { issuedBeforeMs: 5000, expiresBeforeMs: 10_000, expiresAfterMs: 20_000 }
const TOKEN = { token: 'IGAAsecret', issuedAtMs: 1000, expiresAtMs: 9000 }

let serial = 0
const connectionsOn = (database: Database, secrets: readonly string[] = [SECRET], now = () => 2000) =>
  createConnections(database, createTokenCipher(secrets), { now, newId: () => `id${serial++}` })

export const connectionsSuite: StoreSuite = async (t, fresh) => {
  t.test('a connection belongs to one session and one app', async t => {
    const connections = connectionsOn(await (await fresh(t)).open())
    await connections.save({ ...PERSON, sessionId: 'a' }, TOKEN)
    t.match(await connections.find('default', ['a']), { ...ACCOUNT, username: 'harbour', status: 'connected' })
    t.equal(await connections.find('default', ['b']), undefined)
    t.equal(await connections.find('other', ['a']), undefined)
  })

  t.test('the token is not readable in the table', async t => {
    const database = await (await fresh(t)).open()
    await connectionsOn(database).save({ ...PERSON, sessionId: 'a' }, TOKEN)
    t.notMatch(JSON.stringify(await database.selectFrom('contactsheet_connections').selectAll().execute()), 'IGAA')
  })

  t.test('signing out removes this session’s connection to this app only', async t => {
    const connections = connectionsOn(await (await fresh(t)).open())
    for (const [appKey, sessionId] of [['default', 'a'], ['default', 'b'], ['other', 'a']] as const) await connections.save({ ...PERSON, appKey, sessionId }, TOKEN)
    await connections.remove(['a'], 'default')
    t.equal(await connections.find('default', ['a']), undefined)
    t.ok(await connections.find('default', ['b']))
    t.ok(await connections.find('other', ['a']))
  })

  t.test('of several sessions of one browser the working and newest connection counts, and signing out ends them all', async t => {
    let now = 2000
    const connections = connectionsOn(await (await fresh(t)).open(), [SECRET], () => now)
    for (const [sessionId, username] of [['a', 'first'], ['b', 'second'], ['c', 'third']] as const) {
      now++
      await connections.save({ ...PERSON, sessionId, username, accountId: sessionId }, TOKEN)
    }
    for (const holder of await connections.holders({ appKey: 'default', accountId: 'c' })) await connections.markReconnect(holder)
    t.match(await connections.find('default', ['a', 'b', 'c']), { username: 'second', sessionId: 'b', status: 'connected' })
    t.same((await connections.inUse(['a', 'c', 'unknown'])).sort(), ['a', 'c'])
    await connections.remove(['a', 'b', 'c'], 'default')
    t.equal(await connections.find('default', ['a', 'b', 'c']), undefined)
    t.equal(await connections.find('default', []), undefined)
    t.same(await connections.inUse([]), [])
  })

  t.test('of two hosts one gets the lease to refresh, and after a minute another may', async t => {
    const database = await fresh(t)
    let now = 2000
    const [one, two] = [connectionsOn(await database.open(), [SECRET], () => now), connectionsOn(await database.open(), [SECRET], () => now)]
    await one.save({ ...PERSON, sessionId: 'a' }, TOKEN)
    const [holder] = await one.holders(ACCOUNT)
    if (holder === undefined) throw new Error('no holder')
    const leases = await Promise.all([one, two, one, two].map(async host => await host.takeRefreshLease(holder)))
    t.equal(leases.filter(Boolean).length, 1)
    now += 60_000
    t.equal(await two.takeRefreshLease(holder), true)
    now -= 60_001
    t.equal(await one.takeRefreshLease(holder), true, 'a lease from before the clock was set back holds nobody up')
  })

  t.test('a token that has been replaced is neither replaced again nor marked by who holds the old one', async t => {
    const connections = connectionsOn(await (await fresh(t)).open())
    await connections.save({ ...PERSON, sessionId: 'a' }, TOKEN)
    const [old] = await connections.holders(ACCOUNT)
    if (old === undefined) throw new Error('no holder')
    await connections.replaceToken(old, { token: 'B', issuedAtMs: 1500, expiresAtMs: 9500 })
    await connections.replaceToken(old, { token: 'C', issuedAtMs: 1600, expiresAtMs: 9600 })
    await connections.markReconnect(old)
    t.match(await connections.holders(ACCOUNT), [{ token: 'B', issuedAtMs: 1500, expiresAtMs: 9500 }])
  })

  t.test('the secret rotates: old tokens open, are sealed anew, and then the old secret can go', async t => {
    const database = await (await fresh(t)).open()
    await connectionsOn(database, [OLDER]).save({ ...PERSON, sessionId: 'a' }, TOKEN)
    const both = connectionsOn(database, [SECRET, OLDER])
    t.match(await both.holders(ACCOUNT), [{ token: 'IGAAsecret' }])
    await both.resealOld()
    t.match(await connectionsOn(database, [SECRET]).holders(ACCOUNT), [{ token: 'IGAAsecret' }])
    t.same(await connectionsOn(database, [OLDER]).holders(ACCOUNT), [])
  })

  t.test('a token whose secret is no longer listed has to be connected again, and breaks nothing', async t => {
    const database = await (await fresh(t)).open()
    await connectionsOn(database, [OLDER]).save({ ...PERSON, sessionId: 'a' }, TOKEN)
    const connections = connectionsOn(database, [SECRET])
    await connections.resealOld()
    t.same(await connections.holders(ACCOUNT), [])
    t.equal((await connections.find('default', ['a']))?.status, 'reconnect')
  })

  t.test('a host that was started with a wrong secret ends no connection for the others', async t => {
    const database = await (await fresh(t)).open()
    const [right, wrong] = [connectionsOn(database), connectionsOn(database, [OLDER])]
    await right.save({ ...PERSON, sessionId: 'a' }, TOKEN)
    await wrong.holders(ACCOUNT)
    t.same(await wrong.due(ALL_DUE, 1), [])
    await wrong.resealOld()
    t.equal((await right.find('default', ['a']))?.status, 'connected')
    t.match(await right.holders(ACCOUNT), [{ token: 'IGAAsecret' }])
  })

  t.test('what no listed secret opens takes no place among those that are due', async t => {
    const database = await (await fresh(t)).open()
    const [one, other] = [connectionsOn(database), connectionsOn(database, [OLDER])]
    for (const sessionId of ['a', 'b']) await other.save({ ...PERSON, sessionId }, TOKEN)
    await one.save({ ...PERSON, sessionId: 'c' }, { ...TOKEN, expiresAtMs: 9500 })
    t.match(await one.due(ALL_DUE, 2), [{ token: 'IGAAsecret', expiresAtMs: 9500 }])
  })

  t.test('an account is known by its app-scoped id and by its professional id', async t => {
    const connections = connectionsOn(await (await fresh(t)).open())
    await connections.save({ ...PERSON, sessionId: 'a' }, TOKEN)
    await connections.save({ ...PERSON, sessionId: 'b' }, TOKEN)
    for (const name of [PERSON.accountId, PERSON.professionalId]) {
      t.ok((await connections.accountsNamed('default', name)).some(account => account.accountId === PERSON.accountId), name)
    }
    await connections.removeAccount(ACCOUNT)
    t.equal(await connections.isConnected(ACCOUNT), false)
  })
}
