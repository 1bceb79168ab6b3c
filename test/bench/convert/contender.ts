import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Agent, request } from 'undici'
import { getRequest, openHttpLoad } from '../http-load.ts'
import { photoFolder } from './photos.ts'

export interface Load {
  /** Requests per second. */
  rate: number
  /** Processor time of the server and its children for one request, milliseconds. */
  cpuMs: number
  latenciesMs: number[]
  statuses: Record<number, number>
  bytes: number
}

export interface Contender {
  name: string
  path: (photo: number, format: string, width: number, height?: number) => string
  /** Sends so many requests, so many at a time. */
  load: (paths: readonly string[], concurrency: number, headers?: Record<string, string>) => Promise<Load>
  /** Sends the same request again and again, over so many connections, and does less for each than the server. */
  repeat: (path: string, times: number, connections: number, headers?: Record<string, string>) => Promise<Load>
  get: (path: string) => Promise<{ status: number, headers: Record<string, string | string[] | undefined>, body: Buffer }>
  /** Resident bytes of the server and its children; what they share counts once (PSS). */
  residentBytes: () => number
  close: () => Promise<void>
}

const TICKS_PER_SECOND = 100
const KIB = 1_024

/**
 * Starts one of the servers in a process of its own. Ours runs as it is published, like its peers: from what the build made.
 *
 * @param processors - what the server and its children may use, as taskset(1) takes it; absent: all
 */
export async function startContender (kind: string, options: object = {}, { processors }: { processors?: string } = {}): Promise<Contender> {
  const [execPath, ...before] = [...(processors === undefined ? [] : ['taskset', '-c', processors]), process.execPath]
  const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [kind, await photoFolder(), JSON.stringify(options)], {
    execPath, execArgv: [...before, '--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  const [ready] = await once(child, 'message') as [{ port: number, paths: string[] }]
  const agent = new Agent({ connections: 256, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 })
  const origin = `http://127.0.0.1:${ready.port}`

  async function get (path: string, headers: Record<string, string> = {}): ReturnType<Contender['get']> {
    const answer = await request(origin + path, { dispatcher: agent, headers })
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) }
  }

  return {
    name: kind,
    get,
    path: (photo, format, width, height = width) => (ready.paths[photo % ready.paths.length] ?? '').replace('{format}', format).replace('{w}', String(width)).replace('{h}', String(height)),
    residentBytes: () => treeOf(child).reduce((sum, pid) => sum + proportionalBytes(pid), 0),
    async load (paths, concurrency, headers) {
      const before = cpuTicks(child)
      const load: Load = { rate: 0, cpuMs: 0, latenciesMs: [], statuses: {}, bytes: 0 }
      const waiting = paths.values()
      const start = performance.now()
      await Promise.all(Array.from({ length: concurrency }, async () => {
        for (const path of waiting) {
          const begun = performance.now()
          const { status, body } = await get(path, headers)
          load.latenciesMs.push(performance.now() - begun)
          load.statuses[status] = (load.statuses[status] ?? 0) + 1
          load.bytes += body.length
          // Whoever was refused does not hammer on.
          if (status === 503) await new Promise(resolve => setTimeout(resolve, 500))
        }
      }))
      load.rate = paths.length / (performance.now() - start) * 1_000
      load.cpuMs = (cpuTicks(child) - before) / TICKS_PER_SECOND * 1_000 / paths.length
      return load
    },
    async repeat (path, times, connections, headers = {}) {
      const load = await openHttpLoad(ready.port, connections)
      const [before, sent] = [cpuTicks(child), getRequest(path, headers)]
      const { durationMs, ...answers } = await load.send(Array.from({ length: times }, () => sent))
      const cpuMs = (cpuTicks(child) - before) / TICKS_PER_SECOND * 1_000 / times
      load.close()
      return { ...answers, cpuMs, rate: times / durationMs * 1_000 }
    },
    async close () {
      await agent.close()
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    }
  }
}

/** A process and all below it. @see proc(5) */
function treeOf ({ pid = 0 }: ChildProcess): number[] {
  const parents = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(name => [Number(name), Number(statOf(Number(name))[3])] as const)
  const tree = [pid]
  for (const member of tree) tree.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child))
  return tree
}

/** User and system time, of children that have ended too. */
function cpuTicks (child: ChildProcess): number {
  return treeOf(child).reduce((sum, pid) => sum + statOf(pid).slice(13, 17).reduce((ticks, field) => ticks + Number(field), 0), 0)
}

/** @see proc(5), smaps_rollup */
function proportionalBytes (pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0) * KIB
}

function statOf (pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const end = text.lastIndexOf(')')
    return ['', '', ...text.slice(end + 2).split(' ')]
  } catch {
    return []
  }
}
