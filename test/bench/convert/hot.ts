// C7 and C8: what is known already. The same request again and again over 32 connections; rounds of the contenders take turns.
//
// Each server has one processor, and the client, which does less for a request than any of them, has the others: the rates tell of the
// servers. So a server that would use all processors (IPX converts at each request) is given what one gets that can use only one (Fastify
// sends what it has); IPX with all of them is told beside it.
//
// Bare Fastify is measured three times: with a path of six characters and a content type, for the request that ours gets, and for that
// request with the headers that ours sends. What is between the first and the last is the work of Fastify and Node, in ours as well.
import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { atLeast, percentile, report, told, type Check } from '../../results/report.ts'
import { median } from '../rounds.ts'
import { startContender, type Contender, type Load } from './contender.ts'
import { photoFolder } from './photos.ts'

/** The first one warms up. */
const ROUNDS = 8
const CONNECTIONS = 32
const LAST = availableParallelism() - 1
const [SERVER, CLIENT, ALL] = ['0', `1-${LAST}`, `0-${LAST}`]

interface Work { title: string, kind: string, times: number, format?: string, isFresh?: boolean, processors?: string, rounds?: number }

const WORKS = {
  bare: { title: 'bare Fastify sends a buffer', kind: 'bare', times: 20_000 },
  addressed: { title: 'bare Fastify sends it for the request that ours gets', kind: 'addressed', times: 20_000 },
  dressed: { title: 'bare Fastify sends it for that request with the headers of ours', kind: 'dressed', times: 20_000 },
  ours: { title: 'ours, 200 from memory', kind: 'ours', times: 20_000 },
  bare304: { title: 'bare Fastify answers 304, without a header', kind: 'bare304', times: 20_000, isFresh: true },
  ours304: { title: 'ours, 304', kind: 'ours', times: 20_000, isFresh: true },
  ipx4304: { title: 'IPX 4, 304', kind: 'ipx4', times: 5_000, isFresh: true },
  jpeg: { title: 'IPX 3, 200, JPEG', kind: 'ipx3', times: 64 },
  webp: { title: 'IPX 3, 200, WebP', kind: 'ipx3', times: 64, format: 'webp' },
  avif: { title: 'IPX 3, 200, AVIF', kind: 'ipx3', times: 4, format: 'avif', rounds: 3 },
  jpegOnAll: { title: 'IPX 3 with all processors, 200, JPEG', kind: 'ipx3', times: 128, processors: ALL }
} as const satisfies Record<string, Work>
type WorkName = keyof typeof WORKS

if (LAST === 0) throw new Error('a server and the client need a processor each')
await photoFolder()
const contenders = new Map<string, Promise<Contender>>()
const works = await Promise.all((Object.entries(WORKS) as Array<[WorkName, Work]>).map(async ([name, work]) => ({ name, ...work, loads: [] as Load[], run: await prepare(work) })))
execFileSync('taskset', ['-apc', CLIENT, String(process.pid)])
for (let round = 0; round < ROUNDS; round++) for (const { rounds = ROUNDS, loads, run } of works) if (round < rounds) loads.push(await run())
for (const contender of contenders.values()) await (await contender).close()

const loadsOf = (name: WorkName): Load[] => works.find(work => work.name === name)?.loads.slice(1) ?? []
const rate = (name: WorkName): number => median(loadsOf(name).map(({ rate }) => rate))
const cpuUs = (name: WorkName): number => median(loadsOf(name).map(({ cpuMs }) => cpuMs * 1_000))

report('convert-hot', 'Conversions that are known: from memory, and 304', [
  ...works.map(({ name, title }) => lineOf(name, title)),
  atLeast('C7 rate × bare Fastify', rate('ours') / rate('bare'), 0.95),
  told('C7 rate × bare Fastify, same request', rate('ours') / rate('addressed')),
  told('C7 rate × bare Fastify, same request and same headers', rate('ours') / rate('dressed')),
  told('C7 rate of bare Fastify with request and headers of ours × without', rate('dressed') / rate('bare')),
  atLeast('C7 rate × IPX 3, JPEG', rate('ours') / rate('jpeg'), 400),
  told('C7 rate × IPX 3, WebP', rate('ours') / rate('webp')),
  told('C7 rate × IPX 3, AVIF', rate('ours') / rate('avif')),
  told('C7 rate × IPX 3 with all processors, JPEG', rate('ours') / rate('jpegOnAll')),
  atLeast('C8 rate × bare Fastify, 200', rate('ours304') / rate('bare'), 1.3),
  told('C8 rate of bare Fastify that answers 304 without a header × its 200', rate('bare304') / rate('bare')),
  atLeast('C8 rate × IPX 4, 304', rate('ours304') / rate('ipx4304'), 6),
  told('C8 rate of bare Fastify that answers 304 without a header × IPX 4', rate('bare304') / rate('ipx4304'))
])

/** Starts the server, unless another work has, and answers what a round does. */
async function prepare ({ kind, times, format = 'jpeg', isFresh = false, processors = SERVER }: Work): Promise<() => Promise<Load>> {
  const name = `${kind} on ${processors}`
  const starting = contenders.get(name) ?? startContender(kind, {}, { processors })
  contenders.set(name, starting)
  const contender = await starting
  const path = contender.path(0, format, 400)
  const { headers: { etag }, body } = await contender.get(path)
  const expected = isFresh ? { status: 304, bytes: 0 } : { status: 200, bytes: times * body.length }
  return async () => {
    const load = await contender.repeat(path, times, CONNECTIONS, isFresh ? { 'if-none-match': String(etag) } : {})
    if (load.statuses[expected.status] !== times || load.bytes !== expected.bytes) throw new Error(`${name} answered ${JSON.stringify(load.statuses)} and ${load.bytes} bytes`)
    return load
  }
}

function lineOf (name: WorkName, title: string): Check {
  const p99 = percentile(loadsOf(name).flatMap(({ latenciesMs }) => latenciesMs), 0.99)
  const busy = rate(name) * cpuUs(name) / 1e6
  return told(title, `${Math.round(rate(name))} /s, ${cpuUs(name).toFixed(1)} µs of processor time (${(100 * busy).toFixed(0)} % of a processor), p99 ${p99.toFixed(1)} ms`)
}
