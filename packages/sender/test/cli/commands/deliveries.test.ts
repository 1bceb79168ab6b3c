import { join } from 'node:path'
import t from 'tap'
import { createSender } from '../../../src/index.ts'
import { startReceiver } from '../../helpers/receiver.ts'
import { HOST_SECRET, cli } from '../run-cli.ts'

/** A database in which so many deliveries are exhausted. */
async function failed (t: Parameters<typeof startReceiver>[0] & { testdir (): string, threw (error: unknown): void }, events: number): Promise<{ database: string, url: string }> {
  const database = join(t.testdir(), 'sender.sqlite')
  const receiver = await startReceiver(t, response => { response.writeHead(500, { 'content-type': 'text/plain' }).end('no\u001b[31m way\n') })
  let left = events
  const sender = await new Promise<ReturnType<typeof createSender>>(resolve => {
    const made = createSender({
      database, secrets: [HOST_SECRET], allow: ['127.0.0.1'], schedule: [], breaker: false, onExhausted: () => { if (--left === 0) resolve(made) }
    })
    made.endpoints.add({ url: receiver.url })
      .then(() => Promise.all(Array.from({ length: events }, (_, id) => made.send({ action: 'fp.upload', id: id + 1 }))), t.threw)
  })
  await sender.close()
  return { database, url: receiver.url }
}

t.test('a list shows the newest first with their state', async t => {
  const { database } = await failed(t, 3)
  const { stdout } = await cli(['deliveries', 'list', '--database', database, '--limit', '2'])
  t.match(stdout, /^DELIVERY +STATE +EVENT +ENDPOINT +ATTEMPTS +STORED +NEXT\n3 +exhausted +fp_upload_3 +ep_\S+ +1 +\S.*\n2 +exhausted +fp_upload_2 .*\n$/)
})

t.test('one delivery shows its attempts, and a receiver\'s answer cannot speak to the terminal', async t => {
  const { database } = await failed(t, 1)
  const { stdout } = await cli(['deliveries', 'show', '1', '--database', database])
  t.match(stdout, /#1 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +500 +\d+ ms +127\.0\.0\.1 +no \[31m way/)
  t.notOk(stdout.includes('\u001b'))
})

t.test('all that the filters find are sent again', async t => {
  const { database } = await failed(t, 5)
  t.match(await cli(['deliveries', 'resend', '--state', 'exhausted', '--since', '1h', '--database', database]), { code: 0, stdout: '5 deliveries sent again.\n' })
  const waiting = JSON.parse((await cli(['deliveries', 'list', '--state', 'pending', '--json', '--database', database])).stdout)
  t.equal(waiting.length, 5)
  t.match(waiting[0], { origin: 'resend', series: 1 })
})

t.test('one is sent again by its id', async t => {
  const { database } = await failed(t, 1)
  t.match(await cli(['deliveries', 'resend', '1', '--database', database]), { code: 0, stdout: '1 is sent again as 2.\n' })
})

t.test('resend wants either ids or filters', async t => {
  t.equal((await cli(['deliveries', 'resend'])).code, 2)
  t.equal((await cli(['deliveries', 'resend', '1', '--state', 'exhausted'])).code, 2)
})

t.test('an unknown delivery is exit code 1', async t => {
  const { database } = await failed(t, 1)
  t.match(await cli(['deliveries', 'show', '99', '--database', database]), { code: 1, stderr: /no delivery has the id 99/ })
})

t.test('recover says how many are on their way, and the second time that nothing was missed', async t => {
  const { database } = await failed(t, 2)
  const [{ endpointId }] = JSON.parse((await cli(['endpoints', 'list', '--json', '--database', database])).stdout)
  t.equal((await cli(['recover', endpointId, '--since', '1h', '--database', database])).stdout, '2 deliveries are on the way again.\n')
  t.equal((await cli(['recover', endpointId, '--since', '1h', '--database', database])).stdout, 'It has missed nothing.\n')
})

t.test('an event is erased, and erasing it again is exit code 1', async t => {
  const { database } = await failed(t, 1)
  t.equal((await cli(['erase', 'fp_upload_1', '--database', database])).code, 0)
  t.equal((await cli(['erase', 'fp_upload_1', '--database', database])).code, 1)
})
