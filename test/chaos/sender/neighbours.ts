// A hundred endpoints get the same load again and again: in one run all of them answer, in the next half of them are dead,
// silent or dripping. The other half must not notice. Runs take turns, in changing order, so that a busy machine and code that
// is not compiled yet trouble both kinds alike; of each figure the median over the rounds counts.
//
//   node --conditions=contactsheet-source test/chaos/sender/neighbours.ts [--endpoints 100] [--rounds 5] [--seconds 8] [--rate 1000] [--check]
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSender } from '@contactsheet/sender'
import { atLeast, atMost, percentile, report, told } from '../../results/report.ts'
import type { BadPorts } from './bad-receivers.ts'
import { KILL_SECRET } from './kill-options.ts'

const { values } = parseArgs({
  options: {
    endpoints: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
    rate: { type: 'string', default: '1000' },
    check: { type: 'boolean', default: false }
  }
})
const half = Math.floor(Number(values.endpoints) / 2)
const seconds = Number(values.seconds)
const rate = Number(values.rate)
const BAD: Array<keyof BadPorts> = ['is closed', 'never answers', 'drips its body', 'drips its headers', 'hangs up']

interface Run {
  perSecond: number
  p99Ms: number
  medianMs: number
}

const children: ChildProcess[] = []
const [port] = await start<number>('../../bench/sender/receiver.ts')
const [ports] = await start<BadPorts>('bad-receivers.ts')
const healthy = (name: string): string => `http://127.0.0.1:${port}/${name}`
const neighbours = {
  calm: (index: number) => healthy(`neighbour${index}`),
  troubled: (index: number) => `http://127.0.0.1:${ports[BAD[index % BAD.length] ?? 'is closed']}/neighbour${index}`
}
const runs: Record<keyof typeof neighbours, Run[]> = { calm: [], troubled: [] }
for (let round = 0; round < Number(values.rounds); round++) {
  for (const kind of round % 2 === 0 ? ['calm', 'troubled'] as const : ['troubled', 'calm'] as const) runs[kind].push(await run(neighbours[kind]))
}
const [calm, troubled] = [middle(runs.calm), middle(runs.troubled)]
report('sender-neighbours', `${half} endpoints beside ${half} that are dead, silent, dripping or hanging up, ${rate} events per second`, [
  atLeast('their throughput, of what it is beside healthy ones', troubled.perSecond / calm.perSecond * 100, 95, ' %'),
  atMost('p99 from commit to receiver, as a multiple', troubled.p99Ms / calm.p99Ms, 1.2, ' ×'),
  told('p99 beside healthy ones', calm.p99Ms, ' ms'),
  told('p99 beside bad ones', troubled.p99Ms, ' ms'),
  told('median beside healthy ones', calm.medianMs, ' ms'),
  told('median beside bad ones', troubled.medianMs, ' ms')
], { isKept: !values.check })
for (const child of children) child.kill('SIGKILL')

async function start<Message> (file: string): Promise<[Message]> {
  const child = fork(join(import.meta.dirname, file))
  children.push(child)
  return await once(child, 'message') as [Message]
}

/** Of each figure the median over the rounds. */
function middle (list: readonly Run[]): Run {
  const of = (figure: keyof Run): number => percentile(list.map(run => run[figure]), 0.5)
  return { perSecond: of('perSecond'), p99Ms: of('p99Ms'), medianMs: of('medianMs') }
}

/** Sends a steady stream over all endpoints and times what the healthy half gets. */
async function run (neighbourUrl: (index: number) => string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'contactsheet-neighbours-'))
  const indexes = Array.from({ length: half }, (_, index) => index)
  const sender = createSender({
    database: join(folder, 'sender.sqlite'),
    allow: ['127.0.0.1'],
    endpoints: [
      ...indexes.map(index => ({ url: healthy(`watched${index}`), events: [`watched.${index}`], secret: KILL_SECRET })),
      ...indexes.map(index => ({ url: neighbourUrl(index), events: [`neighbour.${index}`], secret: KILL_SECRET }))
    ]
  })
  await sender.start()
  const { storedAt, arrivedAt, tookMs } = await stream(sender)
  const delays = [...storedAt].map(([id, at]) => Number(BigInt(arrivedAt[id] ?? at) - at) / 1e6)
  await sender.close()
  rmSync(folder, { recursive: true })
  return { perSecond: delays.length / tookMs * 1000, p99Ms: percentile(delays, 0.99), medianMs: percentile(delays, 0.5) }
}

async function stream (sender: ReturnType<typeof createSender>): Promise<{ storedAt: Map<string, bigint>, arrivedAt: Record<string, string>, tookMs: number }> {
  const [receiver] = children
  if (!receiver) throw new Error('the receiver has not started')
  const count = rate * seconds
  const storedAt = new Map<string, bigint>()
  receiver.send({ only: 'watched', expect: Math.ceil(count / 2), times: true })
  const arrived = once(receiver, 'message') as Promise<[{ arrivedAt: Record<string, string> }]>
  const startedAt = performance.now()
  let sent = 0
  await new Promise<void>(resolve => {
    const timer = setInterval(() => {
      for (const due = Math.min(count, (performance.now() - startedAt) / 1000 * rate); sent < due; sent++) send(sender, sent, storedAt)
      if (sent < count) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  const [{ arrivedAt }] = await arrived
  return { storedAt, arrivedAt, tookMs: performance.now() - startedAt }
}

function send (sender: ReturnType<typeof createSender>, nth: number, storedAt: Map<string, bigint>): void {
  const isWatched = nth % 2 === 0
  const action = `${isWatched ? 'watched' : 'neighbour'}.${(nth >> 1) % half}`
  sender.send({ action, id: nth }).then(({ id }) => {
    if (isWatched) storedAt.set(id, process.hrtime.bigint())
  }, error => { throw error })
}
