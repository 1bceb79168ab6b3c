// Memory of servers over 100,000 reads of a file of 200 kB, once they have settled: ours beside @fastify/static and a bare stream of Node's.
//
// A server of Node's goes on growing for a while although nothing leaks: the pieces of files that it has sent wait for the next collection
// of the young generation, and the more memory that one may take, the later it comes. So ours is measured twice: as Node starts it, from
// where it has settled, and with a small young generation, where there is nothing to settle.
//
//   node … memory.ts [reads]
import { atMost, report, told, type Check } from '../../results/report.ts'
import { startContender, type Usage } from './contender.ts'

const reads = Number(process.argv[2] ?? 100_000)
const STEP = reads / 10
const SMALL_YOUNG_GENERATION = ['--max-semi-space-size=1']
const RUNS = [
  { name: 'ours', server: 'ours', settledAfter: 1.5 * reads, nodeArgs: [] },
  { name: 'ours, young generation of 1 MiB', server: 'ours', settledAfter: 0.2 * reads, nodeArgs: SMALL_YOUNG_GENERATION },
  { name: 'static', server: 'static', settledAfter: 0.2 * reads, nodeArgs: [] },
  { name: 'stream', server: 'stream', settledAfter: 0.2 * reads, nodeArgs: [] }
]

interface Sample extends Usage { reads: number }

const runs = await Promise.all(RUNS.map(async run => ({ ...run, contender: await startContender(run.server, { nodeArgs: run.nodeArgs }), samples: [] as Sample[] })))
// In turn, so that a busy machine troubles all alike.
for (let step = 1; runs.some(run => !isOver(run, step)); step++) {
  for (const run of runs.filter(run => !isOver(run, step))) {
    await run.contender.read(STEP)
    const sample = { reads: step * STEP, ...await run.contender.usage() }
    if (sample.reads >= run.settledAfter) run.samples.push(sample)
    console.log(`${run.name.padEnd(32)} ${sample.reads.toLocaleString('en').padStart(9)} reads: ${mebibytes(sample.rss)} MiB resident, ${mebibytes(sample.heap)} heap, ${mebibytes(sample.buffers)} buffers`)
  }
}
await Promise.all(runs.map(async ({ contender }) => await contender.close()))
report('files-memory', `Memory over ${reads.toLocaleString('en')} reads of a stored file of 200 kB, from where each server has settled`, runs.flatMap(figuresOf))

function isOver ({ settledAfter }: typeof RUNS[number], step: number): boolean {
  return step * STEP > settledAfter + reads
}

function figuresOf ({ name, server, samples }: { name: string, server: string, samples: readonly Sample[] }): Check[] {
  const ratio = (figure: keyof Usage): number => (samples.at(-1)?.[figure] ?? NaN) / (samples[0]?.[figure] ?? NaN)
  const flat = (label: string, figure: keyof Usage): Check => server === 'ours' ? atMost(label, ratio(figure), 1.1) : told(label, ratio(figure))
  return [
    flat(`${name}: heap after a collection, end / settled`, 'heap'),
    flat(`${name}: resident, end / settled`, 'rss'),
    told(`${name}: MiB of heap, end`, mebibytes(samples.at(-1)?.heap)),
    told(`${name}: MiB resident, settled after ${samples[0]?.reads.toLocaleString('en')} reads`, mebibytes(samples[0]?.rss)),
    told(`${name}: MiB resident, end`, mebibytes(samples.at(-1)?.rss))
  ]
}

function mebibytes (bytes = NaN): number {
  return Math.round(bytes / 2 ** 20)
}
