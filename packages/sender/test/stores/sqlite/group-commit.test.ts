import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { GroupCommit } from '../../../src/stores/sqlite/group-commit.ts'

function build (t: { teardown (close: () => unknown): void }) {
  const database = new DatabaseSync(':memory:')
  t.teardown(() => database.close())
  database.exec('CREATE TABLE numbers (number INTEGER PRIMARY KEY)')
  const insert = (number: number) => () => database.prepare('INSERT INTO numbers VALUES (?)').run(number)
  const numbers = () => database.prepare('SELECT number FROM numbers ORDER BY number').all().map(row => row['number'])
  return { database, commits: new GroupCommit(database), insert, numbers }
}

t.test('what is asked for in one turn is one transaction, in its order', async t => {
  const { database, commits, insert } = build(t)
  const seen: boolean[] = []
  await Promise.all([1, 2, 3].map(number => commits.run(() => {
    insert(number)()
    seen.push(database.isTransaction)
  })))
  t.same(seen, [true, true, true])
  t.equal(database.isTransaction, false)
})

t.test('a promise resolves after the commit, with the operation\'s value', async t => {
  const { database, commits } = build(t)
  t.equal(await commits.run(() => 'value'), 'value')
  t.equal(database.isTransaction, false)
})

t.test('an operation that fails takes nobody with it and leaves nothing behind', async t => {
  const { commits, insert, numbers } = build(t)
  const answers = await Promise.allSettled([
    commits.run(insert(1)),
    commits.run(() => { insert(2)(); throw new Error('changed its mind') }),
    commits.run(insert(3))
  ])
  t.same(answers.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled'])
  t.same(numbers(), [1, 3])
})

t.test('more than one transaction holds is spread over several', async t => {
  const { commits, insert, numbers } = build(t)
  await Promise.all(Array.from({ length: 4_500 }, (_, index) => commits.run(insert(index))))
  t.equal(numbers().length, 4_500)
})

t.test('draining commits everything at once', async t => {
  const { commits, insert, numbers } = build(t)
  const waiting = Array.from({ length: 4_500 }, (_, index) => commits.run(insert(index)))
  commits.drain()
  t.equal(numbers().length, 4_500)
  await Promise.all(waiting)
})
