import t from 'tap'
import { signedRequest } from '@contactsheet/webhooks/testing'
import { start } from '../run-cli.ts'

const EVENT = { action: 'fp.delete', timestamp: 1443444905, id: 3, text: { url: 'https://www.filestackapi.com/api/file/WAunDTTqQfCNWwUUyf6n' } }

async function listen (t: { teardown (end: () => unknown): void }, ...args: string[]) {
  const running = start(['listen', '--port', '0', '--json', ...args])
  t.teardown(() => {
    running.signal('SIGINT')
    return running.ended
  })
  const [line = ''] = (await running.said('\n')).split('\n')
  const { url, secret } = JSON.parse(line) as { url: string, secret: string }
  const post = async (request: { headers: Record<string, string>, body: Buffer }): Promise<number> =>
    (await fetch(url, { method: 'POST', headers: request.headers, body: new Uint8Array(request.body) })).status
  return { running, secret, post }
}

t.test('what arrives is verified, answered and printed', async t => {
  const { running, secret, post } = await listen(t)
  t.equal(await post(signedRequest(EVENT, { secret })), 200)
  const printed = JSON.parse((await running.said('"outcome"')).split('\n')[1] ?? '')
  t.match(printed, { outcome: 'acknowledged', status: 200, event: EVENT, scheme: 'standard' })
})

t.test('a wrong signature is refused, and the reason printed', async t => {
  const { running, post } = await listen(t)
  t.equal(await post(signedRequest(EVENT)), 401)
  await running.said('WEBHOOK_SIGNATURE_MISMATCH')
})

t.test('told to fail, it answers 500 to what verifies', async t => {
  const { running, secret, post } = await listen(t, '--fail')
  t.equal(await post(signedRequest(EVENT, { secret })), 500)
  await running.said('"failed"')
})

t.test('told to end, it ends with 0', async t => {
  const { running } = await listen(t)
  running.signal('SIGTERM')
  t.equal((await running.ended).code, 0)
})
