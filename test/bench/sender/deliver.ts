// How many signed deliveries per second, with every attempt logged durably, beside BullMQ doing the same work on a Redis
// that writes every command to disk. Then how long an event takes from its commit to the receiver at 1,000 per second.
//
//   node --conditions=contactsheet-source test/bench/sender/deliver.ts [--deliveries 20000] [--seconds 10]
import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Queue, Worker } from 'bullmq'
import { Pool } from 'undici'
import { createSender, type Sender } from '@contactsheet/sender'
import { createKeyring, signHeaders } from '@contactsheet/webhooks'
import { atLeast, atMost, percentile, report, told } from '../../results/report.ts'
import { BENCH_SECRET, callers, event } from './event.ts'
import { bareCommits } from './bare-commits.ts'
import { Cleanup, startProgram, startRedis, temporaryFolder } from './processes.ts'
import type { ReceiverReport } from './receiver.ts'

const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '20000' }, seconds: { type: 'string', default: '10' } } })
const deliveries = Number(values.deliveries)
const CALLERS = 32
const SLOTS = 64
const PACE = 1_000

const cleanup = new Cleanup()
try {
  const { child: receiver, first: port } = await startProgram<number>(cleanup, 'receiver.ts')
  const url = `http://127.0.0.1:${port}/hook`
  const sender = createSender({
    database: join(temporaryFolder(cleanup), 'sender.sqlite'), concurrency: SLOTS, allow: ['127.0.0.1'], endpoints: [{ url, secret: BENCH_SECRET }]
  })
  const before = process.cpuUsage()
  const rate = await ourRate(sender, receiver)
  const { user, system } = process.cpuUsage(before)
  const peerRate = await bullmqRate(url, receiver)
  const delays = await delaysAt(PACE, sender, receiver)
  await sender.close()
  report('sender-deliver', 'Signed deliveries with a full log, sender and receiver on the same CPUs', [
    atLeast('this package on SQLite', rate, 5_000, '/s'),
    told('BullMQ on Redis, appendfsync always', peerRate, '/s'),
    told('processor time of this package for one event, stored, signed, sent and logged', (user + system) / deliveries, ' µs'),
    atLeast('ratio', rate / peerRate, 2, ' ×'),
    atMost(`from commit to receiver at ${PACE.toLocaleString('en')}/s, p99`, percentile(delays, 0.99), 25, ' ms'),
    told('the same, median', percentile(delays, 0.5), ' ms'),
    told('for comparison, a bare commit of one row with fsync on this disk, p99', percentile(bareCommits(join(temporaryFolder(cleanup), 'bare.sqlite')), 0.99), ' ms')
  ])
} finally {
  await cleanup.run()
}

async function ourRate (sender: Sender, receiver: ChildProcess): Promise<number> {
  const [entry] = await sender.endpoints.list()
  const endpoint = entry?.endpointId ?? ''
  await sender.endpoints.disable(endpoint)
  await callers(deliveries, CALLERS, id => sender.send(event(id)))
  return await timed(receiver, async () => {
    await sender.endpoints.enable(endpoint)
  })
}

async function bullmqRate (url: string, receiver: ChildProcess): Promise<number> {
  const connection = { host: '127.0.0.1', port: await startRedis(cleanup) }
  const queue = new Queue('deliveries', { connection })
  await callers(deliveries, SLOTS, id => queue.add('deliver', event(id), { jobId: `fp_upload_${id}` }))
  const pool = new Pool(new URL(url).origin, { connections: SLOTS })
  const keyring = createKeyring(BENCH_SECRET)
  const worker = new Worker('deliveries', async ({ id = '', data }) => {
    const body = Buffer.from(JSON.stringify(data))
    const headers = signHeaders({ body, secrets: keyring, id, timestamp: Math.floor(Date.now() / 1000) })
    const answer = await pool.request({ path: '/hook', method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
    await answer.body.dump()
    return { status: answer.statusCode }
  }, { connection, concurrency: SLOTS, autorun: false })
  const rate = await timed(receiver, async () => {
    worker.run().catch(error => { throw error })
  })
  await worker.close()
  await queue.close()
  await pool.close()
  return rate
}

/** Deliveries per second from the start until the receiver has had them all. */
async function timed (receiver: ChildProcess, start: () => Promise<void>): Promise<number> {
  receiver.send({ expect: deliveries })
  const startedAt = performance.now()
  await start()
  await once(receiver, 'message')
  return deliveries / (performance.now() - startedAt) * 1000
}

/** Milliseconds from the moment `send` resolved to the arrival, for a steady stream of events. */
async function delaysAt (perSecond: number, sender: Sender, receiver: ChildProcess): Promise<number[]> {
  const count = perSecond * Number(values.seconds)
  const storedAt = new Map<string, bigint>()
  receiver.send({ expect: count, times: true })
  const arrived = once(receiver, 'message') as Promise<[ReceiverReport]>
  const startedAt = performance.now()
  let sent = 0
  await new Promise<void>(resolve => {
    const timer = setInterval(() => {
      const due = Math.min(count, Math.floor((performance.now() - startedAt) / 1000 * perSecond))
      for (; sent < due; sent++) {
        sender.send(event(1_000_000 + sent)).then(({ id }) => storedAt.set(id, process.hrtime.bigint()))
      }
      if (sent < count) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  const [{ arrivedAt }] = await arrived
  return Object.entries(arrivedAt).map(([id, at]) => Number(BigInt(at) - (storedAt.get(id) ?? BigInt(at))) / 1e6)
}
