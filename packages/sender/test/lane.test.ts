import t from 'tap'
import { Lane } from '../src/lane.ts'

const NOW_MS = 1_000_000
const ROOM = 1_000

function build (slots = 8, changes = {}): Lane {
  return new Lane('ep_one', { slots, isOrdered: false, rate: undefined, leaseMs: 30_000, ...changes })
}

t.test('a new lane fills its slots with both kinds', async t => {
  t.same(build().wants(NOW_MS, ROOM), { firstAttempts: 4, retries: 4 })
})

t.test('it never asks for more than its free slots, whatever is under way', async t => {
  for (let slots = 1; slots <= 9; slots++) {
    for (let inFlight = 0; inFlight <= slots; inFlight++) {
      const lane = build(slots)
      lane.inFlight = inFlight
      const { firstAttempts = 0, retries = 0 } = lane.wants(NOW_MS, ROOM) ?? {}
      t.equal(firstAttempts + retries, slots - inFlight, `${inFlight} of ${slots}`)
    }
  }
})

t.test('retries leave a quarter of the slots to first attempts', async t => {
  const lane = build()
  lane.inFlight = lane.retriesInFlight = 6
  t.same(lane.wants(NOW_MS, ROOM), { firstAttempts: 2, retries: 0 })
})

t.test('a lane of one slot serves the two kinds in turn', async t => {
  const lane = build(1)
  const turns = [1, 2, 3, 4].map(() => {
    const wants = lane.wants(NOW_MS, ROOM)
    lane.beginClaim()({ deliveries: [], nextFirstAttemptAtMs: NOW_MS, nextRetryAtMs: NOW_MS })
    return wants?.retries
  })
  t.same(turns, [0, 1, 0, 1])
})

t.test('an ordered lane has one slot, however many it was given', async t => {
  const lane = build(8, { isOrdered: true })
  t.same(lane.wants(NOW_MS, ROOM), { firstAttempts: 1, retries: 0 })
  lane.inFlight = 1
  t.equal(lane.wants(NOW_MS, ROOM), undefined)
})

t.test('no more than the room there is', async t => {
  t.same(build().wants(NOW_MS, 3), { firstAttempts: 2, retries: 1 })
  t.equal(build().wants(NOW_MS, 0), undefined)
})

t.test('a closed lane wants nothing and wakes nobody', async t => {
  const lane = build()
  lane.isOpen = false
  t.equal(lane.wants(NOW_MS, ROOM), undefined)
  t.equal(lane.wakeAtMs(NOW_MS), Infinity)
})

t.test('it asks one question at a time', async t => {
  const lane = build()
  lane.beginClaim()
  t.equal(lane.wants(NOW_MS, ROOM), undefined)
})

t.test('after an answer it sleeps until the time named', async t => {
  const lane = build()
  lane.beginClaim()({ deliveries: [], nextFirstAttemptAtMs: undefined, nextRetryAtMs: NOW_MS + 50 })
  t.equal(lane.wants(NOW_MS, ROOM), undefined)
  t.equal(lane.wakeAtMs(NOW_MS), NOW_MS + 50)
  t.same(lane.wants(NOW_MS + 50, ROOM), { firstAttempts: 0, retries: 6 })
})

t.test('news that came while the question was open is not overwritten by the answer', async t => {
  const lane = build()
  const takeIn = lane.beginClaim()
  lane.note(NOW_MS, false)
  takeIn({ deliveries: [], nextFirstAttemptAtMs: undefined, nextRetryAtMs: undefined })
  t.match(lane.wants(NOW_MS, ROOM), { firstAttempts: 8 })
})

t.test('when the store fails it waits before it asks again', async t => {
  const lane = build()
  lane.beginClaim()
  lane.failClaim(NOW_MS + 1_000)
  t.equal(lane.wants(NOW_MS + 999, ROOM), undefined)
  t.ok(lane.wants(NOW_MS + 1_000, ROOM))
})

t.test('an open circuit holds everything back until it may be probed', async t => {
  const lane = build()
  lane.breaker = { failuresInARow: 10, openUntilMs: NOW_MS + 100, pauseMs: 100 }
  t.equal(lane.wants(NOW_MS, ROOM), undefined)
  t.equal(lane.wakeAtMs(NOW_MS), NOW_MS + 100)
  t.same(lane.wants(NOW_MS + 100, ROOM), { firstAttempts: 1, retries: 0 })
  lane.inFlight = 1
  t.equal(lane.wants(NOW_MS + 100, ROOM), undefined)
  t.equal(lane.wakeAtMs(NOW_MS + 100), Infinity, 'the probe\'s end wakes it')
})
