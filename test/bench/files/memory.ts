// Memory of a server over many reads of a stored file: node … memory.ts [reads] [ours | static]
import { startContender } from './contender.ts'

const total = Number(process.argv[2] ?? 100_000)
const STEPS = 10
const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1)

const contender = await startContender(process.argv[3] ?? 'ours', 20_000)
await contender.read(2_000)
await report('2,000 to warm up', 0)
for (let step = 1; step <= STEPS; step++) await report((step * total / STEPS).toLocaleString('en'), await contender.read(total / STEPS))
await contender.close()

async function report (reads: string, rate: number): Promise<void> {
  const { rss, heap, buffers } = await contender.usage()
  console.log(`${reads.padStart(16)} reads: ${megabytes(rss)} MiB resident, ${megabytes(heap)} MiB heap, ${megabytes(buffers)} MiB buffers${rate === 0 ? '' : `, ${rate.toFixed(0)} reads/s`}`)
}
