// A whole Fastify request, in processor time of the server's process: our route against one with standardwebhooks, and one by hand.
// Ours checks the schema and remembers each event besides.
//
//   pnpm --filter @contactsheet-test/bench run webhooks-fastify
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { signedRequest } from '@contactsheet/webhooks/testing'
import { atLeast, report, told, type Check } from '../../results/report.ts'
import { median, print } from '../rounds.ts'
import { EVENTS } from './bodies.ts'
import { openLoad, wireBytes, type Load } from './load.ts'

const KINDS = ['ours', 'standardwebhooks', 'node:crypto by hand'] as const
const CONNECTIONS = 32
// How the compiler takes a program differs from one process to the next, by more than the rounds of one process do.
const PROCESSES = 5
const WARM_UP = 8
const ROUNDS = 7
const SIZES = [['300 B', 1500, 1.3], ['10 KB', 500, 2.1], ['200 KB', 40, undefined]] as const
const PROGRAM = fileURLToPath(new URL('fastify-server.ts', import.meta.url))

interface Server { readonly child: ChildProcess, readonly load: Load, readonly rates: number[] }
interface Told { readonly cpuMicroseconds: number, readonly handled: number }

async function start (kind: string): Promise<Server> {
  const child = fork(PROGRAM, [kind], { execArgv: ['--conditions=contactsheet-source'] })
  const [{ port }] = await once(child, 'message') as [{ port: number }]
  return { child, load: await openLoad(port, CONNECTIONS), rates: [] }
}

async function ask ({ child }: Server): Promise<Told> {
  child.send('cpu')
  const [answer] = await once(child, 'message') as [Told]
  return answer
}

/** Requests per second of the server's processor time. */
async function turn (server: Server, requests: readonly Buffer[]): Promise<number> {
  const before = await ask(server)
  await server.load.send(requests)
  const after = await ask(server)
  if (after.handled - before.handled !== requests.length) throw new Error('not every event was handled')
  return requests.length / ((after.cpuMicroseconds - before.cpuMicroseconds) / 1e6)
}

let nextId = 1

/** One process of each kind, in turns whose order changes; the first rounds only warm up. Answers each one's median. */
async function measure (size: keyof typeof EVENTS, count: number): Promise<number[]> {
  const servers = await Promise.all(KINDS.map(start))
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const requests = Array.from({ length: count }, () => wireBytes(signedRequest(EVENTS[size](nextId++), { schemes: ['standard'] })))
    for (const server of round % 2 === 0 ? servers : [...servers].reverse()) {
      const rate = await turn(server, requests)
      if (round >= 0) server.rates.push(rate)
    }
  }
  for (const { child, load } of servers) {
    load.close()
    child.kill()
  }
  return servers.map(({ rates }) => median(rates))
}

const checks: Check[] = []
for (const [size, count, goal] of SIZES) {
  const measured: number[][] = []
  for (let n = 0; n < PROCESSES; n += 1) measured.push(await measure(size, count))
  const rates = new Map(KINDS.map((kind, index) => [kind, median(measured.map(rate => rate[index] ?? NaN))] as const))
  print(`Fastify route, ${size}, per second of the server's processor time`, rates, 'ours')
  const ratioTo = (kind: typeof KINDS[number]) => (rates.get('ours') ?? NaN) / (rates.get(kind) ?? NaN)
  checks.push(
    told(`${size}: requests per second of processor time`, rates.get('ours') ?? NaN),
    goal === undefined
      ? told(`${size}: standardwebhooks`, ratioTo('standardwebhooks'), ' ×')
      : atLeast(`${size}: standardwebhooks`, ratioTo('standardwebhooks'), goal, ' ×'),
    told(`${size}: a route with node:crypto by hand`, ratioTo('node:crypto by hand'), ' ×')
  )
}
report('webhooks-fastify', 'A webhook in a Fastify route', checks)
