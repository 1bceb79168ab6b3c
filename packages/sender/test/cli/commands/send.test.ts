import { join } from 'node:path'
import t from 'tap'
import { cli } from '../run-cli.ts'

t.test('one event is stored and named, and without a sender at work the command says so', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  await cli(['endpoints', 'add', 'http://127.0.0.1:9/', '--database', database])
  const { code, stdout, stderr } = await cli(['send', '--database', database], { input: '{"action":"fp.upload","id":7}' })
  t.equal(code, 0)
  t.equal(stdout, 'fp_upload_7 is stored, for 1 endpoint.\n')
  t.match(stderr, /Stored only/)
  const [delivery] = JSON.parse((await cli(['deliveries', 'list', '--database', database, '--json'])).stdout)
  t.match(delivery, { eventId: 'fp_upload_7', state: 'pending', attemptsMade: 0 })
})

for (const [name, input] of [
  ['one per line', '{"action":"a","id":1}\n{"action":"a","id":2}\n'], ['a list', '[{"action":"a","id":1},{"action":"a","id":2}]']
] as const) {
  t.test(`many events: ${name}`, async t => {
    const directory = t.testdir({ events: input })
    const file = join(directory, 'events')
    const database = join(directory, 'sender.sqlite')
    await cli(['endpoints', 'add', 'http://127.0.0.1:9/', '--database', database])
    const { stdout } = await cli(['send', file, '--database', database, '--json'])
    t.same(stdout.trim().split('\n').map(line => JSON.parse(line).id).sort(), ['a_1', 'a_2'])
  })
}

t.test('on a terminal a bar goes along with many, and never into the output', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  await cli(['endpoints', 'add', 'http://127.0.0.1:9/', '--database', database])
  const input = Array.from({ length: 50 }, (_, id) => JSON.stringify({ action: 'a', id })).join('\n')
  const { stdout, stderr } = await cli(['send', '--database', database], { input, isTerminal: true })
  t.match(stderr, /of 50 events/)
  t.equal(stdout, '50 events stored, 0 deliveries made.\n')
})

t.test('after an event that is refused no more are sent, and the reason is told', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  await cli(['endpoints', 'add', 'http://127.0.0.1:9/', '--events', 'a', '--database', database])
  const input = Array.from({ length: 200 }, (_, id) => JSON.stringify(id === 20 ? { id } : { action: 'a', id })).join('\n')
  t.match(await cli(['send', '--database', database], { input }), { code: 2, stderr: /SENDER_EVENT_INVALID/ })
  const stored = JSON.parse((await cli(['deliveries', 'list', '--limit', '500', '--database', database, '--json'])).stdout)
  t.ok(stored.length >= 5 && stored.length < 60, `${stored.length} were stored`)
})

for (const [name, args, input, message] of [
  ['text that is no JSON', [], '{"action":"a"}\nnonsense', /line 2 of standard input is not JSON/],
  ['a JSON number', [], '12', /must hold JSON objects/],
  ['one id for two events', ['--id', 'x'], '[{"action":"a"},{"action":"b"}]', /--id names one event/],
  ['a file that is not there', ['/nowhere/events.json'], '', /cannot read/]
] as const) {
  t.test(`${name} is wrong usage`, async t => {
    const { code, stderr } = await cli(['send', ...args], { input })
    t.equal(code, 2)
    t.match(stderr, message)
  })
}
