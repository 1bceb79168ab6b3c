import { createSignIns, SIGN_IN_LIFE_MS } from '../../src/stores/sign-ins.ts'
import type { StoreSuite } from './each-database.ts'

const START = { stateHash: 'state', browserHash: 'browser', ticketHash: 'ticket', appKey: 'default', sessionId: 'session', returnTo: undefined }
const DAY_MS = 24 * 60 * 60_000

export const signInsSuite: StoreSuite = async (t, fresh) => {
  const build = async (t: Parameters<typeof fresh>[0]) => {
    const database = await fresh(t)
    let now = 1_800_000_000_000
    const host = async () => createSignIns(await database.open(), () => now)
    return { host, pass: (ms: number) => { now += ms } }
  }

  t.test('a sign-in is found by its state, as it was started', async t => {
    const signIns = await (await build(t)).host()
    await signIns.start({ ...START, returnTo: 'http://localhost/' })
    t.match(await signIns.find('state'), { ...START, returnTo: 'http://localhost/', isUsed: false, outcome: undefined })
    t.equal(await signIns.find('another'), undefined)
  })

  t.test('of many who claim a state at once, on two hosts, one gets it', async t => {
    const { host } = await build(t)
    const [one, two] = [await host(), await host()]
    await one.start(START)
    const claims = await Promise.allSettled([one, two, one, two, one].map(async signIns => await signIns.claim('state')))
    t.equal(claims.filter(({ status }) => status === 'fulfilled').length, 1)
    t.match(claims.find(({ status }) => status === 'rejected'), { reason: { code: 'SIGN_IN_USED' } })
    t.equal((await two.find('state'))?.isUsed, true)
  })

  t.test('a state cannot be claimed after ten minutes', async t => {
    const { host, pass } = await build(t)
    const signIns = await host()
    await signIns.start(START)
    pass(SIGN_IN_LIFE_MS)
    t.match(await signIns.claim('state').catch((error: unknown) => error), { code: 'SIGN_IN_USED' })
  })

  t.test('the last outcome of a ticket is told', async t => {
    const { host, pass } = await build(t)
    const signIns = await host()
    await signIns.start(START)
    await signIns.start({ ...START, stateHash: 'again' })
    t.equal(await signIns.lastOutcome('ticket'), undefined)
    await signIns.finish('state', { status: 'failed', code: 'INSTAGRAM_DECLINED', message: 'no' })
    pass(1)
    await signIns.finish('again', { status: 'connected', username: 'harbour' })
    t.same(await signIns.lastOutcome('ticket'), { status: 'connected', username: 'harbour' })
    t.equal(await signIns.lastOutcome('another'), undefined)
  })

  t.test('what is a day old is removed', async t => {
    const { host, pass } = await build(t)
    const signIns = await host()
    await signIns.start(START)
    pass(DAY_MS)
    await signIns.start({ ...START, stateHash: 'young' })
    pass(1)
    await signIns.removeOld()
    t.equal(await signIns.find('state'), undefined)
    t.ok(await signIns.find('young'))
  })
}
