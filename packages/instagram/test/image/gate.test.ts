import t from 'tap'
import { createGate, type Lane } from '../../src/image/gate.ts'

/** Work that ends when the test says so. */
function work () {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const begun = Promise.withResolvers<number>()
  return {
    begun: begun.promise,
    end: () => resolve(1),
    fail: () => reject(new Error('work failed')),
    run: async (slot: number) => { begun.resolve(slot); return await promise }
  }
}

function visit (job: ReturnType<typeof work>, lane: Lane = 'light', more: { expectedMs?: number, owner?: () => number | undefined, signal?: AbortSignal } = {}) {
  return { lane, expectedMs: 10, run: job.run, ...more }
}

const roomy = { maxWaiting: 100, maxWaitMs: 60_000 }

t.test('runs as many as there are places, the rest in the order in which they came', async t => {
  const gate = createGate({ slots: 2, ...roomy })
  const jobs = Array.from({ length: 4 }, work)
  const order: number[] = []
  jobs.forEach(({ begun }, at) => { begun.then(() => order.push(at), () => {}) })
  const visits = jobs.map(async job => await gate.enter(visit(job)))
  await Promise.all([jobs[0]?.begun, jobs[1]?.begun])
  t.equal(gate.running, 2)
  t.equal(gate.waiting, 2)
  jobs[1]?.end()
  await jobs[2]?.begun
  jobs[0]?.end()
  await jobs[3]?.begun
  jobs.forEach(job => job.end())
  await Promise.all(visits)
  t.strictSame(order, [0, 1, 2, 3])
  t.equal(gate.running, 0)
})

t.test('heavy work leaves a place for light work that came later', async t => {
  const gate = createGate({ slots: 2, ...roomy })
  const heavy = Array.from({ length: 5 }, work)
  const light = work()
  const visits = [...heavy.map(async job => await gate.enter(visit(job, 'heavy'))), gate.enter(visit(light))]
  await Promise.all([heavy[0]?.begun, light.begun])
  t.equal(gate.waiting, 4)
  for (const job of [light, ...heavy]) job.end()
  await Promise.all(visits)
})

t.test('who would be one too many to wait is refused at once, with a time after which to come back', async t => {
  const gate = createGate({ slots: 1, maxWaiting: 1, maxWaitMs: 60_000 })
  const jobs = [work(), work()] as const
  const visits = jobs.map(async job => await gate.enter(visit(job, 'light', { expectedMs: 2_500 })))
  await t.rejects(gate.enter(visit(work())), { code: 'CONVERSION_BUSY', statusCode: 503, headers: { 'retry-after': '5', 'cache-control': 'no-store' } })
  jobs.forEach(job => job.end())
  await Promise.all(visits)
})

t.test('who would wait too long is refused at once, by what the work ahead is expected to take', async t => {
  const gate = createGate({ slots: 1, maxWaiting: 100, maxWaitMs: 1_000 })
  const first = work()
  const visits = [gate.enter(visit(first, 'light', { expectedMs: 1_001 }))]
  await t.rejects(gate.enter(visit(work())), { code: 'CONVERSION_BUSY' })
  first.end()
  await Promise.all(visits)
  const after = work()
  after.end()
  t.equal(await gate.enter(visit(after)), 1, 'and is welcome when the work is done')
})

t.test('a queue of heavy work does not make light work look hopeless, nor the other way round', async t => {
  const gate = createGate({ slots: 4, heavySlots: 1, maxWaiting: 100, maxWaitMs: 1_000 })
  const heavy = [work(), work()]
  const visits = heavy.map(async job => await gate.enter(visit(job, 'heavy', { expectedMs: 900 })))
  await t.rejects(gate.enter(visit(work(), 'heavy')), { code: 'CONVERSION_BUSY' })
  const light = work()
  visits.push(gate.enter(visit(light)))
  await light.begun
  for (const job of [light, ...heavy]) job.end()
  await Promise.all(visits)
})

t.test('a turn that does not come in time is refused', async t => {
  const gate = createGate({ slots: 1, maxWaiting: 100, maxWaitMs: 20 })
  const first = work()
  const running = gate.enter(visit(first, 'light', { expectedMs: 0 }))
  await t.rejects(gate.enter(visit(work(), 'light', { expectedMs: 0 })), { code: 'CONVERSION_BUSY' })
  t.equal(gate.waiting, 0)
  first.end()
  await running
})

t.test('who leaves while waiting gives the place away, and its work never begins', async t => {
  const gate = createGate({ slots: 1, ...roomy })
  const [first, second, third] = [work(), work(), work()]
  const leaving = new AbortController()
  const running = gate.enter(visit(first))
  const left = gate.enter({ ...visit(second, 'light', { signal: leaving.signal }), run: async () => { throw new Error('must not begin') } })
  const waiting = gate.enter(visit(third))
  leaving.abort(new Error('gone'))
  await t.rejects(left, { message: 'gone' })
  first.end()
  await third.begun
  third.end()
  await Promise.all([running, waiting])
})

t.test('who has left already is not let in', async t => {
  await t.rejects(createGate({ slots: 1, ...roomy }).enter(visit(work(), 'light', { signal: AbortSignal.abort(new Error('gone')) })), { message: 'gone' })
})

t.test('work that fails gives its place back', async t => {
  const gate = createGate({ slots: 1, ...roomy })
  const [bad, good] = [work(), work()]
  const failing = gate.enter(visit(bad))
  const waiting = gate.enter(visit(good))
  bad.fail()
  await t.rejects(failing, { message: 'work failed' })
  good.end()
  t.equal(await waiting, 1)
})

t.test('work that has an owner waits for the owner\'s place, and lets others pass', async t => {
  const gate = createGate({ slots: 2, ...roomy })
  const [first, owned, other] = [work(), work(), work()]
  const visits = [gate.enter(visit(first))]
  const slot = await first.begun
  visits.push(gate.enter(visit(owned, 'light', { owner: () => slot })), gate.enter(visit(other)))
  t.not(await other.begun, slot)
  first.end()
  t.equal(await owned.begun, slot)
  for (const job of [owned, other]) job.end()
  await Promise.all(visits)
})
