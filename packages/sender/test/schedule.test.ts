import fc from 'fast-check'
import t from 'tap'
import { SCHEDULES, isSchedule, nextAttemptAt, type Schedule } from '../src/schedule.ts'

const MINUTE_MS = 60_000
const FIRST_MS = Date.UTC(2026, 0, 1)
const HISTORIES = 100_000

t.test('the original schedule is 5 minutes, 1 hour and 12 hours, all after the first attempt', async t => {
  const due = [1, 2, 3, 4].map(attemptsMade => nextAttemptAt(SCHEDULES.original, { firstAttemptAtMs: FIRST_MS, attemptsMade, nowMs: FIRST_MS + 20 }))
  t.same(due, [FIRST_MS + 5 * MINUTE_MS, FIRST_MS + 60 * MINUTE_MS, FIRST_MS + 720 * MINUTE_MS, undefined])
})

t.test('the second slot of Filestack\'s present schedule is at half an hour', async t => {
  const dueAtMs = nextAttemptAt(SCHEDULES.filestackCurrent, { firstAttemptAtMs: FIRST_MS, attemptsMade: 2, nowMs: FIRST_MS + 5 * MINUTE_MS })
  t.equal(dueAtMs, FIRST_MS + 30 * MINUTE_MS)
})

t.test('a late attempt leaves the slot after it in its place', async t => {
  const dueAtMs = nextAttemptAt(SCHEDULES.original, { firstAttemptAtMs: FIRST_MS, attemptsMade: 2, nowMs: FIRST_MS + 59 * MINUTE_MS })
  t.equal(dueAtMs, FIRST_MS + 60 * MINUTE_MS)
})

t.test('a slot whose place has passed follows after the smallest step, not in the same burst', async t => {
  const nowMs = FIRST_MS + 120 * MINUTE_MS
  t.equal(nextAttemptAt(SCHEDULES.original, { firstAttemptAtMs: FIRST_MS, attemptsMade: 2, nowMs }), nowMs + 5 * MINUTE_MS)
  t.equal(nextAttemptAt(SCHEDULES.original, { firstAttemptAtMs: FIRST_MS, attemptsMade: 3, nowMs }), FIRST_MS + 720 * MINUTE_MS)
})

t.test('Retry-After delays a slot', async t => {
  const notBeforeMs = FIRST_MS + 7 * MINUTE_MS
  t.equal(nextAttemptAt(SCHEDULES.original, { firstAttemptAtMs: FIRST_MS, attemptsMade: 1, nowMs: FIRST_MS, notBeforeMs }), notBeforeMs)
})

t.test('Retry-After does not hurry a slot', async t => {
  const notBeforeMs = FIRST_MS + MINUTE_MS
  t.equal(nextAttemptAt(SCHEDULES.original, { firstAttemptAtMs: FIRST_MS, attemptsMade: 1, nowMs: FIRST_MS, notBeforeMs }), FIRST_MS + 5 * MINUTE_MS)
})

t.test('a schedule must rise', async t => {
  for (const offsets of [[0], [-1], [5, 5], [5, 4], [1.5], [NaN]]) t.equal(isSchedule(offsets), false, String(offsets))
  for (const offsets of [[], [1], [1, 2, 3]]) t.equal(isSchedule(offsets), true, String(offsets))
})

interface Step {
  /** How long the attempt took, how long the process was down before its slot came, and what the receiver asked for. */
  tookMs: number
  downMs: number
  retryAfterMs: number
}

/** Lives through a delivery on a virtual clock: every attempt starts when it is due, or when the process is up again. */
function live (schedule: Schedule, steps: readonly Step[]): { dueMs: number[], startedMs: number[], endedMs: number[] } {
  const history = { dueMs: [FIRST_MS], startedMs: [FIRST_MS], endedMs: [] as number[] }
  for (const { tookMs, downMs, retryAfterMs } of steps) {
    const endedMs = (history.startedMs.at(-1) ?? 0) + tookMs
    history.endedMs.push(endedMs)
    const dueMs = nextAttemptAt(schedule, { firstAttemptAtMs: FIRST_MS, attemptsMade: history.startedMs.length, nowMs: endedMs, notBeforeMs: retryAfterMs && endedMs + retryAfterMs })
    if (dueMs === undefined) return history
    history.dueMs.push(dueMs)
    history.startedMs.push(Math.max(dueMs, endedMs + downMs))
  }
  throw new Error('the schedule did not end')
}

const duration = (maxMs: number) => fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: maxMs }) })
const step = fc.record({ tookMs: fc.integer({ min: 0, max: 15_500 }), downMs: duration(20 * 3_600_000), retryAfterMs: duration(6 * 3_600_000) })
const schedules = fc.oneof(
  fc.constantFrom<Schedule>(SCHEDULES.original, SCHEDULES.filestackCurrent),
  fc.uniqueArray(fc.integer({ min: 1, max: 86_400_000 }), { maxLength: 6 }).map(offsets => offsets.sort((a, b) => a - b))
)
const history = schedules.chain(schedule => fc.record({ schedule: fc.constant(schedule), steps: fc.array(step, { minLength: schedule.length + 1, maxLength: schedule.length + 1 }) }))

t.test(`over ${HISTORIES} histories of slow answers, downtimes and Retry-After`, async t => {
  const problems = { early: 0, offPlace: 0, burst: 0, lost: 0, ignoredWish: 0 }
  fc.assert(fc.property(history, ({ schedule, steps }) => {
    const { dueMs, startedMs, endedMs } = live(schedule, steps)
    if (startedMs.length !== schedule.length + 1) problems.lost++
    for (const [slot, offsetMs] of schedule.entries()) {
      const placeMs = FIRST_MS + offsetMs
      const [due = 0, ended = 0, wishMs = 0] = [dueMs[slot + 1], endedMs[slot], steps[slot]?.retryAfterMs]
      if (due < placeMs) problems.early++
      if (placeMs > ended && due !== Math.max(placeMs, wishMs && ended + wishMs)) problems.offPlace++
      if (placeMs <= ended && due <= ended) problems.burst++
      if (due < ended + wishMs) problems.ignoredWish++
    }
  }), { numRuns: HISTORIES })
  t.equal(problems.lost, 0, 'every slot is used, none is added')
  t.equal(problems.early, 0, 'no attempt is due before its place')
  t.equal(problems.offPlace, 0, 'a slot ahead is due to the millisecond at its place, or at the Retry-After')
  t.equal(problems.burst, 0, 'an overdue slot never follows at once')
  t.equal(problems.ignoredWish, 0, 'Retry-After is kept')
})
