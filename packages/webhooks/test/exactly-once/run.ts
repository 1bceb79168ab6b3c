import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { fixture, signedRequest } from '../../src/testing.ts'

export interface ExactlyOnceOptions {
  readonly connectionString: string
  readonly events: number
  /** How often each event is sent, at once. */
  readonly copies: number
  readonly processes: number
  /** When one process after the other is killed with SIGKILL, to be started anew: by the clock, or, where a busy machine would do nothing but start them, by what was delivered. */
  readonly kill: { readonly everyMs: number } | { readonly everyEvents: number }
  /** Events on their way at the same time. */
  readonly inFlight: number
}

export interface ExactlyOnceReport {
  readonly effects: number
  readonly distinct: number
  readonly requests: number
  readonly kills: number
  readonly answers: Readonly<Record<string, number>>
  readonly seconds: number
}

const PROGRAM = fileURLToPath(new URL('receiver-process.ts', import.meta.url))

/** Sends every event in several copies at once to receivers that are being killed, until each copy was answered 200. */
export async function runExactlyOnce (options: ExactlyOnceOptions): Promise<ExactlyOnceReport> {
  const { connectionString, events, copies, kill, inFlight } = options
  const pool = new pg.Pool({ connectionString, max: 1 })
  await pool.query('CREATE TABLE effects (event_id bigint NOT NULL)')
  const fleet = await startFleet(options)
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const answers: Record<string, number> = {}
  const startedAt = performance.now()
  const killer = 'everyMs' in kill ? setInterval(fleet.killOne, kill.everyMs) : undefined

  async function deliver (id: number, copy: number): Promise<void> {
    for (;;) {
      const answer = await post(agent, fleet.ports[(id + copy) % fleet.ports.length], id)
      answers[answer] = (answers[answer] ?? 0) + 1
      if (answer === '200') return
      await delay(100)
    }
  }

  let next = 0
  const work = async () => {
    for (let id = next++; id < events; id = next++) {
      const deliveries = Array.from({ length: copies }, (_, copy) => deliver(id, copy))
      if ('everyEvents' in kill && id % kill.everyEvents === 0) fleet.killOne()
      await Promise.all(deliveries)
    }
  }
  try {
    await Promise.all(Array.from({ length: inFlight }, work))
    const { rows: [count] } = await pool.query('SELECT count(*)::int AS effects, count(DISTINCT event_id)::int AS distinct FROM effects')
    const requests = Object.values(answers).reduce((sum, times) => sum + times, 0)
    return { ...count, requests, kills: fleet.kills(), answers, seconds: (performance.now() - startedAt) / 1000 }
  } finally {
    clearInterval(killer)
    agent.destroy()
    await fleet.stop()
    await pool.end()
  }
}

async function startFleet ({ connectionString, processes }: ExactlyOnceOptions) {
  const children: Array<ChildProcess | undefined> = []
  // The port of each process that listens; none while it starts.
  const ports: Array<number | undefined> = Array.from({ length: processes }, () => undefined)
  let kills = 0
  let isStopped = false

  async function start (index: number): Promise<void> {
    const child = fork(PROGRAM, [connectionString], { execArgv: ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning'] })
    children[index] = child
    child.once('message', ({ port }: { port: number }) => { ports[index] = port })
    child.once('exit', () => {
      ports[index] = undefined
      if (!isStopped) start(index).catch(() => {})
    })
    await Promise.race([once(child, 'message'), once(child, 'exit')])
  }

  await Promise.all(ports.map((_, index) => start(index)))
  return {
    ports,
    kills: () => kills,
    killOne (): void {
      // Only one that listens: a machine so busy that starting takes longer than the time between two kills would get nowhere.
      const index = ports.findIndex((port, index) => port !== undefined && index >= kills % processes)
      if (index !== -1 && children[index]?.kill('SIGKILL')) kills += 1
    },
    async stop () {
      isStopped = true
      const gone = children.map(async child => child && child.exitCode === null && child.signalCode === null && await once(child, 'exit'))
      for (const child of children) child?.kill('SIGKILL')
      await Promise.all(gone)
    }
  }
}

/** The status of the answer, or the code of the error that came instead, or that there is nobody to ask yet. */
function post (agent: Agent, port: number | undefined, id: number): Promise<string> {
  if (port === undefined) return Promise.resolve('starting')
  const { headers, body } = signedRequest(fixture('fp.upload', { id }))
  return new Promise(resolve => {
    const sent = request({ agent, host: '127.0.0.1', port, path: '/hooks', method: 'POST', headers: { ...headers, 'content-length': body.length } }, response => {
      response.resume()
      response.once('close', () => resolve(response.complete ? String(response.statusCode) : 'broken off'))
    })
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    sent.end(body)
  })
}
