// C1, C3, C5, C6: new work. Rounds of the contenders take turns, so that a busy machine troubles them all alike.
import { median } from '../rounds.ts'
import { startContender, type Contender, type Load } from './contender.ts'
import { PHOTO_COUNT, photoFolder } from './photos.ts'
import { likenessOf } from './likeness.ts'

const ROUNDS = 5
const PHOTOS_PER_ROUND = Math.floor(PHOTO_COUNT / ROUNDS)
const CONCURRENCY = 4

interface Work { title: string, format: string, kinds: readonly string[], paths: (contender: Contender, round: number) => string[], photos?: number }

const photosOf = (round: number, count = PHOTOS_PER_ROUND): number[] => Array.from({ length: count }, (_, at) => round * PHOTOS_PER_ROUND + at)

const WORKS: readonly Work[] = [
  { title: 'C1 cold JPEG → 400 × 400', format: 'jpeg', kinds: ['ipx3', 'ipx4', 'plain', 'ours', 'fast'], paths: (to, round) => photosOf(round).map(photo => to.path(photo, 'jpeg', 400)) },
  {
    title: 'C3 new sizes of photos just seen',
    format: 'jpeg',
    kinds: ['ipx3', 'ipx4', 'plain', 'ours'],
    paths: (to, round) => [520, 480, 440, 400, 360, 320, 240].flatMap(size => photosOf(round, 12).map(photo => to.path(photo, 'jpeg', size)))
  },
  { title: 'C5 cold WebP → 400 × 400', format: 'webp', kinds: ['ipx3', 'ipx4', 'plain', 'ours'], paths: (to, round) => photosOf(round).map(photo => to.path(photo, 'webp', 404)) },
  { title: 'C6 cold AVIF → 400 × 400', format: 'avif', kinds: ['ipx3', 'ours'], paths: (to, round) => photosOf(round, to.name === 'ours' ? PHOTOS_PER_ROUND : 4).map(photo => to.path(photo, 'avif', 408)) }
]

await photoFolder()
const wanted = process.argv.slice(2)
for (const work of WORKS.filter(({ title }) => wanted.length === 0 || wanted.some(name => title.startsWith(`${name} `)))) await measure(work)

async function measure ({ title, format, kinds, paths }: Work): Promise<void> {
  const contenders = await Promise.all(kinds.map(async kind => await startContender(kind)))
  const loads = new Map(contenders.map(({ name }) => [name, [] as Load[]]))
  for (const contender of contenders) await contender.load(photosOf(0, 8).map(photo => contender.path(photo, format, 50)), CONCURRENCY)
  for (let round = 0; round < ROUNDS; round++) {
    // Photos whose sizes are asked for again were seen a moment before.
    if (title.startsWith('C3')) for (const contender of contenders) await contender.load(photosOf(round, 12).map(photo => contender.path(photo, format, 540)), CONCURRENCY)
    for (const contender of contenders) loads.get(contender.name)?.push(await contender.load(paths(contender, round), CONCURRENCY))
  }
  report(title, loads)
  if (format !== 'jpeg' || title.startsWith('C1')) await compareQuality(contenders, format)
  await Promise.all(contenders.map(async contender => await contender.close()))
}

function report (title: string, loads: ReadonlyMap<string, readonly Load[]>): void {
  console.log(`\n${title}`)
  const base = loads.get('ipx3') ?? []
  for (const [name, rounds] of loads) {
    const rate = median(rounds.map(({ rate }) => rate))
    const cpu = median(rounds.map(({ cpuMs }) => cpuMs))
    const bad = rounds.flatMap(({ statuses }) => Object.entries(statuses)).filter(([status]) => status !== '200')
    const bytes = median(rounds.map(({ bytes, latenciesMs }) => bytes / latenciesMs.length))
    console.log(`  ${name.padEnd(6)} ${rate.toFixed(1).padStart(8)} /s  ${(rate / median(base.map(({ rate }) => rate))).toFixed(2).padStart(6)} ×   CPU ${cpu.toFixed(1).padStart(6)} ms  ${(cpu / median(base.map(({ cpuMs }) => cpuMs))).toFixed(2)} ×   ${Math.round(bytes)} bytes${bad.length === 0 ? '' : `  NOT 200: ${JSON.stringify(bad)}`}`)
  }
}

async function compareQuality (contenders: readonly Contender[], format: string): Promise<void> {
  for (const contender of contenders) {
    const likeness = await Promise.all([1, 4, 7, 10, 13].map(async photo => await likenessOf(photo, (await contender.get(contender.path(photo, format, 400))).body)))
    console.log(`  ${contender.name.padEnd(6)} SSIM ${median(likeness.map(({ ssim }) => ssim)).toFixed(4)}   PSNR ${median(likeness.map(({ psnr }) => psnr)).toFixed(2)} dB   ${median(likeness.map(({ bytes }) => bytes))} bytes`)
  }
}
