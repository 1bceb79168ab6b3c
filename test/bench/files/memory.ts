// Memory of a server over many reads of a stored file: node … memory.ts [reads]
import { startContender } from './contender.ts'

const total = Number(process.argv[2] ?? 100_000)
const STEPS = 10
const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1)

const contender = await startContender('ours', 20_000)
await contender.read(2_000)
const first = await contender.usage()
console.log(`after 2,000 reads to warm up: ${megabytes(first.rss)} MiB resident, ${megabytes(first.heap)} MiB heap`)
for (let step = 1; step <= STEPS; step++) {
  const rate = await contender.read(total / STEPS)
  const { rss, heap } = await contender.usage()
  console.log(`${String(step * total / STEPS).padStart(7)} reads: ${megabytes(rss)} MiB resident, ${megabytes(heap)} MiB heap, ${rate.toFixed(0)} reads/s`)
}
await contender.close()
