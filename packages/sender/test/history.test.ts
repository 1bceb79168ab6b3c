import fc from 'fast-check'
import t from 'tap'
import { SCHEDULES, nextAttemptAt } from '../src/index.ts'
import { NOW_MS, SECRET, build, fakeNetwork, nextTurn } from './helpers/build.ts'

const HISTORIES = 300

/** How the receiver takes one attempt, and how long the clock stands still for the sender before the next is looked for. */
interface Step {
  status: number
  retryAfterSeconds: number
  lateMs: number
}

const step = fc.record({
  status: fc.constantFrom(500, 500, 503, 404, 302),
  retryAfterSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
  lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30_000_000 }))
})

interface Moment {
  dueMs: number
  startMs: number
}

/** What the pure schedule says: when every attempt is due, and when it starts. */
function expected (steps: readonly Step[]): Moment[] {
  const moments: Moment[] = [{ dueMs: NOW_MS, startMs: NOW_MS }]
  for (const [index, { retryAfterSeconds, lateMs }] of steps.entries()) {
    const nowMs = moments.at(-1)?.startMs ?? 0
    const notBeforeMs = retryAfterSeconds > 0 ? nowMs + retryAfterSeconds * 1000 : undefined
    const dueMs = nextAttemptAt(SCHEDULES.original, { firstAttemptAtMs: NOW_MS, attemptsMade: index + 1, nowMs, notBeforeMs })
    if (dueMs === undefined) break
    moments.push({ dueMs, startMs: dueMs + lateMs })
  }
  return moments
}

t.test(`a sender on a virtual clock keeps the schedule to the millisecond, over ${HISTORIES} random histories at once`, async t => {
  const histories = fc.sample(fc.array(step, { minLength: 4, maxLength: 4 }), HISTORIES)
  let now = NOW_MS
  const starts = new Map<string, number[]>()
  const network = fakeNetwork(({ headers }) => {
    const id = headers['webhook-id'] ?? ''
    const made = starts.get(id) ?? []
    made.push(now)
    starts.set(id, made)
    const { status = 500, retryAfterSeconds = 0 } = histories[Number(id.split('_').at(-1))]?.[made.length - 1] ?? {}
    return { status, retryAfter: retryAfterSeconds > 0 ? String(retryAfterSeconds) : undefined }
  })
  // One endpoint each, disabled while its own "process" is down, so that every history has its own lateness.
  const sender = build(t, {
    now: () => now,
    breaker: false,
    transport: network,
    secrets: ['a key of the host, long enough'],
    endpoints: histories.map((_, index) => ({ url: `https://receiver${index}.example/`, events: [`history.${index}`], secret: SECRET }))
  })
  const endpointIds = new Map((await sender.endpoints.list()).map(({ event, endpointId }) => [event, endpointId]))
  await Promise.all(histories.map((_, index) => sender.send({ action: `history.${index}`, id: index })))
  await network.until(HISTORIES)
  await Promise.all([...endpointIds.values()].map(id => sender.endpoints.disable(id)))

  const wanted = histories.map(expected)
  const due = new Map(histories.map((_, index) => [index, [NOW_MS]]))
  const moments = wanted.flatMap((list, index) => list.slice(1).map(({ startMs }) => ({ startMs, index }))).sort((a, b) => a.startMs - b.startMs)
  for (const { startMs, index } of moments) {
    now = startMs
    const before = network.requests.length
    const endpointId = endpointIds.get(`history.${index}`) ?? ''
    while ((await sender.deliveries.list({ endpointId, state: 'inFlight' })).length > 0) await nextTurn()
    const [delivery] = await sender.deliveries.list({ endpointId })
    due.get(index)?.push(delivery?.dueAtMs ?? 0)
    await sender.endpoints.enable(endpointId)
    await network.until(before + 1)
    await sender.endpoints.disable(endpointId)
  }
  t.same([...due.values()], wanted.map(list => list.map(({ dueMs }) => dueMs)), 'due when the schedule says')
  t.same(histories.map((_, index) => starts.get(`history_${index}_${index}`)), wanted.map(list => list.map(({ startMs }) => startMs)), 'started at that moment, or when it could')
})
