import t from 'tap'
import { startReceiver } from '../../helpers/receiver.ts'
import { build } from '../build.ts'

t.test('an event is stored, delivered and answered with 202', async t => {
  const receiver = await startReceiver(t)
  const { ask } = await build(t)
  await ask('POST', '/endpoints', { url: receiver.url })
  const event = { action: 'fp.upload', id: 7, timestamp: 1, text: { size: '12', nested: { kept: true } } }
  t.same(await ask('POST', '/events', { event }), { status: 202, body: { id: 'fp_upload_7', deliveries: 1 } })
  const [request] = await receiver.until(1)
  t.equal(String(request?.body), JSON.stringify(event))
})

t.test('no field of an event is coerced or dropped on its way', async t => {
  const { ask, sender } = await build(t)
  const event = { action: 'custom', 1: null, size: '12', count: 12, isTrue: 'true', deep: [{ extra: undefined }, { extra: 'yes' }] }
  const bodies: unknown[] = []
  const { send } = sender
  sender.send = async (given, options) => {
    bodies.push(given)
    return await send(given, options)
  }
  await ask('POST', '/events', { event })
  t.same(bodies, [JSON.parse(JSON.stringify(event))])
})

t.test('the same id is stored once', async t => {
  const { ask } = await build(t)
  const first = await ask('POST', '/events', { id: 'order-1', event: { action: 'custom' } })
  const second = await ask('POST', '/events', { id: 'order-1', event: { action: 'custom', changed: true } })
  t.same([first.body, second.body], [{ id: 'order-1', deliveries: 0 }, { id: 'order-1', deliveries: 0 }])
})

t.test('an event without an action is refused', async t => {
  const { ask } = await build(t)
  t.match(await ask('POST', '/events', { event: { id: 1 } }), { status: 400, body: { code: 'SENDER_EVENT_INVALID' } })
})

t.test('an erased event is gone, and erasing it again is a 404', async t => {
  const { ask } = await build(t)
  await ask('POST', '/events', { id: 'a', event: { action: 'custom' } })
  t.equal((await ask('DELETE', '/events/a')).status, 204)
  t.match(await ask('DELETE', '/events/a'), { status: 404, body: { code: 'SENDER_NOT_FOUND' } })
})
