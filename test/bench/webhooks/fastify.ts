// A whole Fastify request, in requests per second of the server's processor time: our route against one with standardwebhooks.
// Ours checks the schema and remembers each event besides.
//
//   pnpm --filter @contactsheet-test/bench run webhooks-fastify
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { signedRequest, type SignedRequest } from '@contactsheet/webhooks/testing'
import { median, print } from '../rounds.ts'
import { SIZES, eventOf } from './bodies.ts'

const KINDS = ['ours', 'standardwebhooks'] as const
const CONNECTIONS = 32
const ROUNDS = 7
const WARM_UP = 12
const REQUESTS = 2500
const PROGRAM = fileURLToPath(new URL('fastify-server.ts', import.meta.url))

interface Server { readonly child: ChildProcess, readonly port: number, readonly agent: Agent }
interface Told { readonly cpuMicroseconds: number, readonly handled: number }

async function start (kind: string): Promise<Server> {
  const child = fork(PROGRAM, [kind], { execArgv: ['--conditions=contactsheet-source'] })
  const [{ port }] = await once(child, 'message') as [{ port: number }]
  return { child, port, agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }) }
}

async function ask ({ child }: Server): Promise<Told> {
  child.send('cpu')
  const [told] = await once(child, 'message') as [Told]
  return told
}

function post ({ port, agent }: Server, { headers, body }: SignedRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, path: '/hooks', method: 'POST', headers: { ...headers, 'content-length': body.length } }, response => {
      response.resume()
      response.once('end', () => response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** Requests per second of the server's processor time. */
async function turn (server: Server, requests: readonly SignedRequest[]): Promise<number> {
  const before = await ask(server)
  let next = 0
  const work = async () => {
    for (let signed = requests[next++]; signed; signed = requests[next++]) await post(server, signed)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  const after = await ask(server)
  if (after.handled - before.handled !== requests.length) throw new Error('not every event was handled')
  return requests.length / ((after.cpuMicroseconds - before.cpuMicroseconds) / 1e6)
}

let firstId = 1
for (const [size, bytes] of Object.entries(SIZES)) {
  const count = bytes > 100_000 ? REQUESTS / 20 : REQUESTS
  const servers = await Promise.all(KINDS.map(start))
  const rates: number[][] = KINDS.map(() => [])
  // The first rounds do not count: the compiler works beside the server, on the same account. The order changes, so that none always
  // runs behind the other.
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const requests = Array.from({ length: count }, (_, n) => signedRequest(eventOf(bytes, firstId + n), { schemes: ['standard'] }))
    firstId += count
    const order = [...servers.entries()]
    for (const [index, server] of round % 2 === 0 ? order : order.reverse()) {
      const rate = await turn(server, requests)
      if (round >= 0) rates[index]?.push(rate)
    }
  }
  print(`Fastify route, ${size}, per second of the server's processor time`, new Map(KINDS.map((kind, index) => [kind, median(rates[index] ?? [])])), 'ours')
  for (const { child, agent } of servers) {
    agent.destroy()
    child.kill()
  }
}
