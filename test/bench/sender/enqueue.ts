// How many events per second are stored durably, one by one and by 32 callers, beside BullMQ on a Redis that writes every
// command to disk, and pg-boss on PostgreSQL. Nothing is delivered: the endpoint is disabled, the workers are absent.
//
//   node --conditions=contactsheet-source test/bench/sender/enqueue.ts [--events 40000]
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Queue } from 'bullmq'
import { PgBoss } from 'pg-boss'
import { createSender } from '@contactsheet/sender'
import { atLeast, report, told, type Check } from '../../results/report.ts'
import { bareCommits } from './bare-commits.ts'
import { BENCH_SECRET, event, rateOf } from './event.ts'
import { Cleanup, startPostgresFor, startRedis, temporaryFolder } from './processes.ts'

const { values } = parseArgs({ options: { events: { type: 'string', default: '40000' } } })
const events = Number(values.events)
const WIDTH = 32
const ROUNDS = 3

interface Contender {
  store (id: number): Promise<unknown>
  close (): Promise<unknown>
}

async function ours (cleanup: Cleanup): Promise<Contender> {
  const sender = createSender({
    database: join(temporaryFolder(cleanup), 'sender.sqlite'), endpoints: [{ url: 'https://receiver.example/', secret: BENCH_SECRET }]
  })
  const [entry] = await sender.endpoints.list()
  await sender.endpoints.disable(entry?.id ?? '')
  return { store: id => sender.send(event(id)), close: () => sender.close() }
}

async function bullmq (cleanup: Cleanup): Promise<Contender> {
  const queue = new Queue('deliveries', { connection: { host: '127.0.0.1', port: await startRedis(cleanup) } })
  return { store: id => queue.add('deliver', event(id), { jobId: `fp_upload_${id}` }), close: () => queue.close() }
}

async function pgBoss (cleanup: Cleanup): Promise<Contender> {
  const boss = new PgBoss({ connectionString: await startPostgresFor(cleanup), max: WIDTH, supervise: false })
  await boss.start()
  await boss.createQueue('deliveries')
  return { store: id => boss.send('deliveries', event(id)), close: () => boss.stop({ graceful: false }) }
}

const cleanup = new Cleanup()
try {
  const contenders = { 'this package on SQLite': await ours(cleanup), 'BullMQ on Redis, appendfsync always': await bullmq(cleanup), 'pg-boss on PostgreSQL': await pgBoss(cleanup) }
  const rates = new Map<string, number>()
  let first = 1
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, { store }] of Object.entries(contenders)) {
      for (const width of [1, WIDTH]) {
        const count = Math.ceil(events / ROUNDS / (width === 1 ? 4 : 1) / (name.startsWith('this') ? 1 : 4))
        const offset = first
        first += count
        const key = `${name}, ${width === 1 ? 'one by one' : `${width} callers`}`
        rates.set(key, Math.max(rates.get(key) ?? 0, await rateOf(count, width, id => store(offset + id))))
      }
    }
  }
  const goals: Record<string, number> = { 'this package on SQLite, one by one': 5_000, [`this package on SQLite, ${WIDTH} callers`]: 40_000 }
  rates.set('for comparison, bare commits of one row with fsync on this disk', bareCommits(join(temporaryFolder(cleanup), 'bare.sqlite')).length)
  report('sender-enqueue', 'Durable enqueues per second, best of three rounds in turn', [...rates].map(([what, rate]): Check => {
    const goal = goals[what]
    return goal === undefined ? told(what, rate, '/s') : atLeast(what, rate, goal, '/s')
  }))
  for (const { close } of Object.values(contenders)) await close()
} finally {
  await cleanup.run()
}
