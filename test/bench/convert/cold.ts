// C1, C3, C5, C6: new work. Rounds of the contenders take turns, so that a busy machine troubles them all alike.
import { atLeast, atMost, report, told, type Check } from '../../results/report.ts'
import { median } from '../rounds.ts'
import { startContender, type Contender, type Load } from './contender.ts'
import { PHOTO_COUNT, photoFolder } from './photos.ts'
import { likenessOf } from './likeness.ts'

const ROUNDS = 5
const PHOTOS_PER_ROUND = Math.floor(PHOTO_COUNT / ROUNDS)
const CONCURRENCY = 4

interface Work {
  title: string
  format: string
  kinds: readonly string[]
  paths: (contender: Contender, round: number) => string[]
  goals: (of: Results) => Check[]
}

/** Medians of a contender: requests per second, processor time and bytes of a request. */
interface Result { rate: number, cpuMs: number, bytes: number }
type Results = (name: string) => Result

const photosOf = (round: number, count = PHOTOS_PER_ROUND): number[] => Array.from({ length: count }, (_, at) => round * PHOTOS_PER_ROUND + at)

const WORKS: readonly Work[] = [
  {
    title: 'C1 cold JPEG → 400 × 400',
    format: 'jpeg',
    kinds: ['ipx3', 'ipx4', 'plain', 'ours', 'heard', 'fast'],
    paths: (to, round) => photosOf(round).map(photo => to.path(photo, 'jpeg', 400)),
    goals: of => [
      atLeast('C1 rate × IPX 3', of('ours').rate / of('ipx3').rate, 1.2),
      atMost('C1 processor time × IPX 3', of('ours').cpuMs / of('ipx3').cpuMs, 0.9),
      atLeast('C1 rate of the speed mode × IPX 3', of('fast').rate / of('ipx3').rate, 1.4)
    ]
  },
  {
    title: 'C3 new sizes of photos just seen',
    format: 'jpeg',
    kinds: ['ipx3', 'ipx4', 'plain', 'ours', 'heard'],
    paths: (to, round) => [520, 480, 440, 400, 360, 320, 240].flatMap(size => photosOf(round, 12).map(photo => to.path(photo, 'jpeg', size))),
    goals: of => [atLeast('C3 rate × IPX 3', of('ours').rate / of('ipx3').rate, 3)]
  },
  {
    title: 'C5 cold WebP → 400 × 400',
    format: 'webp',
    kinds: ['ipx3', 'ipx4', 'plain', 'ours'],
    paths: (to, round) => photosOf(round).map(photo => to.path(photo, 'webp', 404)),
    goals: of => [atLeast('C5 rate × IPX 3', of('ours').rate / of('ipx3').rate, 1.35), atMost('C5 bytes × IPX 3', of('ours').bytes / of('ipx3').bytes, 1.08)]
  },
  {
    title: 'C6 cold AVIF → 400 × 400',
    format: 'avif',
    kinds: ['ipx3', 'ours'],
    paths: (to, round) => photosOf(round, to.name === 'ours' ? PHOTOS_PER_ROUND : 4).map(photo => to.path(photo, 'avif', 408)),
    goals: of => [atLeast('C6 rate × IPX 3', of('ours').rate / of('ipx3').rate, 20)]
  }
]

await photoFolder()
const wanted = process.argv.slice(2)
const checks: Check[] = []
for (const work of WORKS.filter(({ title }) => wanted.length === 0 || wanted.some(name => title.startsWith(`${name} `)))) checks.push(...await measure(work))
report('convert-cold', 'Conversions that are new', checks, { isKept: wanted.length === 0 })

async function measure ({ title, format, kinds, paths, goals }: Work): Promise<Check[]> {
  const contenders = await Promise.all(kinds.map(async kind => await startContender(kind)))
  const loads = new Map(contenders.map(({ name }) => [name, [] as Load[]]))
  for (const contender of contenders) await contender.load(photosOf(0, 8).map(photo => contender.path(photo, format, 50)), CONCURRENCY)
  for (let round = 0; round < ROUNDS; round++) {
    // Photos whose sizes are asked for again were seen a moment before.
    if (title.startsWith('C3')) for (const contender of contenders) await contender.load(photosOf(round, 12).map(photo => contender.path(photo, format, 540)), CONCURRENCY)
    for (const contender of contenders) loads.get(contender.name)?.push(await contender.load(paths(contender, round), CONCURRENCY))
  }
  const results = new Map([...loads].map(([name, rounds]) => [name, resultOf(rounds)]))
  const lines = [...results].map(([name, { rate, cpuMs, bytes }]) => told(`${title}: ${name}`, `${rate.toFixed(1)} /s, ${cpuMs.toFixed(1)} ms of processor time, ${Math.round(bytes)} bytes`))
  const quality = format !== 'jpeg' || title.startsWith('C1') ? await compareQuality(title, contenders, format) : []
  await Promise.all(contenders.map(async contender => await contender.close()))
  return [...lines, ...quality, ...goals(name => results.get(name) ?? { rate: NaN, cpuMs: NaN, bytes: NaN })]
}

function resultOf (rounds: readonly Load[]): Result {
  const bad = rounds.flatMap(({ statuses }) => Object.entries(statuses)).filter(([status]) => status !== '200')
  if (bad.length > 0) throw new Error(`not all were answered: ${JSON.stringify(bad)}`)
  return {
    rate: median(rounds.map(({ rate }) => rate)),
    cpuMs: median(rounds.map(({ cpuMs }) => cpuMs)),
    bytes: median(rounds.map(({ bytes, latenciesMs }) => bytes / latenciesMs.length))
  }
}

/** How much the results look like careful ones. */
async function compareQuality (title: string, contenders: readonly Contender[], format: string): Promise<Check[]> {
  return await Promise.all(contenders.map(async contender => {
    const likeness = await Promise.all([1, 4, 7, 10, 13].map(async photo => await likenessOf(photo, (await contender.get(contender.path(photo, format, 400))).body)))
    const middle = (of: 'ssim' | 'psnr' | 'bytes'): number => median(likeness.map(result => result[of]))
    return told(`${title}: ${contender.name}, quality`, `SSIM ${middle('ssim').toFixed(4)}, PSNR ${middle('psnr').toFixed(2)} dB at ${middle('bytes')} bytes`)
  }))
}
