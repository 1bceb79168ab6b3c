// Memory of servers over many reads of a file of 200 kB: ours beside @fastify/static and a bare stream of Node's. Where only what is
// resident grows, and neither heap nor buffers, it is what the allocators of V8 and glibc keep after a burst. node … memory.ts [reads]
import { atMost, report, told, type Check } from '../../results/report.ts'
import { startContender, type Usage } from './contender.ts'

const total = Number(process.argv[2] ?? 100_000)
const STEP = total / 10
/** Until caches, pools and the collector's own sizes have settled. */
const WARM_UP_STEPS = 2

interface Sample extends Usage { reads: number }

const contenders = await Promise.all(['ours', 'static', 'stream'].map(async name => await startContender(name)))
const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]))
// In turn, so that a busy machine troubles all alike.
for (let reads = STEP; reads <= total; reads += STEP) {
  for (const contender of contenders) {
    await contender.read(STEP)
    const usage = await contender.usage()
    if (reads >= WARM_UP_STEPS * STEP) samples.get(contender.name)?.push({ reads, ...usage })
    console.log(`${contender.name.padEnd(6)} ${reads.toLocaleString('en').padStart(9)} reads: ${mebibytes(usage.rss)} MiB resident, ${mebibytes(usage.heap)} heap, ${mebibytes(usage.buffers)} buffers`)
  }
}
await Promise.all(contenders.map(async contender => await contender.close()))

const ours = samples.get('ours') ?? []
report('files-memory', `Memory from ${(WARM_UP_STEPS * STEP).toLocaleString('en')} to ${total.toLocaleString('en')} reads of a stored file of 200 kB, beside @fastify/static and a bare stream`, [
  atMost('JavaScript heap after a collection, end / warm: ours', ratio(ours, 'heap'), 1.1),
  atMost('resident, end / warm: ours', ratio(ours, 'rss'), 1.1),
  ...contenders.flatMap(({ name }) => figuresOf(name, samples.get(name) ?? []))
])

function figuresOf (name: string, of: readonly Sample[]): Check[] {
  return [
    told(`MiB of heap, warm: ${name}`, mebibytes(of[0]?.heap)),
    told(`MiB of heap, end: ${name}`, mebibytes(of.at(-1)?.heap)),
    told(`MiB that V8 keeps for the heap, end: ${name}`, mebibytes(of.at(-1)?.heapPages)),
    told(`MiB resident, warm: ${name}`, mebibytes(of[0]?.rss)),
    told(`MiB resident, end: ${name}`, mebibytes(of.at(-1)?.rss)),
    told(`MiB resident more in 10,000 reads: ${name}`, slope(of) * 10_000 / 2 ** 20)
  ]
}

function ratio (of: readonly Sample[], figure: 'heap' | 'rss'): number {
  return (of.at(-1)?.[figure] ?? NaN) / (of[0]?.[figure] ?? NaN)
}

/** Bytes a read, by the straight line that lies nearest to all samples. */
function slope (of: readonly Sample[]): number {
  const middle = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [middle(of.map(({ reads }) => reads)), middle(of.map(({ rss }) => rss))]
  return middle(of.map(({ reads, rss }) => (reads - x) * (rss - y))) / middle(of.map(({ reads }) => (reads - x) ** 2))
}

function mebibytes (bytes = NaN): number {
  return Math.round(bytes / 2 ** 20)
}
