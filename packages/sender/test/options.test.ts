import t from 'tap'
import { createSender, type SenderOptions } from '../src/index.ts'
import { resolveOptions } from '../src/options.ts'

t.test('the defaults are those of Filestack\'s Instagram page', async t => {
  t.match(resolveOptions({ database: ':memory:' }), { schedule: [300_000, 3_600_000, 43_200_000], success: '2xx', timeoutMs: 15_000, connectTimeoutMs: 5_000, allow: [] })
})

for (const options of [
  { database: '' },
  { database: 'mysql://localhost/webhooks' },
  { schedule: [] as number[], database: 5 },
  { schedule: [60_000, 60_000] },
  { schedule: 'unknown' },
  { success: '3xx' },
  { concurrency: 0 },
  { timeoutMs: 1.5 },
  { connectTimeoutMs: -1 },
  { retentionDays: -1 },
  { retentionDays: NaN },
  { disableAfterDays: 0 },
  { breaker: { failures: 0 } },
  { breaker: { pauseMs: NaN } },
  { breaker: { longestPauseMs: -1 } },
  { secrets: ['short'] },
  { allow: ['10.0.0.0/33'] },
  { allow: ['http://localhost/'] }
]) {
  t.test(`${JSON.stringify(options)} is refused`, async t => {
    t.throws(() => createSender({ database: ':memory:', ...options } as SenderOptions), { code: 'SENDER_OPTION_INVALID' })
  })
}
