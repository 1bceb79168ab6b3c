// A sender is killed again and again while it stores and delivers. Nothing that it said was stored may be lost, no
// delivery may have more than four numbered attempts, and every request that the receiver saw must be in the log.
//
//   pnpm exec tsc -b && node --conditions=contactsheet-source test/chaos/sender/kill.ts [--deliveries 100000] [--kills 200] [--postgres [--nodes 2]]
//
// With several nodes they work on one database side by side, and take turns at being killed. With --check nothing is
// written to test/results.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSender } from '@contactsheet/sender'
import { startPostgres } from '../../../packages/webhooks/test/postgres.ts'
import { atMost, report, told } from '../../results/report.ts'
import { startCountingReceiver, type CountingReceiver } from './counting-receiver.ts'
import type { FromChild, ToChild } from './kill-options.ts'

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '200' },
    postgres: { type: 'boolean', default: false },
    nodes: { type: 'string', default: '1' },
    check: { type: 'boolean', default: false }
  }
})
const deliveries = Number(values.deliveries)
const kills = Number(values.kills)
const nodes = Number(values.nodes)
if (nodes > 1 && !values.postgres) throw new Error('SQLite has one writer: give --postgres with --nodes')

const afterwards: Array<() => unknown> = []
const database = values.postgres
  ? await startPostgres({ teardown: (...work) => { afterwards.push(...work) } }, { isDurable: !values.check })
  : join(mkdtempSync(join(tmpdir(), 'contactsheet-kill-')), 'sender.sqlite')
const receiver = await startCountingReceiver({ failEvery: 20, delayMs: 12 })
const stored = new Set<number>()
const alive = new Map<number, ChildProcess>()

for (let life = 1; life <= kills; life++) {
  await letAllWork(Math.ceil(deliveries * life / kills))
  await untilStored(Math.floor(deliveries * (life - Math.random()) / kills))
  await pause(Math.random() * 50)
  await kill(life % nodes)
  if (life % 20 === 0) console.log(`${life} kills, ${stored.size} stored, ${receiver.requests} requests`)
}
await letAllWork(deliveries)
await Promise.all([...alive.values()].map(untilFinished))
for (const place of [...alive.keys()]) await kill(place)
await audit()
receiver.close()
for (const work of afterwards) await work()
if (!values.postgres) rmSync(join(database, '..'), { recursive: true })

/** Starts the senders that are not there, and has each store its share of what is not stored yet up to a number. */
async function letAllWork (upTo: number): Promise<void> {
  for (let place = 0; place < nodes; place++) {
    const child = alive.get(place) ?? await startLife(place)
    const missing = Array.from({ length: upTo }, (_, index) => index + 1).filter(id => id % nodes === place && !stored.has(id))
    child.send({ missing } satisfies ToChild)
  }
}

/** Resolves when the sender has begun. */
async function startLife (place: number): Promise<ChildProcess> {
  // Our packages as they are published: reading their TypeScript would take longer than the life lasts.
  const child = fork(join(import.meta.dirname, 'kill-sender.ts'), [database, receiver.url], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  child.on('message', ({ stored: id }: FromChild) => { if (id !== undefined) stored.add(id) })
  await once(child, 'message')
  alive.set(place, child)
  return child
}

async function kill (place: number): Promise<void> {
  const child = alive.get(place)
  alive.delete(place)
  child?.kill('SIGKILL')
  if (child) await once(child, 'exit')
}

async function untilStored (count: number): Promise<void> {
  while (stored.size < count) await pause(1)
}

/** Until all is stored and nothing is left to deliver. */
async function untilFinished (child: ChildProcess): Promise<void> {
  const finished = new Promise<void>(resolve => {
    child.on('message', ({ isIdle }: FromChild) => { if (isIdle) resolve() })
  })
  child.send({ tellWhenIdle: true } satisfies ToChild)
  await finished
}

async function audit (): Promise<void> {
  const sender = createSender({ database, schedule: [1], allow: ['127.0.0.1'] })
  const found = { lost: 0, unfinished: 0, mostAttempts: 0, unlogged: 0, unseen: 0, interrupted: 0, duplicates: 0, exhausted: 0 }
  const seen = new Set<number>()
  for (let after: string | undefined; ;) {
    const page = await sender.deliveries.list({ limit: 1_000, after })
    for (const { id } of page) {
      const delivery = await sender.deliveries.get(id)
      if (!delivery) throw new Error(`delivery ${id} cannot be read`)
      seen.add(Number(delivery.eventId.slice('e_'.length)))
      check(found, receiver, delivery)
    }
    after = page.at(-1)?.id
    if (page.length === 0) break
  }
  for (const id of stored) if (!seen.has(id)) found.lost++
  await sender.close()
  publish(found)
}

function check (found: Record<string, number>, { byId, accepted }: CountingReceiver, delivery: NonNullable<Awaited<ReturnType<ReturnType<typeof createSender>['deliveries']['get']>>>): void {
  const { attempts, state, eventId } = delivery
  const received = byId.get(eventId) ?? 0
  const answered = attempts.filter(({ status }) => status !== undefined).length
  found['interrupted'] = (found['interrupted'] ?? 0) + attempts.filter(({ outcome }) => outcome === 'interrupted').length
  found['mostAttempts'] = Math.max(found['mostAttempts'] ?? 0, ...attempts.map(({ number }) => number))
  if (state === 'exhausted') found['exhausted'] = (found['exhausted'] ?? 0) + 1
  else if (state !== 'delivered') found['unfinished'] = (found['unfinished'] ?? 0) + 1
  if (received > attempts.length) found['unlogged'] = (found['unlogged'] ?? 0) + received - attempts.length
  if (received < answered) found['unseen'] = (found['unseen'] ?? 0) + answered - received
  found['duplicates'] = (found['duplicates'] ?? 0) + Math.max(0, (accepted.get(eventId) ?? 0) - 1)
}

function publish (found: Record<string, number>): void {
  const store = `${values.postgres ? 'PostgreSQL' : 'SQLite'}${nodes > 1 ? `, ${nodes} nodes` : ''}`
  const checks = [
    atMost('acknowledged events that are missing', found['lost'] ?? 0, 0),
    atMost('deliveries left unfinished', found['unfinished'] ?? 0, 0),
    atMost('highest attempt number', found['mostAttempts'] ?? 0, 4),
    atMost('requests without a row in the log', found['unlogged'] ?? 0, 0),
    atMost('answered rows that the receiver never saw', found['unseen'] ?? 0, 0),
    atMost('duplicates (events accepted more than once), against attempts under way at the kills', found['duplicates'] ?? 0, found['interrupted'] ?? 0),
    told('deliveries exhausted after four refused attempts', found['exhausted'] ?? 0),
    told('requests', receiver.requests)
  ]
  report(`sender-kill-${values.postgres ? 'postgresql' : 'sqlite'}`, `${kills} × SIGKILL over ${deliveries.toLocaleString('en')} deliveries, ${store}`, checks, { isKept: !values.check })
  if (seenNothing(found)) process.exitCode = 1
}

/** A run in which no kill hit a request proves nothing. */
function seenNothing (found: Record<string, number>): boolean {
  return kills > 10 && (found['interrupted'] ?? 0) === 0
}

function pause (milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}
