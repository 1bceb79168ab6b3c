import t from 'tap'
import { SenderError } from '../../../src/errors.ts'
import { Batcher } from '../../../src/stores/postgres/batcher.ts'

function refusal (code: string): Error {
  return Object.assign(new Error(code), { code })
}

t.test('what is asked for at once runs together, and each gets its own answer', async t => {
  const groups: number[][] = []
  const batcher = new Batcher<number, number>(async given => {
    groups.push(given)
    return given.map(number => number * 2)
  })
  t.same(await Promise.all([1, 2, 3].map(number => batcher.add(number))), [2, 4, 6])
  t.same(groups, [[1, 2, 3]])
})

t.test('what is asked for meanwhile makes up the next group', async t => {
  const groups: number[][] = []
  let release = (): void => {}
  const batcher = new Batcher<number, number>(async given => {
    groups.push(given)
    await new Promise<void>(resolve => { release = resolve })
    return given
  })
  const first = batcher.add(1)
  while (groups.length === 0) await new Promise(resolve => setImmediate(resolve))
  const later = [batcher.add(2), batcher.add(3)]
  release()
  await first
  while (groups.length === 1) await new Promise(resolve => setImmediate(resolve))
  release()
  await Promise.all(later)
  t.same(groups, [[1], [2, 3]])
})

for (const [name, error] of [['by the database', refusal('23505')], ['by us', new SenderError('SENDER_NOT_FOUND', 'no such endpoint')]] as const) {
  t.test(`one that is refused ${name} fails alone`, async t => {
    const batcher = new Batcher<number, number>(async given => {
      if (given.includes(2)) throw error
      return given
    })
    const answers = await Promise.allSettled([1, 2, 3].map(number => batcher.add(number)))
    t.match(answers, [{ value: 1 }, { reason: error }, { value: 3 }])
  })
}

for (const code of ['08006', '53300', '57P01', 'ECONNRESET']) {
  t.test(`when the database is gone (${code}) a group is not tried one by one`, async t => {
    let runs = 0
    const batcher = new Batcher<number, number>(async () => {
      runs++
      throw refusal(code)
    })
    t.match(await Promise.allSettled([1, 2, 3].map(number => batcher.add(number))), [{ status: 'rejected' }, { status: 'rejected' }, { status: 'rejected' }])
    t.equal(runs, 1)
  })
}
