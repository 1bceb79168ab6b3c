import t from 'tap'
import { afterInterruption } from '../src/attempt.ts'
import { SCHEDULES } from '../src/schedule.ts'
import type { InterruptedDelivery } from '../src/stores/delivery-store.ts'
import { MINUTE_MS, NOW_MS } from './helpers/build.ts'

function interrupted (changes: Partial<InterruptedDelivery> = {}): InterruptedDelivery {
  return {
    id: '1',
    endpointId: 'ep_one',
    eventId: 'a',
    action: 'fp.upload',
    origin: 'event',
    fence: 1,
    attempt: 1,
    run: 0,
    dueAtMs: NOW_MS,
    startedAtMs: NOW_MS,
    firstAttemptAtMs: NOW_MS,
    ...changes
  }
}

const LATER_MS = NOW_MS + MINUTE_MS

for (const [run, often] of [[0, 'once'], [1, 'twice']] as const) {
  t.test(`an attempt that was cut off ${often} is made again at once, under the same number`, async t => {
    t.same(afterInterruption(SCHEDULES.original, interrupted({ run }), LATER_MS), { state: 'pending', dueAtMs: LATER_MS, isRepeat: true })
  })
}

t.test('cut off three times it counts as failed, and the next slot keeps its place', async t => {
  t.same(afterInterruption(SCHEDULES.original, interrupted({ run: 2 }), LATER_MS), { state: 'pending', dueAtMs: NOW_MS + 5 * MINUTE_MS })
})

t.test('the last attempt, cut off three times, ends the delivery', async t => {
  t.same(afterInterruption(SCHEDULES.original, interrupted({ attempt: 4, run: 2 }), LATER_MS), { state: 'exhausted' })
})

t.test('a ping that was cut off is not made again', async t => {
  t.same(afterInterruption(SCHEDULES.original, interrupted({ origin: 'ping' }), LATER_MS), { state: 'exhausted' })
})
