import t from 'tap'
import { createDeadlines } from '../src/deadlines.ts'

const ALLOWANCE_MS = 20

t.test('what is late is called, in the order in which it was started', async t => {
  const deadlines = createDeadlines(ALLOWANCE_MS)
  const late: string[] = []
  const { promise: isOver, resolve } = Promise.withResolvers<void>()
  deadlines.start(() => { late.push('first') })
  deadlines.start(() => {
    late.push('second')
    resolve()
  })
  await isOver
  t.same(late, ['first', 'second'])
})

t.test('what is done in time is not called', async t => {
  const deadlines = createDeadlines(ALLOWANCE_MS)
  const { promise: isOver, resolve } = Promise.withResolvers<void>()
  const done = deadlines.start(() => t.fail('it was done'))
  done()
  deadlines.start(resolve)
  await isOver
})

t.test('a deadline that is started after an earlier one ran out is kept as well', async t => {
  const deadlines = createDeadlines(ALLOWANCE_MS)
  for (let round = 0; round < 3; round += 1) await new Promise<void>(resolve => { deadlines.start(resolve) })
  t.pass('three deadlines in a row')
})

t.test('each deadline has its whole allowance, also when another one runs already', async t => {
  const deadlines = createDeadlines(ALLOWANCE_MS)
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<number>()
  deadlines.start(first.resolve)
  setTimeout(() => {
    const startedAt = performance.now()
    deadlines.start(() => second.resolve(performance.now() - startedAt))
  }, ALLOWANCE_MS / 2)
  await first.promise
  t.ok(await second.promise >= ALLOWANCE_MS - 1, 'never before its time')
})

t.test('what is pending keeps the process, and what is done does not', async t => {
  const deadlines = createDeadlines(60_000)
  const done = deadlines.start(() => t.fail('nobody waits a minute'))
  t.ok(process.getActiveResourcesInfo().includes('Timeout'))
  done()
  t.notOk(process.getActiveResourcesInfo().includes('Timeout'))
})
