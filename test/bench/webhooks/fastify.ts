// A whole Fastify request, in processor time of the server's process: our route against one with standardwebhooks, one by hand, and one that
// checks nothing, which is what all of them pay for Fastify, HTTP and the kernel. Ours checks the schema and remembers each event besides.
//
// The server has a processor to itself and the client has the others, so neither moves about nor pushes the other's work out of its caches.
// All kinds take turns of some 50 ms. A ratio is that of two turns of one round, and the median of all rounds: the speed of the machine may
// change from one second to the next, and the turns of a round are close to each other.
//
//   pnpm --filter @contactsheet-test/bench run webhooks-fastify
import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { signedRequest } from '@contactsheet/webhooks/testing'
import { atLeast, report, told, type Check } from '../../results/report.ts'
import { median, print } from '../rounds.ts'
import { EVENTS } from './bodies.ts'
import { openLoad, wireBytes, type Load } from './load.ts'

const KINDS = ['ours', 'standardwebhooks', 'node:crypto by hand', 'no check'] as const
const SERVER_PROCESSOR = '0'
const CLIENT_PROCESSORS = `1-${availableParallelism() - 1}`
const CONNECTIONS = 32
// How the compiler takes a program differs from one process to the next, by more than the rounds of one process do.
const PROCESSES = 5
const WARM_UP = 8
const ROUNDS = 7
const SIZES = [['300 B', 1500, 1.3], ['10 KB', 500, 2.1], ['200 KB', 40, undefined]] as const
const PROGRAM = fileURLToPath(new URL('fastify-server.ts', import.meta.url))

interface Server { readonly kind: typeof KINDS[number], readonly child: ChildProcess, readonly load: Load }
interface Told { readonly cpuMicroseconds: number, readonly handled: number }

async function start (kind: typeof KINDS[number]): Promise<Server> {
  const child = fork(PROGRAM, [kind], { execPath: 'taskset', execArgv: ['-c', SERVER_PROCESSOR, process.execPath, '--conditions=contactsheet-source'] })
  const [{ port }] = await once(child, 'message') as [{ port: number }]
  return { kind, child, load: await openLoad(port, CONNECTIONS) }
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

/** The rates of each kind, round by round. */
type Rates = Readonly<Record<typeof KINDS[number], number[]>>

/** One process of each kind, in turns whose order changes; the first rounds only warm up. */
async function measure (size: keyof typeof EVENTS, count: number, rates: Rates): Promise<void> {
  const servers = await Promise.all(KINDS.map(start))
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const requests = Array.from({ length: count }, () => wireBytes(signedRequest(EVENTS[size](nextId++), { schemes: ['standard'] })))
    for (const server of round % 2 === 0 ? servers : [...servers].reverse()) {
      const rate = await turn(server, requests)
      if (round >= 0) rates[server.kind].push(rate)
    }
  }
  for (const { child, load } of servers) {
    load.close()
    child.kill()
  }
}

if (availableParallelism() < 2) throw new Error('the server and the client need a processor each')
execFileSync('taskset', ['-apc', CLIENT_PROCESSORS, String(process.pid)])
const checks: Check[] = []
for (const [size, count, goal] of SIZES) {
  const rates: Rates = { ours: [], standardwebhooks: [], 'node:crypto by hand': [], 'no check': [] }
  for (let n = 0; n < PROCESSES; n += 1) await measure(size, count, rates)
  print(`Fastify route, ${size}, per second of the server's processor time`, new Map(KINDS.map(kind => [kind, median(rates[kind])])), 'ours')
  const ratio = (one: keyof Rates, other: keyof Rates) => median(rates[one].map((rate, round) => rate / (rates[other][round] ?? NaN)))
  const reached = ratio('ours', 'standardwebhooks')
  checks.push(
    told(`${size}: requests per second of processor time`, median(rates.ours)),
    goal === undefined ? told(`${size}: standardwebhooks`, reached, ' ×') : atLeast(`${size}: standardwebhooks`, reached, goal, ' ×'),
    told(`${size}: a route with node:crypto by hand`, ratio('ours', 'node:crypto by hand'), ' ×'),
    told(`${size}: that route by hand, standardwebhooks`, ratio('node:crypto by hand', 'standardwebhooks'), ' ×'),
    told(`${size}: a route that checks nothing, standardwebhooks`, ratio('no check', 'standardwebhooks'), ' ×')
  )
}
report('webhooks-fastify', 'A webhook in a Fastify route', checks)
