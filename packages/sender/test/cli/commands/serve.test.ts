import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createSender } from '../../../src/index.ts'
import { startReceiver } from '../../helpers/receiver.ts'
import { HOST_SECRET, cli, start, type RunningCli } from '../run-cli.ts'

const TOKEN = 'a-token-for-tests-only'

interface Serving {
  database: string
  url: string
  running: RunningCli
}

async function serve (t: { testdir (): string, teardown (end: () => unknown): void }, ...args: string[]): Promise<Serving> {
  const database = join(t.testdir(), 'sender.sqlite')
  const running = start(['serve', '--database', database, '--port', '0', ...args])
  t.teardown(() => {
    running.signal('SIGTERM')
    return running.ended
  })
  const line = (await running.said('"delivering"')).split('\n').find(text => text.includes('"delivering"')) ?? ''
  return { database, url: JSON.parse(line).url, running }
}

t.test('commands on the file that serve holds go through its API, without being told', async t => {
  const { database } = await serve(t)
  const receiver = await startReceiver(t)
  const ask = async (args: string[], input = '') => await cli([...args, '--database', database, '--json'], { input })
  const { id } = JSON.parse((await ask(['endpoints', 'add', receiver.url])).stdout)
  t.match(await ask(['send'], '{"action":"fp.upload","id":1}'), { code: 0, stdout: '{"id":"fp_upload_1","deliveries":1}\n', stderr: '' })
  await receiver.until(1)
  t.match(JSON.parse((await ask(['ping', id])).stdout), { isDelivered: true, status: 200 })
  t.match(JSON.parse((await ask(['deliveries', 'list', '--state', 'delivered'])).stdout), [{ origin: 'ping' }, { eventId: 'fp_upload_1' }])
})

t.test('what leads to the server is for the owner of the file alone, and gone with the server', async t => {
  const { database, running } = await serve(t)
  t.equal(statSync(`${database}-server`).mode & 0o777, 0o600)
  running.signal('SIGTERM')
  t.match(await running.ended, { code: 0, stdout: /"msg":"ended"/ })
  t.notOk(existsSync(`${database}-server`))
})

t.test('a lead that a killed server left behind is seen through', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  await cli(['endpoints', 'add', 'http://127.0.0.1:9/', '--database', database])
  writeFileSync(`${database}-server`, JSON.stringify({ url: 'http://127.0.0.1:1', token: 'stale' }))
  t.equal((await cli(['endpoints', 'list', '--database', database])).code, 0)
})

t.test('when another program holds the file, the command says what to do', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const sender = createSender({ database })
  await sender.start()
  t.teardown(() => sender.close())
  const { code, stderr } = await cli(['deliveries', 'list', '--database', database])
  t.match([code, stderr], [3, /another process delivers from .*use its HTTP API/])
})

t.test('from elsewhere a token opens the server, and nothing else does', async t => {
  const { url } = await serve(t, '--token', TOKEN)
  t.equal((await cli(['endpoints', 'list', '--server', url, '--token', TOKEN])).code, 0)
  t.match(await cli(['endpoints', 'list', '--server', url, '--token', 'a-wrong-token-for-tests']), { code: 4, stderr: /SENDER_TOKEN_REFUSED/ })
  t.match(await cli(['endpoints', 'list', '--server', url]), { code: 2, stderr: /--token/ })
})

t.test('a server that is not there is exit code 3', async t => {
  t.match(await cli(['endpoints', 'list', '--server', 'http://127.0.0.1:1', '--token', TOKEN]), { code: 3, stderr: /no sender answers/ })
})

t.test('serve delivers what was stored before it came', async t => {
  const receiver = await startReceiver(t)
  const database = join(t.testdir(), 'sender.sqlite')
  await cli(['endpoints', 'add', receiver.url, '--database', database])
  await cli(['send', '--database', database], { input: '{"action":"fp.upload","id":1}' })
  const running = start(['serve', '--database', database, '--port', '0'])
  await receiver.until(1)
  running.signal('SIGINT')
  t.equal((await running.ended).code, 0)
})

t.test('serve refuses to start without a key for secrets, and beyond this machine without a token', async t => {
  t.match(await cli(['serve'], { env: { CONTACTSHEET_SENDER_SECRETS: '' } }), { code: 2, stderr: /CONTACTSHEET_SENDER_SECRETS/ })
  t.match(await cli(['serve', '--host', '0.0.0.0'], { env: { CONTACTSHEET_SENDER_SECRETS: HOST_SECRET } }), { code: 2, stderr: /CONTACTSHEET_SENDER_TOKEN/ })
})

t.test('a port that is taken is told', async t => {
  const { url, database } = await serve(t)
  t.match(await cli(['serve', '--database', `${database}-other`, '--port', new URL(url).port]), { code: 2, stderr: /cannot listen/ })
})

t.test('a sender in memory leaves nothing on the disk', async t => {
  const running = start(['serve', '--database', ':memory:', '--port', '0'])
  await running.said('"delivering"')
  t.notOk(existsSync(':memory:-server'))
  running.signal('SIGTERM')
  t.equal((await running.ended).code, 0)
})
