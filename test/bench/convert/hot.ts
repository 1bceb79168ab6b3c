// C7 and C8: what is known already. Rounds of the contenders take turns.
import { median } from '../rounds.ts'
import { startContender, percentile, type Contender, type Load } from './contender.ts'
import { photoFolder } from './photos.ts'

const ROUNDS = 5
const CONCURRENCY = 16

await photoFolder()
const contenders = new Map(await Promise.all(['bare', 'ours', 'ipx3', 'ipx4'].map(async kind => [kind, await startContender(kind)] as const)))
const of = (kind: string): Contender => contenders.get(kind) as Contender
const tags = new Map<string, string>()
for (const [kind, contender] of contenders) tags.set(kind, String((await contender.get(contender.path(0, 'jpeg', 400))).headers['etag'] ?? ''))

const works = [
  { title: 'bare 200', kind: 'bare', count: 4_000 },
  { title: 'ours 200 from memory', kind: 'ours', count: 4_000 },
  { title: 'ipx3 200', kind: 'ipx3', count: 60 },
  { title: 'ours 304', kind: 'ours', count: 4_000, isFresh: true },
  { title: 'ipx4 304', kind: 'ipx4', count: 1_000, isFresh: true }
] as const

const loads = new Map(works.map(({ title }) => [title as string, [] as Load[]]))
for (let round = 0; round < ROUNDS; round++) {
  for (const work of works) {
    const contender = of(work.kind)
    const headers = 'isFresh' in work ? { 'if-none-match': tags.get(work.kind) ?? '' } : {}
    loads.get(work.title)?.push(await contender.load(Array.from({ length: work.count }, () => contender.path(0, 'jpeg', 400)), CONCURRENCY, headers))
  }
}

const rateOf = (title: string): number => median((loads.get(title) ?? []).map(({ rate }) => rate))
const cpuOf = (title: string): number => median((loads.get(title) ?? []).map(({ cpuMs }) => cpuMs))
for (const [title, rounds] of loads) {
  const latencies = rounds.flatMap(({ latenciesMs }) => latenciesMs)
  console.log(`${title.padEnd(22)} ${rateOf(title).toFixed(0).padStart(7)} /s  CPU ${cpuOf(title).toFixed(3)} ms  p99 ${percentile(latencies, 0.99).toFixed(1)} ms  ${JSON.stringify(rounds.at(-1)?.statuses)}`)
}
const ratio = (one: string, other: string): string => `${(rateOf(one) / rateOf(other)).toFixed(2)} × by rate, ${(cpuOf(other) / cpuOf(one)).toFixed(2)} × by processor time`
console.log(`C7  ours against bare: ${ratio('ours 200 from memory', 'bare 200')}; against ipx3: ${ratio('ours 200 from memory', 'ipx3 200')}`)
console.log(`C8  304 against bare 200: ${ratio('ours 304', 'bare 200')}; against ipx4: ${ratio('ours 304', 'ipx4 304')}`)
for (const contender of contenders.values()) await contender.close()
