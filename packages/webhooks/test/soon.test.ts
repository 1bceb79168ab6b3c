import t from 'tap'
import { andThen, finish, isLater } from '../src/soon.ts'

t.test('what is there at once is gone on with at once', async t => {
  t.equal(andThen(1, value => value + 1), 2)
})

t.test('what comes later is gone on with then', async t => {
  const answer = andThen(Promise.resolve(1), value => value + 1)
  t.ok(isLater(answer))
  t.equal(await answer, 2)
})

t.test('a thenable that is no promise is waited for, although its own "then" answers nothing', async t => {
  const thenable = { then (resolve: (value: number) => void) { resolve(1) } } as unknown as PromiseLike<number>
  const answer = andThen(thenable, value => value + 1)
  t.ok(isLater(answer))
  t.equal(await answer, 2)
})

t.test('what is thrown at once is thrown, and what is thrown later rejects', async t => {
  const fail = () => { throw new Error('no') }
  t.throws(() => andThen(1, fail), { message: 'no' })
  await t.rejects(async () => andThen(Promise.resolve(1), fail), { message: 'no' })
})

t.test('work is finished by one function or the other, at once or later', async t => {
  const ending = (work: () => unknown) => finish(work, value => `answered ${String(value)}`, error => `failed with ${(error as Error).message}`)
  t.equal(ending(() => 1), 'answered 1')
  t.equal(ending(() => { throw new Error('no') }), 'failed with no')
  t.equal(await ending(async () => 2), 'answered 2')
  t.equal(await ending(async () => { throw new Error('late') }), 'failed with late')
})
