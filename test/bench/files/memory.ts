// Memory of a server over many reads of a stored file of 20 kB: node … memory.ts [reads]
import { report } from '../../results/report.ts'
import { startContender, type Usage } from './contender.ts'

const total = Number(process.argv[2] ?? 100_000)
const STEPS = 10
const MAX_GROWTH = 1.1
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`

const contender = await startContender('ours', 20_000)
await contender.read(total / STEPS)
const first = await sample(total / STEPS)
let last = first
for (let step = 2; step <= STEPS; step++) {
  await contender.read(total / STEPS)
  last = await sample(step * total / STEPS)
}
await contender.close()
report('files-memory', `Memory over ${total.toLocaleString('en')} reads`, [
  growth('JavaScript heap after a collection', first.heap, last.heap, MAX_GROWTH),
  { what: 'buffers after a collection', measured: megabytes(last.buffers) },
  growth('resident', first.rss, last.rss)
])

async function sample (reads: number): Promise<Usage> {
  const usage = await contender.usage()
  console.log(`${reads.toLocaleString('en').padStart(9)} reads: ${megabytes(usage.rss)} resident, ${megabytes(usage.heap)} heap, ${megabytes(usage.buffers)} buffers`)
  return usage
}

function growth (what: string, before: number, after: number, limit?: number) {
  const measured = `${megabytes(before)} after a tenth, ${megabytes(after)} at the end`
  return limit === undefined ? { what, measured } : { what, measured, goal: `grows by ≤ ${Math.round((limit - 1) * 100)} %`, isReached: after / before <= limit }
}
