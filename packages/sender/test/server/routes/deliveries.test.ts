import t from 'tap'
import { startReceiver } from '../../helpers/receiver.ts'
import { build, type TestApi } from '../build.ts'

interface Page {
  deliveries: Array<{ id: string, eventId: string }>
  next?: string
}

async function exhausted (api: TestApi): Promise<string> {
  for (;;) {
    const { body } = await api.ask<Page>('GET', '/deliveries?state=exhausted')
    if (body.deliveries[0]) return body.deliveries[0].id
    await new Promise(resolve => setImmediate(resolve))
  }
}

t.test('one delivery shows every attempt and the answer as text', async t => {
  const receiver = await startReceiver(t, response => { response.writeHead(500).end('kaputt: ä') })
  const api = await build(t, { schedule: [] })
  await api.ask('POST', '/endpoints', { url: receiver.url })
  await api.ask('POST', '/events', { event: { action: 'fp.upload', id: 1 } })
  const { body } = await api.ask('GET', `/deliveries/${await exhausted(api)}`)
  t.match(body, {
    state: 'exhausted',
    origin: 'event',
    attempts: [{ number: 1, run: 0, outcome: 'failed', status: 500, responseBody: 'kaputt: ä', timings: { totalMs: Number }, remoteAddress: '127.0.0.1' }]
  })
})

t.test('a resend answers the new delivery', async t => {
  const receiver = await startReceiver(t, (response, nth) => { response.writeHead(nth === 1 ? 500 : 200).end() })
  const api = await build(t, { schedule: [] })
  await api.ask('POST', '/endpoints', { url: receiver.url })
  await api.ask('POST', '/events', { event: { action: 'fp.upload', id: 1 } })
  const { status, body } = await api.ask<{ id: string }>('POST', `/deliveries/${await exhausted(api)}/resend`)
  t.equal(status, 201)
  await receiver.until(2)
  t.match((await api.ask('GET', `/deliveries/${body.id}`)).body, { series: 1, origin: 'resend' })
})

t.test('pages follow each other until there is none', async t => {
  const api = await build(t)
  await api.ask('POST', '/endpoints', { url: 'http://127.0.0.1:9/hook', events: ['custom'] })
  for (let index = 0; index < 5; index++) await api.ask('POST', '/events', { event: { action: 'custom', id: index } })
  const seen: string[] = []
  let next: string | undefined = ''
  while (next !== undefined) {
    const { body }: { body: Page } = await api.ask('GET', `/deliveries?limit=2${next ? `&after=${next}` : ''}`)
    seen.push(...body.deliveries.map(({ eventId }) => eventId))
    next = body.next
  }
  t.same(seen, ['custom_4', 'custom_3', 'custom_2', 'custom_1', 'custom_0'])
})

t.test('deliveries are counted by state', async t => {
  const { ask } = await build(t)
  t.same((await ask('GET', '/deliveries/counts')).body, { pending: 0, inFlight: 0, delivered: 0, exhausted: 0, cancelled: 0 })
})

t.test('an unknown delivery is a 404, a filter that does not exist a 400', async t => {
  const { ask } = await build(t)
  t.match(await ask('GET', '/deliveries/999'), { status: 404, body: { code: 'SENDER_NOT_FOUND' } })
  t.match(await ask('POST', '/deliveries/999/resend'), { status: 404, body: { code: 'SENDER_NOT_FOUND' } })
  t.match(await ask('GET', '/deliveries?state=lost'), { status: 400 })
  t.match(await ask('GET', '/deliveries?after=x'), { status: 400 })
})
