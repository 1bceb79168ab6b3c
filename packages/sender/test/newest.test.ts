import t from 'tap'
import { SenderError } from '../src/errors.ts'
import { onNewest } from '../src/newest.ts'

for (const code of ['SENDER_ENDPOINT_EXISTS', 'SENDER_ENDPOINT_CHANGED'] as const) {
  t.test(`a change that came second (${code}) is made again on what is stored now`, async t => {
    const steps: string[] = []
    const value = await onNewest(async () => {
      steps.push('change')
      if (steps.length === 1) throw new SenderError(code, 'another node was first')
      return 'done'
    }, async () => { steps.push('reload') })
    t.equal(value, 'done')
    t.same(steps, ['change', 'reload', 'change'])
  })
}

t.test('a change that always comes second fails in the end', async t => {
  let reloads = 0
  await t.rejects(onNewest(async () => { throw new SenderError('SENDER_ENDPOINT_CHANGED', 'again') }, async () => { reloads++ }), { code: 'SENDER_ENDPOINT_CHANGED' })
  t.equal(reloads, 4)
})

t.test('any other error is passed on at once', async t => {
  await t.rejects(onNewest(async () => { throw new SenderError('SENDER_NOT_FOUND', 'gone') }, async () => { t.fail('reloaded') }), { code: 'SENDER_NOT_FOUND' })
})
