import { verify } from '@contactsheet/webhooks'
import pg from 'pg'
import t from 'tap'
import { createService } from '../../../../examples/sender/server.ts'
import { startCluster } from '../../../webhooks/test/postgres.ts'
import { startReceiver } from '../helpers/receiver.ts'

const TOKEN = 'a-token-for-tests-only'
const cluster = await startCluster()
t.teardown(() => cluster.stop())
t.setTimeout(300_000)

t.test('the example stores a photo, and whoever was added hears of it, signed', async t => {
  const database = await cluster.database()
  const receiver = await startReceiver(t)
  const app = await createService({ database, secrets: ['a host key for tests only'], token: TOKEN, allow: ['127.0.0.1'] })
  t.teardown(() => app.close())
  const address = await app.listen({ port: 0 })
  const post = async (path: string, body: object): Promise<{ status: number, body: Record<string, unknown> }> => {
    const response = await fetch(address + path, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` }, body: JSON.stringify(body)
    })
    return { status: response.status, body: await response.json() as Record<string, unknown> }
  }

  const { body: { secret } } = await post('/webhooks/endpoints', { url: receiver.url })
  t.match(await post('/photos', { url: 'https://files.example/1', filename: '1.jpg', size: 139154 }), { status: 201, body: { id: 1 } })
  const [request] = await receiver.until(1)
  t.match(JSON.parse(String(request?.body)), { action: 'fp.upload', id: 1, text: { filename: '1.jpg' } })
  t.match(verify({ headers: request?.headers ?? {}, body: request?.body ?? Buffer.alloc(0), secret: String(secret) }), { valid: true })
})

t.test('a photo that is not kept is not told of', async t => {
  const database = await cluster.database()
  const receiver = await startReceiver(t)
  const app = await createService({ database, secrets: ['a host key for tests only'], token: TOKEN, allow: ['127.0.0.1'] })
  t.teardown(() => app.close())
  await app.inject({ method: 'POST', url: '/webhooks/endpoints', headers: { authorization: `Bearer ${TOKEN}` }, payload: { url: receiver.url } })
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  t.teardown(() => client.end())
  await client.query('ALTER TABLE photos ADD UNIQUE (filename) DEFERRABLE INITIALLY DEFERRED')
  const store = async (filename: string): Promise<number> => {
    const photo = { url: 'https://files.example/1', filename, size: 1 }
    return (await app.inject({ method: 'POST', url: '/photos', payload: photo })).statusCode
  }
  t.same([await store('a.jpg'), await store('a.jpg'), await store('b.jpg')], [201, 500, 201], 'the second one fails only when it is committed')
  const received = await receiver.until(2)
  t.same(received.map(({ body }) => JSON.parse(String(body)).text.filename).sort(), ['a.jpg', 'b.jpg'])
})
