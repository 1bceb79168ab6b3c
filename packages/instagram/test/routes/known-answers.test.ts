import t from 'tap'
import type { FileRecord } from '../../src/domain/file.ts'
import { createKnownAnswers, type KnownAnswer } from '../../src/routes/known-answers.ts'

const photo = { handle: 'a', filename: 'photo.jpg' } as FileRecord
const answerOf = (source: FileRecord, contentKey: string): KnownAnswer => ({ source, contentKey, etag: `"${contentKey}"`, unchanged: {}, wholeOf: () => ({}) })

t.test('an answer is known for as long as the file has the same bytes and the same name, however often its row is read', async t => {
  const answers = createKnownAnswers()
  const answer = answerOf(photo, 'bytes')
  answers.set('/a', answer)
  t.equal(answers.get('/a', photo, 'bytes'), answer)
  t.equal(answers.get('/a', { ...photo }, 'bytes'), answer)
  t.equal(answers.get('/a', { ...photo }, 'other bytes'), undefined)
  t.equal(answers.get('/a', { ...photo, filename: 'other.jpg' }, 'bytes'), undefined)
  t.equal(answers.get('/b', photo, 'bytes'), undefined)
})

t.test('the oldest of 2,048 makes room for a new one', async t => {
  const answers = createKnownAnswers()
  for (let at = 0; at <= 2_048; at++) answers.set(`/${at}`, answerOf(photo, 'bytes'))
  t.equal(answers.get('/0', photo, 'bytes'), undefined)
  t.ok(answers.get('/1', photo, 'bytes'))
  t.ok(answers.get('/2048', photo, 'bytes'))
})

t.test('an address of more than 600 characters is not kept', async t => {
  const answers = createKnownAnswers()
  const [longest, longer] = ['/'.padEnd(600, 'a'), '/'.padEnd(601, 'a')]
  for (const url of [longest, longer]) answers.set(url, answerOf(photo, 'bytes'))
  t.ok(answers.get(longest, photo, 'bytes'))
  t.equal(answers.get(longer, photo, 'bytes'), undefined)
})
