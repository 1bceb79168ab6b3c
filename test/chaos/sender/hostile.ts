// Receivers that drip, flood, stall and lie, with the sender's real limits: every attempt must end in time, and what it
// holds meanwhile must be small.
//
//   node --expose-gc --conditions=contactsheet-source test/chaos/sender/hostile.ts [--slots 20] [--check]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSender, type Delivery } from '@contactsheet/sender'
import { atMost, report, told, type Check } from '../../results/report.ts'
import type { BadPorts } from './bad-receivers.ts'
import { KILL_SECRET } from './kill-options.ts'

const { values } = parseArgs({ options: { slots: { type: 'string', default: '20' }, check: { type: 'boolean', default: false } } })
const slots = Number(values.slots)
const MEMORY_MS = 4_000
const { gc } = globalThis
if (!gc) throw new Error('run with --expose-gc: memory cannot be told from garbage otherwise')

const child = fork(join(import.meta.dirname, 'bad-receivers.ts'), { execArgv: ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning'] })
const [ports] = await once(child, 'message') as [BadPorts]
let lastId = 0
const kinds = Object.entries(ports)
const sender = createSender({
  database: ':memory:',
  schedule: [],
  breaker: false,
  totalConcurrency: 2 * slots * kinds.length,
  allow: ['127.0.0.1'],
  endpoints: kinds.map(([kind, port]) => ({
    url: `${kind === 'stalls in TLS' ? 'https' : 'http'}://127.0.0.1:${port}/`, events: [eventOf(kind)], secret: KILL_SECRET, concurrency: slots
  }))
})
await sender.start()
// Code that is compiled and memory that is set up once are no memory of a request.
await storeAll(1)
await releaseAll(kinds.length)
await storeAll(slots)
const emptyBytes = held()
const mostBytes = await releaseAll((slots + 1) * kinds.length)
const checks = await Promise.all(kinds.map(async ([kind]) => await checkKind(kind)))
report('sender-hostile', `Hostile receivers, ${slots} requests to each at once, limits of 5 s and 15 s`, [
  ...checks.flat(),
  atMost('most memory held for one request under way', Math.max(0, mostBytes - emptyBytes) / (slots * kinds.length) / 1024, 64, ' KiB')
], { isKept: !values.check })
await sender.close()
child.kill('SIGKILL')
await once(child, 'exit')

/** Stores some for each while the endpoints are disabled, so that the store's own memory is counted before. */
async function storeAll (count: number): Promise<void> {
  for (const { id } of await sender.endpoints.list()) await sender.endpoints.disable(id)
  for (const [kind] of kinds) {
    for (let index = 0; index < count; index++) await sender.send({ action: eventOf(kind), id: ++lastId })
  }
}

/** Lets everything go until so many are finished; answers the most memory held meanwhile. */
async function releaseAll (count: number): Promise<number> {
  let mostBytes = 0
  for (const { id } of await sender.endpoints.list()) await sender.endpoints.enable(id)
  for (const startedAt = performance.now(); ;) {
    // Collecting garbage holds the clock up: not while time limits end.
    if (performance.now() - startedAt < MEMORY_MS) mostBytes = Math.max(mostBytes, held())
    const { delivered, exhausted } = await sender.deliveries.counts()
    if (delivered + exhausted >= count) return mostBytes
    await new Promise(resolve => setTimeout(resolve, 250))
  }
}

async function checkKind (kind: string): Promise<Check[]> {
  const attempts = await Promise.all((await deliveriesOf(kind)).map(async ({ id }) => (await sender.deliveries.get(id))?.attempts[0]))
  const outcomes = new Set(attempts.map(attempt => attempt?.error ?? String(attempt?.status)))
  const longest = Math.max(...attempts.map(attempt => attempt?.timings?.totalMs ?? Infinity))
  return [
    atMost(`a receiver that ${kind}: longest attempt`, longest / 1000, 15.5, ' s'),
    told('its outcome', [...outcomes].join(', '))
  ]
}

async function deliveriesOf (kind: string): Promise<Delivery[]> {
  const all = await sender.deliveries.list({ limit: 100_000 })
  return all.filter(({ action }) => action === eventOf(kind))
}

function eventOf (kind: string): string {
  return `bad.${kind.replaceAll(' ', '-')}`
}

function held (): number {
  gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
