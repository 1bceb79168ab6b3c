// C7 and C8: what is known already. Rounds of the contenders take turns.
import { atLeast, percentile, report, told } from '../../results/report.ts'
import { median } from '../rounds.ts'
import { startContender, type Contender, type Load } from './contender.ts'
import { photoFolder } from './photos.ts'

const ROUNDS = 7
const CONCURRENCY = 16

await photoFolder()
const contenders = new Map(await Promise.all(['bare', 'bare304', 'dressed', 'ours', 'ipx3', 'ipx4'].map(async kind => [kind, await startContender(kind)] as const)))
const of = (kind: string): Contender => contenders.get(kind) as Contender
const tags = new Map<string, string>()
for (const [kind, contender] of contenders) tags.set(kind, String((await contender.get(contender.path(0, 'jpeg', 400))).headers['etag'] ?? ''))

const WORKS = {
  bare: { kind: 'bare', count: 4_000 },
  dressed: { kind: 'dressed', count: 4_000 },
  bare304: { kind: 'bare304', count: 4_000, isFresh: true },
  ours: { kind: 'ours', count: 4_000 },
  ipx3: { kind: 'ipx3', count: 60 },
  ours304: { kind: 'ours', count: 4_000, isFresh: true },
  ipx4304: { kind: 'ipx4', count: 1_000, isFresh: true }
} as const satisfies Record<string, { kind: string, count: number, isFresh?: true }>
type WorkName = keyof typeof WORKS

const loads = new Map<WorkName, Load[]>()
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, work] of Object.entries(WORKS) as Array<[WorkName, typeof WORKS[WorkName]]>) {
    const contender = of(work.kind)
    const isFresh = 'isFresh' in work
    const load = await contender.load(Array.from({ length: work.count }, () => contender.path(0, 'jpeg', 400)), CONCURRENCY, isFresh ? { 'if-none-match': tags.get(work.kind) ?? '' } : {})
    if (load.statuses[isFresh ? 304 : 200] !== work.count) throw new Error(`${name} answered ${JSON.stringify(load.statuses)}`)
    loads.set(name, [...loads.get(name) ?? [], load])
  }
}
for (const contender of contenders.values()) await contender.close()

const rate = (name: WorkName): number => median((loads.get(name) ?? []).map(({ rate }) => rate))
const cpuUs = (name: WorkName): number => median((loads.get(name) ?? []).map(({ cpuMs }) => cpuMs * 1_000))
const line = (what: string, name: WorkName) => told(what, `${Math.round(rate(name))} /s, ${cpuUs(name).toFixed(0)} µs of processor time, p99 ${percentile((loads.get(name) ?? []).flatMap(({ latenciesMs }) => latenciesMs), 0.99).toFixed(1)} ms`)

report('convert-hot', 'Conversions that are known: from memory, and 304', [
  line('bare Fastify sends a buffer', 'bare'),
  line('bare Fastify sends it with our headers', 'dressed'),
  line('ours, 200 from memory', 'ours'),
  line('IPX 3, 200', 'ipx3'),
  line('bare Fastify answers 304, without a header', 'bare304'),
  line('ours, 304', 'ours304'),
  line('IPX 4, 304', 'ipx4304'),
  atLeast('C7 rate × bare Fastify', rate('ours') / rate('bare'), 0.95),
  told('C7 rate × bare Fastify with our headers', rate('ours') / rate('dressed')),
  atLeast('C7 rate × IPX 3', rate('ours') / rate('ipx3'), 400),
  told('C7 rate of bare Fastify × IPX 3, which no route in Fastify passes', rate('bare') / rate('ipx3')),
  told('C7 processor time of IPX 3 ÷ ours', cpuUs('ipx3') / cpuUs('ours')),
  atLeast('C8 rate × bare Fastify, 200', rate('ours304') / rate('bare'), 1.3),
  atLeast('C8 rate × IPX 4, 304', rate('ours304') / rate('ipx4304'), 6),
  told('C8 rate of bare Fastify that answers 304 × IPX 4, which no route in Fastify passes', rate('bare304') / rate('ipx4304')),
  told('C8 processor time of IPX 4 ÷ ours', cpuUs('ipx4304') / cpuUs('ours304'))
])
