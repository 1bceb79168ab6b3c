import { once } from 'node:events'
import t from 'tap'
import {
  createReceiver, memoryIdempotency, type EventContext, type IdempotencyStore, type ReceivedEvent, type ReceiverOptions, type UnknownEvent
} from '../src/index.ts'
import { TEST_SECRET, createClock, fixture, signedRequest, type SignedRequestOptions } from '../src/testing.ts'

function build (options: Partial<ReceiverOptions> = {}) {
  const clock = createClock()
  const receiver = createReceiver({ secrets: TEST_SECRET, now: clock.now, ...options })
  const send = (event: object, how: SignedRequestOptions = {}) => receiver.receive(signedRequest(event, { now: clock.now, ...how }))
  return { clock, receiver, send }
}

const secretOf = (byte: number) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`
const unknownEvent = { action: 'fp.scan', id: 1, timestamp: 1, text: {} }
const malformed = { ...fixture('fp.upload'), id: 'seven' }

t.test('a known action without a handler is acknowledged', async t => {
  t.match(await build().send(fixture('fp.delete')), { outcome: 'acknowledged', status: 200, context: { attempt: 0 } })
})

t.test('an unknown action is acknowledged, rejected or handled, as the host says', async t => {
  const seen: UnknownEvent[] = []
  t.match(await build().send(unknownEvent), { outcome: 'acknowledged', status: 200 })
  t.match(await build({ unknown: 'ack' }).send(unknownEvent), { outcome: 'acknowledged', status: 200 })
  t.match(await build({ unknown: 'reject' }).send(unknownEvent), { outcome: 'refused', status: 422, body: { code: 'WEBHOOK_EVENT_UNKNOWN' } })
  const { send } = build({ unknown: event => { seen.push(event) } })
  t.match(await send(unknownEvent), { outcome: 'handled', status: 200 })
  t.match(await send(unknownEvent), { outcome: 'duplicate', status: 200 })
  t.strictSame(seen, [unknownEvent])
})

t.test('a malformed known event never reaches a handler, the one for unknown events least of all', async t => {
  let calls = 0
  const count = () => { calls += 1 }
  const { send } = build({ on: { 'fp.upload': count }, unknown: count })
  t.match(await send(malformed), { outcome: 'refused', status: 400, error: { code: 'WEBHOOK_EVENT_MALFORMED', message: /id must be integer, got the string "seven"/ } })
  t.equal(calls, 0)
})

t.test('a handler that throws is answered 500, and the next delivery runs it again', async t => {
  const attempts: number[] = []
  const cause = new Error('database away')
  const { send } = build({
    on: {
      'fp.upload': (_event, { attempt }) => {
        attempts.push(attempt)
        if (attempt === 1) throw cause
      }
    }
  })
  const first = await send(fixture('fp.upload'))
  t.match(first, { outcome: 'failed', status: 500, error: { code: 'WEBHOOK_HANDLER_FAILED' } })
  t.equal(first.error?.cause, cause)
  t.notMatch(JSON.stringify(first.body), 'database away', 'the sender does not learn why')
  t.match(await send(fixture('fp.upload')), { outcome: 'handled', status: 200 })
  t.match(await send(fixture('fp.upload')), { outcome: 'duplicate', status: 200 })
  t.same(attempts, [1, 2])
})

t.test('a delivery that meets a running handler is told to come again', async t => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { promise: isRunning, resolve: started } = Promise.withResolvers<void>()
  const wait = () => {
    started()
    return gate
  }
  const { send } = build({ on: { 'fp.upload': wait } })
  const first = send(fixture('fp.upload'))
  await isRunning
  t.match(await send(fixture('fp.upload')), { status: 503, headers: { 'retry-after': '5' }, body: { code: 'WEBHOOK_EVENT_IN_PROGRESS' } })
  open()
  t.match(await first, { status: 200, outcome: 'handled' })
})

t.test('a handler that outlives its lease loses the claim to the next delivery', async t => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { promise: isRunning, resolve: started } = Promise.withResolvers<void>()
  const waitOnce = async (_event: object, { attempt }: EventContext) => {
    started()
    if (attempt === 1) await gate
  }
  const { send, clock } = build({ on: { 'fp.upload': waitOnce } })
  const first = send(fixture('fp.upload'))
  await isRunning
  clock.advance(60_000)
  t.match(await send(fixture('fp.upload')), { outcome: 'handled', context: { attempt: 2 } })
  open()
  t.match(await first, { status: 503, error: { code: 'WEBHOOK_EVENT_IN_PROGRESS' } })
})

t.test('a store that is down is answered 503 with a time to come back', async t => {
  const cause = new Error('no connection')
  const down: IdempotencyStore = { durable: false, claim: async () => { throw cause } }
  const result = await build({ idempotency: down, on: { 'fp.upload': () => {} } }).send(fixture('fp.upload'))
  t.match(result, { outcome: 'failed', status: 503, headers: { 'retry-after': '5' }, error: { code: 'WEBHOOK_STORE_UNAVAILABLE' } })
  t.equal(result.error?.cause, cause)
})

t.test('a commit that fails is answered 503, so that the event comes again', async t => {
  const memory = memoryIdempotency()
  const lossy: IdempotencyStore = {
    durable: false,
    claim: async request => {
      const claim = await memory.claim(request)
      return claim.state === 'claimed' ? { ...claim, commit: async () => { throw new Error('lost') } } : claim
    }
  }
  t.match(await build({ idempotency: lossy, on: { 'fp.upload': () => {} } }).send(fixture('fp.upload')), { status: 503 })
})

t.test('an event is known by action and id, whatever its headers say', async t => {
  const keys: string[] = []
  const on = { 'fp.upload': (_event: unknown, { key }: EventContext) => { keys.push(key) } }
  const { send } = build({ on, unknown: (_event, { key }) => { keys.push(key) } })
  await send(fixture('fp.upload'), { id: 'evt_a' })
  t.match(await send(fixture('fp.upload'), { id: 'evt_b' }), { outcome: 'duplicate' })
  t.match(await send(fixture('fp.upload', { id: 7 })), { outcome: 'handled' })
  await send({ action: 'fp.scan', id: 'abc-1' })
  t.same(keys, ['fp.upload:100946', 'fp.upload:7', 'fp.scan:abc-1'])
})

t.test('an event without an id, or with one that could pass for another, is known by its bytes', async t => {
  const { send } = build({ on: { 'fp.video_converse': () => {} }, unknown: () => {} })
  const pending = { ...fixture('fp.video_converse'), status: 'pending' }
  t.match(await send(pending), { outcome: 'handled', context: { key: /^sha256:[0-9a-f]{64}$/ } })
  t.match(await send(fixture('fp.video_converse')), { outcome: 'handled' }, 'the same video in another state is another event')
  t.match(await send(pending), { outcome: 'duplicate' })
  for (const event of [{ action: 'a' }, { action: 'a', id: 'b:c' }, { action: 'a', id: '' }, { action: 'a'.repeat(300), id: 1 }]) {
    t.match(await send(event, { id: 'evt_1' }), { context: { key: /^sha256:/ } })
  }
})

t.test('ids beyond 2^53, which lose digits in JSON, do not make two events one', async t => {
  const { send } = build({ on: { 'fp.delete': () => {} } })
  const bytes = (id: string) => Buffer.from(`{"action":"fp.delete","timestamp":1,"id":${id},"text":{"url":"u"}}`)
  t.match(await send(bytes('9007199254740992')), { outcome: 'handled' })
  t.match(await send(bytes('9007199254740993')), { outcome: 'handled' })
  t.match(await send(bytes('9007199254740993')), { outcome: 'duplicate' })
})

t.test('a done event is forgotten after the retention and not before', async t => {
  const { send, clock } = build({ on: { 'fp.upload': () => {} } })
  await send(fixture('fp.upload'))
  clock.advance(48 * 3_600_000 - 1)
  t.match(await send(fixture('fp.upload')), { outcome: 'duplicate' })
  clock.advance(1)
  t.match(await send(fixture('fp.upload')), { outcome: 'handled' })
})

t.test('secrets by request: each sender has its own, and their ids do not meet', async t => {
  const senders: Record<string, string> = { '/a': secretOf(1), '/b': secretOf(2) }
  const { receiver, clock } = build({
    secrets: async ({ url = '' }) => senders[url] === undefined ? undefined : { sender: url, secrets: [senders[url]] },
    on: { 'fp.upload': () => {} }
  })
  const send = (url: string, secret = senders[url] ?? TEST_SECRET) =>
    receiver.receive({ ...signedRequest(fixture('fp.upload'), { secret, now: clock.now }), url })
  t.match(await send('/a'), { outcome: 'handled', context: { sender: '/a', key: '%2Fa:fp.upload:100946' } })
  t.match(await send('/b'), { outcome: 'handled', context: { sender: '/b' } })
  t.match(await send('/a'), { outcome: 'duplicate' })
  t.match(await send('/a', senders['/b']), { status: 401 })
  t.match(await send('/c'), { status: 401, error: { code: 'WEBHOOK_SENDER_UNKNOWN' } })
})

t.test('a function may answer a plain list, and one that fails is a failure of ours', async t => {
  t.match(await build({ secrets: () => [TEST_SECRET] }).send(fixture('fp.upload')), { status: 200 })
  const broken = await build({ secrets: async () => { throw new Error('vault sealed') } }).send(fixture('fp.upload'))
  t.match(broken, { status: 500, outcome: 'failed' })
  t.notMatch(JSON.stringify(broken.body), 'vault')
})

t.test('the context tells which secret matched, by place and by name', async t => {
  const { send } = build({ secrets: [{ secret: secretOf(1), id: 'new' }, { secret: TEST_SECRET, id: 'old' }] })
  t.match(await send(fixture('fp.upload')), { context: { keyIndex: 1, keyId: 'old' } })
})

t.test('handlers may be added until the first request, one for each action', async t => {
  const { receiver, send } = build({ on: { 'fp.upload': () => {} } })
  receiver.on('fp.delete', () => {})
  t.throws(() => receiver.on('fp.delete', () => {}), { code: 'WEBHOOK_HANDLER_DUPLICATE' })
  t.throws(() => receiver.on('fp.upload', () => {}), { code: 'WEBHOOK_HANDLER_DUPLICATE' })
  t.throws(() => receiver.on('fp.uplaod' as 'fp.upload', () => {}), { code: 'WEBHOOK_OPTION_INVALID' })
  t.match(await send(fixture('fp.delete')), { outcome: 'handled' })
  t.throws(() => receiver.on('fp.export', () => {}), { code: 'WEBHOOK_HANDLER_LATE' })
})

t.test('JSON and its relatives are taken, everything else is 415', async t => {
  const { receiver, clock } = build()
  const statusOf = async (contentType: string | undefined) => {
    const { headers, body } = signedRequest(fixture('fp.delete'), { now: clock.now })
    return (await receiver.receive({ headers: { ...headers, 'content-type': contentType }, body })).status
  }
  for (const taken of ['application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'application/cloudevents+json']) {
    t.equal(await statusOf(taken), 200, taken)
  }
  for (const refused of [undefined, '', 'text/json', 'text/plain', 'application/json; charset=latin1', 'application/jsonp', 'application/json, text/plain', 'application/x-www-form-urlencoded']) {
    t.equal(await statusOf(refused), 415, String(refused))
  }
})

t.test('an observer learns of every result', async t => {
  const outcomes: string[] = []
  const { send, receiver } = build({ on: { 'fp.upload': () => {} }, onResult: ({ outcome }) => { outcomes.push(outcome) } })
  await send(fixture('fp.upload'))
  await send(fixture('fp.upload'))
  await send(fixture('fp.delete'))
  await send(malformed)
  receiver.refuse(new Error('cut off'))
  t.same(outcomes, ['handled', 'duplicate', 'acknowledged', 'refused', 'failed'])
})

for (const [how, onResult] of [['throws', () => { throw new Error('no log') }], ['rejects', async () => { throw new Error('no log') }]] as const) {
  t.test(`an observer that ${how} changes nothing but leaves a warning`, async t => {
    const warning = once(process, 'warning')
    const { send } = build({ on: { 'fp.upload': () => {} }, onResult })
    t.match(await send(fixture('fp.upload')), { outcome: 'handled' })
    t.match(await warning, [{ name: 'WebhookWarning', message: /no log/ }])
  })
}

t.test('every event of the contract reaches its handler with its own fields', async t => {
  const seen: ReceivedEvent[] = []
  const see = (event: ReceivedEvent) => { seen.push(event) }
  const on = { 'fp.upload': see, 'fp.export': see, 'fp.converse': see, 'fp.overwrite': see, 'fp.delete': see, 'fp.dialog': see, 'fs.workflow': see, 'fp.video_converse': see }
  const { send } = build({ on })
  const events = Object.keys(on).map(action => fixture(action as keyof typeof on))
  for (const event of events) t.match(await send(event), { outcome: 'handled' }, event.action)
  t.strictSame(seen, events)
})

const REFUSED: ReadonlyArray<[string, Partial<ReceiverOptions>]> = [
  ['a retention shorter than the window', { limits: { retainMs: 3_600_000 } }],
  ['a limit that is no number', { limits: { maxBodyBytes: NaN } }],
  ['a negative tolerance', { toleranceSeconds: -1 }],
  ['a policy for unknown events that does not exist', { unknown: 'ignore' as 'ack' }],
  ['no scheme at all', { schemes: [] }],
  ['an answer before handling with a store that forgets', { respond: 'after-store' }]
]

for (const [what, options] of REFUSED) {
  t.test(`${what} is refused when the receiver is made`, async t => {
    t.throws(() => build(options), { code: 'WEBHOOK_OPTION_INVALID' })
  })
}

t.test('a shorter retention is fine where the window is short', async t => {
  t.doesNotThrow(() => build({ schemes: ['standard'], limits: { retainMs: 600_000 } }))
})
