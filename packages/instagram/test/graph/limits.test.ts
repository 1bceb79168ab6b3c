import t from 'tap'
import { createLimits } from '../../src/graph/limits.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const usage = (text: string) => new Headers({ 'x-business-use-case-usage': text })
const regain = (minutes: unknown) => JSON.stringify({ 178414: [{ type: 'instagram', call_count: 100, estimated_time_to_regain_access: minutes }] })

t.test('the wait is what Instagram estimates, in minutes', async t => {
  t.equal(createLimits(() => 0).reached('a', '1', { status: 400, code: 80002 }, usage(regain(12))), 12 * MINUTE_MS)
})

t.test('Retry-After in seconds is believed too', async t => {
  t.equal(createLimits(() => 0).reached('a', '1', { status: 429 }, new Headers({ 'retry-after': '90' })), 90_000)
})

t.test('no wait is longer than an hour', async t => {
  t.equal(createLimits(() => 0).reached('a', '1', { status: 400, code: 17 }, usage(regain(100_000))), 60 * MINUTE_MS)
})

for (const text of ['', 'no json', 'null', '[]', '{"a":1}', regain('soon'), regain(-5), regain(null), '{"1":{"estimated_time_to_regain_access":{}}}']) {
  t.test(`the header ${JSON.stringify(text)} is tolerated: the wait is five minutes`, async t => {
    t.equal(createLimits(() => 0).reached('a', '1', { status: 400, code: 613 }, usage(text)), 5 * MINUTE_MS)
  })
}

t.test('a successful answer that announces a wait stops later calls', async t => {
  const limits = createLimits(() => 0)
  limits.observe('a', '1', usage(regain(3)))
  t.equal(limits.untilMs('a', '1'), 3 * MINUTE_MS)
  t.equal(limits.untilMs('a', '2'), undefined)
})

t.test('a successful answer without a wait stops nothing', async t => {
  const limits = createLimits(() => 0)
  limits.observe('a', '1', usage(regain(0)))
  limits.observe('a', '1', new Headers({ 'x-app-usage': '{"call_count":99}' }))
  t.equal(limits.untilMs('a', '1'), undefined)
})

t.test('a shorter wait does not end a longer one', async t => {
  const limits = createLimits(() => 0)
  limits.reached('a', '1', { status: 400, code: 17 }, usage(regain(30)))
  t.equal(limits.reached('a', '1', { status: 400, code: 17 }, usage(regain(1))), 30 * MINUTE_MS)
})

t.test('a clock that is set back by a day makes nobody wait a day', async t => {
  let nowMs = 2 * DAY_MS
  const limits = createLimits(() => nowMs)
  limits.reached('a', '1', { status: 400, code: 17 }, usage(regain(30)))
  nowMs -= DAY_MS
  t.equal(limits.untilMs('a', '1'), undefined)
  t.equal(limits.reached('a', '1', { status: 400, code: 17 }, usage(regain(1))), nowMs + MINUTE_MS)
})
