import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { metrics } from '@opentelemetry/api'
import t from 'tap'
import { CHANNELS, recordMetrics } from '../src/index.ts'
import { SECRET, UPLOAD, build, fakeNetwork, finished } from './helpers/build.ts'

const endpoints = [{ url: 'https://receiver.example/', secret: SECRET }]

t.test('each channel tells what happened', async t => {
  const told = new Map<string, unknown[]>(CHANNELS.map(name => [name, []]))
  for (const name of CHANNELS) {
    const listener = (message: unknown): void => { told.get(name)?.push(message) }
    subscribe(name, listener)
    t.teardown(() => unsubscribe(name, listener))
  }
  const disabled = new Promise(resolve => {
    const sender = build(t, { schedule: [], breaker: { failures: 1 }, endpoints, transport: fakeNetwork(() => ({ status: 410 })), onEndpointDisabled: resolve })
    sender.send(UPLOAD)
  })
  await disabled
  t.match(Object.fromEntries(told), {
    'contactsheet.sender.event': [{ eventId: 'fp_upload_100946', action: 'fp.upload', deliveries: 1 }],
    'contactsheet.sender.attempt': [{ action: 'fp.upload', attempt: 1, outcome: 'gone', status: 410, origin: 'event', lateMs: Number }],
    'contactsheet.sender.exhausted': [{ eventId: 'fp_upload_100946' }],
    'contactsheet.sender.endpoint-disabled': [{ url: 'https://receiver.example/', reason: 'gone' }],
    'contactsheet.sender.breaker': [{ openUntilMs: Number }]
  })
})

t.test('no body and no secret passes through a channel', async t => {
  const messages: string[] = []
  const listener = (message: unknown): void => { messages.push(JSON.stringify(message)) }
  for (const name of CHANNELS) {
    subscribe(name, listener)
    t.teardown(() => unsubscribe(name, listener))
  }
  const sender = build(t, { endpoints, transport: fakeNetwork(() => ({ status: 200, body: Buffer.from('an answer') })) })
  await sender.send(UPLOAD)
  await finished(sender, 'delivered')
  t.ok(messages.length > 0)
  for (const hidden of [SECRET, UPLOAD.text.filename, 'an answer']) t.notOk(messages.some(message => message.includes(hidden)))
})

t.test('the OpenTelemetry adapter counts and measures, until it is stopped', async t => {
  const records: Array<[string, number, unknown]> = []
  const instrument = (name: string) => ({
    add: (value: number, attributes?: unknown) => { records.push([name, value, attributes]) },
    record: (value: number, attributes?: unknown) => { records.push([name, value, attributes]) }
  })
  const stop = recordMetrics({ createCounter: instrument, createHistogram: instrument })
  const sender = build(t, { endpoints, transport: fakeNetwork(() => ({ status: 200, timings: { totalMs: 7 } })) })
  await sender.send(UPLOAD)
  await finished(sender, 'delivered')
  t.match(records, [
    ['contactsheet.sender.events', 1, { action: 'fp.upload' }],
    ['contactsheet.sender.attempts', 1, { action: 'fp.upload', attempt: 1, outcome: 'delivered', status: 200 }],
    ['contactsheet.sender.attempt.duration', 7, { outcome: 'delivered' }],
    ['contactsheet.sender.attempt.lateness', Number, { action: 'fp.upload' }]
  ])
  stop()
  await sender.send({ ...UPLOAD, id: 2 })
  await finished(sender, 'delivered', 2)
  t.equal(records.length, 4)
})

t.test('a meter of @opentelemetry/api fits', async t => {
  t.doesNotThrow(recordMetrics(metrics.getMeter('webhooks')))
})
