import t from 'tap'
import { PickerError } from '../../../src/browser/errors.ts'
import { settle, sorted } from '../../../src/browser/classic/callbacks.ts'

t.test('options may be left out, and every callback moves, onProgress too', async t => {
  const [ok, failed, progress] = [() => {}, () => {}, () => {}]
  for (const given of [[{ a: 1 }, ok, failed, progress], [ok, failed, progress]]) {
    const { callbacks } = sorted(given)
    t.equal(callbacks.onSuccess, ok)
    t.equal(callbacks.onError, failed)
    t.equal(callbacks.onProgress, progress)
  }
  t.same(sorted([{ a: 1 }]).options, { a: 1 })
  t.same(sorted([ok]).options, {})
})

t.test('the page\'s own options are not changed', async t => {
  const own = { a: 1 }
  t.not(sorted([own]).options, own)
})

t.test('a promise\'s value goes to onSuccess, its error to onError, an abort to nobody', async t => {
  const heard: unknown[] = []
  const callbacks = { onSuccess: (...values: unknown[]) => heard.push(values), onError: (error: { code: number }) => heard.push(error.code), onProgress: undefined }
  const { promise: last, resolve } = Promise.withResolvers<unknown>()
  settle(Promise.resolve('blob'), { ...callbacks })
  settle(Promise.reject(new PickerError(171)), { ...callbacks })
  settle(Promise.reject(new DOMException('stopped', 'AbortError')), { ...callbacks })
  settle(Promise.resolve(), { ...callbacks, onSuccess: (...values) => resolve(values) }, () => [])
  t.strictSame(await last, [], 'remove calls back without an argument')
  t.strictSame(heard, [['blob'], 171])
})
