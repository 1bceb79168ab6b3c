import t from 'tap'
import { CLOSED, afterAttempt, allowedByBreaker, type BreakerState } from '../src/breaker.ts'

const OPTIONS = { failures: 3, pauseMs: 1_000, longestPauseMs: 3_000 }

function afterFailures (count: number, state: BreakerState = CLOSED, nowMs = 0): BreakerState {
  let next = state
  for (let index = 0; index < count; index++) next = afterAttempt(next, true, nowMs, OPTIONS)
  return next
}

t.test('opens after so many failures in a row, and lets nothing through', async t => {
  t.equal(allowedByBreaker(afterFailures(2), 0), Infinity)
  t.equal(allowedByBreaker(afterFailures(3), 0), 0)
})

t.test('a success in between starts the count anew', async t => {
  const state = afterFailures(2, afterAttempt(afterFailures(2), false, 0, OPTIONS))
  t.equal(allowedByBreaker(state, 0), Infinity)
})

t.test('after the pause one probe may go', async t => {
  const open = afterFailures(3)
  t.equal(allowedByBreaker(open, 999), 0)
  t.equal(allowedByBreaker(open, 1_000), 1)
})

t.test('a successful probe closes the circuit', async t => {
  t.equal(afterAttempt(afterFailures(3), false, 1_000, OPTIONS), CLOSED)
})

t.test('each failed probe doubles the pause, up to the longest', async t => {
  let state = afterFailures(3)
  const pauses: number[] = []
  for (let probe = 0; probe < 3; probe++) {
    const nowMs = state.openUntilMs ?? 0
    state = afterAttempt(state, true, nowMs, OPTIONS)
    pauses.push((state.openUntilMs ?? 0) - nowMs)
  }
  t.same(pauses, [2_000, 3_000, 3_000])
})

t.test('requests that were under way when it opened do not lengthen the pause', async t => {
  const open = afterFailures(3)
  t.equal(afterFailures(20, open, 500).openUntilMs, open.openUntilMs)
})
