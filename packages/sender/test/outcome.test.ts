import t from 'tap'
import { judge, retryAfterMs } from '../src/outcome.ts'

const NOW_MS = Date.UTC(2026, 0, 1)

for (const [status, normal, strict, isEndpointTrouble] of [
  [200, 'delivered', 'delivered', false],
  [201, 'delivered', 'delivered', false],
  [202, 'delivered', 'failed', false],
  [204, 'delivered', 'delivered', false],
  [299, 'delivered', 'failed', false],
  [301, 'failed', 'failed', false],
  [302, 'failed', 'failed', false],
  [307, 'failed', 'failed', false],
  [400, 'failed', 'failed', false],
  [401, 'failed', 'failed', false],
  [404, 'failed', 'failed', false],
  [410, 'gone', 'gone', true],
  [429, 'throttled', 'throttled', true],
  [500, 'failed', 'failed', false],
  [502, 'throttled', 'throttled', true],
  [503, 'throttled', 'throttled', true],
  [504, 'throttled', 'throttled', true]
] as const) {
  t.test(`${status} means ${normal}, strictly ${strict}`, async t => {
    t.equal(judge({ status }, '2xx', NOW_MS).outcome, normal)
    t.equal(judge({ status }, 'strict', NOW_MS).outcome, strict)
    if (normal === strict) t.equal(judge({ status }, '2xx', NOW_MS).isEndpointTrouble, isEndpointTrouble)
  })
}

t.test('an error fails, even after a status has been read', async t => {
  t.match(judge({ error: 'connection-refused' }, '2xx', NOW_MS), { outcome: 'failed', isEndpointTrouble: true })
  t.match(judge({ status: 200, error: 'timeout' }, '2xx', NOW_MS), { outcome: 'failed', isEndpointTrouble: true })
})

t.test('Retry-After counts for every failure and for no success', async t => {
  for (const status of [429, 503, 500, 301]) t.equal(judge({ status, retryAfter: '60' }, '2xx', NOW_MS).notBeforeMs, NOW_MS + 60_000)
  t.equal(judge({ status: 200, retryAfter: '60' }, '2xx', NOW_MS).notBeforeMs, undefined)
})

for (const [header, expected] of [
  ['120', NOW_MS + 120_000],
  [' 5 ', NOW_MS + 5_000],
  ['Thu, 01 Jan 2026 00:10:00 GMT', NOW_MS + 600_000],
  ['999999999', NOW_MS + 86_400_000],
  ['Thu, 01 Jan 2099 00:00:00 GMT', NOW_MS + 86_400_000],
  ['Thu, 01 Jan 2015 00:00:00 GMT', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['', undefined],
  ['99999999999999', undefined],
  [undefined, undefined]
] as const) {
  t.test(`Retry-After: ${header}`, async t => {
    t.equal(retryAfterMs(header, NOW_MS), expected)
  })
}
