// C9, C10, C11: the same work for many, more work than can be done, and memory.
import { percentile, startContender, type Contender } from './contender.ts'
import { photoFolder } from './photos.ts'

const MIB = 1024 * 1024
/** Requests of C11 to each, in ten parts; a busy machine may be given fewer. */
const MIXED = Number(process.argv[3] ?? 5_000)

await photoFolder()
const wanted = process.argv.slice(2, 3)
const works: Readonly<Record<string, () => Promise<void>>> = { C9: identical, C10: flood, C11: memory }
for (const [name, work] of Object.entries(works)) if (wanted.length === 0 || wanted.includes(name)) await work()

async function identical (): Promise<void> {
  const ours = await startContender('ours')
  await ours.load([0, 1, 2, 3].map(photo => ours.path(photo, 'avif', 50)), 4)
  const rounds = [10, 11, 12, 13, 14]
  let [one, hundred] = [0, 0]
  for (const photo of rounds) {
    one += (await ours.load([ours.path(photo, 'avif', 900)], 1)).cpuMs
    hundred += (await ours.load(Array.from({ length: 100 }, () => ours.path(photo + 100, 'avif', 900)), 100)).cpuMs * 100
  }
  const known = rounds.length * (await ours.load(Array.from({ length: 400 }, () => ours.path(10, 'avif', 900)), 100)).cpuMs * 99
  console.log(`C9  100 identical cold requests: ${(hundred / one).toFixed(2)} × the processor time of one; without sending the other 99 answers ${((hundred - known) / one).toFixed(2)} ×`)
  await ours.close()
}

async function flood (): Promise<void> {
  const ours = await startContender('ours')
  const hot = ours.path(0, 'jpeg', 400)
  await ours.get(hot)
  const sizes = (count: number, from: number): string[] => Array.from({ length: count }, (_, at) => ours.path(at, 'jpeg', 100 + from + at % 300, 100 + Math.floor(at / 300)))
  const calm = await ours.load(sizes(600, 0), 8)
  const over = new AbortController()
  const hits: number[] = []
  const probe = (async () => {
    while (!over.signal.aborted) {
      const begun = performance.now()
      await ours.get(hot)
      hits.push(performance.now() - begun)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  })()
  const work = await ours.load(sizes(1_500, 400), 200)
  over.abort()
  await probe
  const served = (work.statuses[200] ?? 0) / work.latenciesMs.length
  console.log(`C10 flood of 200: cached hit p50 ${percentile(hits, 0.5).toFixed(1)} ms, p99 ${percentile(hits, 0.99).toFixed(1)} ms (${hits.length} hits); statuses ${JSON.stringify(work.statuses)}; ` +
    `goodput ${(work.rate * served / calm.rate).toFixed(2)} × that of 8 at a time; longest ${(Math.max(...work.latenciesMs) / 1_000).toFixed(2)} s`)
  await ours.close()
}

async function memory (): Promise<void> {
  const contenders = [await startContender('ours'), await startContender('ipx3')]
  const highest = new Map(contenders.map(({ name }) => [name, [0, 0]]))
  const formats = ['jpeg', 'jpeg', 'jpeg', 'webp', 'png']
  const mixed = (contender: Contender, from: number): string[] =>
    Array.from({ length: MIXED / 10 }, (_, at) => contender.path(at * 7 + from, formats[at % formats.length] ?? 'jpeg', 120 + (at * 13 + from) % 480))
  for (let part = 0; part < 10; part++) {
    for (const contender of contenders) {
      await contender.load(mixed(contender, part), 50)
      const peaks = highest.get(contender.name) ?? [0, 0]
      const half = part < 5 ? 0 : 1
      peaks[half] = Math.max(peaks[half] ?? 0, contender.residentBytes())
    }
  }
  for (const [name, [first = 0, second = 0]] of highest) console.log(`C11 ${name.padEnd(5)} resident after the first half ${Math.round(first / MIB)} MiB, after the second ${Math.round(second / MIB)} MiB, growth ${((second / first - 1) * 100).toFixed(0)} %`)
  for (const contender of contenders) await contender.close()
}
