// C9, C10, C11: the same work for many, more work than can be done, and memory.
import { atLeast, atMost, percentile, report, told, type Check } from '../../results/report.ts'
import { startContender, type Contender } from './contender.ts'
import { photoFolder } from './photos.ts'

const MIB = 1024 * 1024
/** Requests of C11 to each, in ten parts; a busy machine may be given fewer. */
const MIXED = Number(process.argv[3] ?? 5_000)

await photoFolder()
const wanted = process.argv.slice(2, 3)
const works: Readonly<Record<string, () => Promise<Check[]>>> = { C9: identical, C10: flood, C11: memory }
const checks: Check[] = []
for (const [name, work] of Object.entries(works)) if (wanted.length === 0 || wanted.includes(name)) checks.push(...await work())
report('convert-flood', 'Conversions under a crowd: the same work for many, more work than can be done, memory', checks, { isKept: wanted.length === 0 })

async function identical (): Promise<Check[]> {
  const ours = await startContender('ours')
  await ours.load([0, 1, 2, 3].map(photo => ours.path(photo, 'avif', 50)), 4)
  // A hundred connections are open before, as they are when it is measured what an answer from memory costs.
  await ours.load(Array.from({ length: 400 }, (_, at) => ours.path(at % 4, 'avif', 50)), 100)
  // Every photo is asked for once by one and once by a hundred, so that no side has the easier ones.
  const rounds = [{ from: 10, to: 110, size: 900 }, { from: 110, to: 10, size: 880 }].flatMap(sides => Array.from({ length: 8 }, (_, at) => ({ ...sides, at })))
  let [one, hundred] = [0, 0]
  for (const { from, to, size, at } of rounds) {
    one += (await ours.load([ours.path(from + at, 'avif', size)], 1)).cpuMs
    hundred += (await ours.load(Array.from({ length: 100 }, () => ours.path(to + at, 'avif', size)), 100)).cpuMs * 100
  }
  const known = rounds.length * (await ours.load(Array.from({ length: 1_600 }, () => ours.path(10, 'avif', 900)), 100)).cpuMs * 99
  await ours.close()
  return [
    told('C9 processor time of 100 identical cold requests × one, with what it costs to send 99 more answers', hundred / one),
    atMost('C9 the same without that: what 99 answers from memory cost, measured in the same run', (hundred - known) / one, 1.1)
  ]
}

async function flood (): Promise<Check[]> {
  const ours = await startContender('ours')
  const hot = ours.path(0, 'jpeg', 400)
  await ours.get(hot)
  // 500 to 799 pixels wide for both: a wider picture is more work, and the rates are compared.
  const sizes = (count: number, height: number): string[] => Array.from({ length: count }, (_, at) => ours.path(at, 'jpeg', 500 + at % 300, height + Math.floor(at / 300)))
  const calm = await ours.load(sizes(600, 110), 8)
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
  const work = await ours.load(sizes(1_500, 100), 200)
  over.abort()
  await probe
  const served = (work.statuses[200] ?? 0) / work.latenciesMs.length
  await ours.close()
  return [
    told('C10 200 connections that bring new work', `statuses ${JSON.stringify(work.statuses)}, cached hit p50 ${percentile(hits, 0.5).toFixed(1)} ms of ${hits.length}`),
    atMost('C10 cached hit meanwhile, p99', percentile(hits, 0.99), 15, ' ms'),
    atLeast('C10 new work done × that of 8 connections', work.rate * served / calm.rate, 0.9),
    atMost('C10 longest wait', Math.max(...work.latenciesMs) / 1_000, 5, ' s')
  ]
}

async function memory (): Promise<Check[]> {
  const contenders = [await startContender('ours'), await startContender('ipx3')]
  const resting = contenders[0]?.residentBytes() ?? NaN
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
  for (const contender of contenders) await contender.close()
  const [ours = [], ipx = []] = [...highest.values()]
  const halves = ([first = 0, second = 0]: readonly number[]): string => `${Math.round(first / MIB)} MiB, then ${Math.round(second / MIB)} MiB`
  return [
    told(`C11 ours, all processes, highest in each half of ${MIXED} mixed requests`, halves(ours)),
    told('C11 IPX 3', halves(ipx)),
    told('C11 ours before the first conversion', resting / MIB, ' MiB'),
    atMost('C11 resident × IPX 3', (ours[1] ?? NaN) / (ipx[1] ?? NaN), 0.8),
    atMost('C11 growth from half to half', ((ours[1] ?? NaN) / (ours[0] ?? NaN) - 1) * 100, 5, ' %')
  ]
}
