import t from 'tap'
import { createQueue } from '../../src/idempotency/queue.ts'

t.test('what came first leaves first, however much has left before it', async t => {
  const queue = createQueue<number>()
  const left: Array<number | undefined> = []
  for (let n = 0; n < 1000; n += 1) {
    queue.push(n)
    if (n % 3 !== 0) left.push(queue.shift())
  }
  while (queue.size() > 0) left.push(queue.shift())
  t.same(left, Array.from({ length: 1000 }, (_, n) => n))
})

t.test('the first item can be looked at without taking it out', async t => {
  const queue = createQueue<string>()
  queue.push('a')
  queue.push('b')
  t.equal(queue.peek(), 'a')
  t.equal(queue.size(), 2)
})

t.test('an empty queue has nothing to give, and takes more afterwards', async t => {
  const queue = createQueue<string>()
  t.equal(queue.peek(), undefined)
  t.equal(queue.shift(), undefined)
  queue.push('a')
  t.equal(queue.shift(), 'a')
  t.equal(queue.size(), 0)
})
