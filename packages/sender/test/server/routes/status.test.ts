import t from 'tap'
import { build } from '../build.ts'

t.test('a living process with an answering database is healthy and ready, and says so to everybody', async t => {
  const { server } = await build(t)
  for (const url of ['/health', '/ready']) {
    const response = await server.inject(url)
    t.same([response.statusCode, response.json()], [200, { status: 'ok' }])
  }
})

t.test('when the database takes no commit the process is healthy but not ready', async t => {
  const { server, sender } = await build(t)
  sender.check = async () => { throw new Error('database or disk is full') }
  t.equal((await server.inject('/health')).statusCode, 200)
  t.match((await server.inject('/ready')).json(), { statusCode: 503, code: 'SENDER_NOT_READY' })
})
