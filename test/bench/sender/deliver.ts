// How many signed deliveries per second, with every attempt logged durably, beside BullMQ on a Redis that writes every command
// to disk. Then how long an event takes from its commit to the receiver at 1,000 per second.
//
// BullMQ runs twice: with the log of attempts that it keeps by itself, which has less in it than ours, and with `job.log` before
// and after each request, so that both keep the same. The goal is held against the second, which does the same work.
//
//   node --conditions=contactsheet-source test/bench/sender/deliver.ts [--deliveries 20000] [--rounds 3] [--seconds 10]
import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSender, type Sender } from '@contactsheet/sender'
import { atLeast, atMost, percentile, report, told } from '../../results/report.ts'
import { bareCommits } from './bare-commits.ts'
import { bullmqDeliveries, type BullmqLog } from './bullmq-deliveries.ts'
import { BENCH_SECRET, callers, event } from './event.ts'
import { Cleanup, startProgram, temporaryFolder } from './processes.ts'
import type { ReceiverReport } from './receiver.ts'

const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '10' } } })
const deliveries = Number(values.deliveries)
const CALLERS = 32
const SLOTS = 64
const PACE = 1_000

const cleanup = new Cleanup()
try {
  const { child: receiver, first: port } = await startProgram<number>(cleanup, 'receiver.ts')
  const url = `http://127.0.0.1:${port}/hook`
  const rounds: Round[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const ours = await ourRound(url, receiver)
    rounds.push({ ...ours, ownLog: await bullmqRate(url, receiver, 'own'), fullLog: await bullmqRate(url, receiver, 'full') })
  }
  const delays = await delaysAt(PACE, url, receiver)
  const of = (figure: keyof Round): number => percentile(rounds.map(round => round[figure]), 0.5)
  report('sender-deliver', `Signed deliveries with a full log, sender and receiver on the same CPUs, medians of ${rounds.length} rounds in turn`, [
    atLeast('this package on SQLite', of('rate'), 5_000, '/s'),
    told('BullMQ on Redis, appendfsync always, with the same log by job.log', of('fullLog'), '/s'),
    atLeast('ratio', of('rate') / of('fullLog'), 2, ' ×'),
    told('BullMQ on Redis, appendfsync always, with no log but its own', of('ownLog'), '/s'),
    told('ratio', of('rate') / of('ownLog'), ' ×'),
    told('processor time of this package for one event, stored, signed, sent and logged', of('cpuMicros'), ' µs'),
    atMost(`from commit to receiver at ${PACE.toLocaleString('en')}/s, p99`, percentile(delays, 0.99), 25, ' ms'),
    told('the same, median', percentile(delays, 0.5), ' ms'),
    told('for comparison, a bare commit of one row with fsync on this disk, p99', percentile(bareCommits(join(temporaryFolder(cleanup), 'bare.sqlite')), 0.99), ' ms')
  ])
} finally {
  await cleanup.run()
}

interface Round {
  rate: number
  cpuMicros: number
  ownLog: number
  fullLog: number
}

function openSender (url: string): Sender {
  return createSender({
    database: join(temporaryFolder(cleanup), 'sender.sqlite'), concurrency: SLOTS, allow: ['127.0.0.1'], endpoints: [{ url, secret: BENCH_SECRET }]
  })
}

async function ourRound (url: string, receiver: ChildProcess): Promise<Pick<Round, 'rate' | 'cpuMicros'>> {
  const before = process.cpuUsage()
  const sender = openSender(url)
  const [entry] = await sender.endpoints.list()
  const endpoint = entry?.endpointId ?? ''
  await sender.endpoints.disable(endpoint)
  await callers(deliveries, CALLERS, id => sender.send(event(id)))
  const rate = await timed(receiver, () => sender.endpoints.enable(endpoint))
  await sender.close()
  const { user, system } = process.cpuUsage(before)
  return { rate, cpuMicros: (user + system) / deliveries }
}

async function bullmqRate (url: string, receiver: ChildProcess, log: BullmqLog): Promise<number> {
  const peer = await bullmqDeliveries(cleanup, url, SLOTS, log)
  await peer.store(deliveries, SLOTS)
  const rate = await timed(receiver, async () => peer.start())
  await peer.close()
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
async function delaysAt (perSecond: number, url: string, receiver: ChildProcess): Promise<number[]> {
  const sender = openSender(url)
  await sender.start()
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
  await sender.close()
  return Object.entries(arrivedAt).map(([id, at]) => Number(BigInt(at) - (storedAt.get(id) ?? BigInt(at))) / 1e6)
}
