// C12 and C14: when the deadline really comes, and how soon the pool is whole after a kill.
import { join } from 'node:path'
import { atMost, report } from '../../results/report.ts'
import { median } from '../rounds.ts'
import { parseConversion } from '../../../packages/instagram/src/domain/conversion/parse.ts'
import { DEFAULT_LIMITS } from '../../../packages/instagram/src/image/limits.ts'
import { createProcessRunner } from '../../../packages/instagram/src/image/pool/process-runner.ts'
import { photoFolder, photoName } from './photos.ts'

const runner = createProcessRunner({ processes: 2, pixelCacheBytes: 1024 * 1024 })
const path = join(await photoFolder(), photoName(0))
const run = async (parameters: Record<string, unknown>, slot: number): Promise<unknown> =>
  await runner.run({ source: path, path, overlayPath: undefined, plan: parseConversion(parameters), limits: DEFAULT_LIMITS, mode: 'quality' }, slot)
/** In both processes at a time it takes twice the deadline. */
const ENDLESS = { w: 4_000, h: 4_000, fit: 'scale', format: 'avif', compress: true, quality: 100, sharpen: 10 }

for (const slot of [0, 1]) await run({ w: 50 }, slot)
const missedMs: number[] = []
for (let round = 0; round < 3; round++) {
  missedMs.push(...await Promise.all([0, 1].map(async slot => {
    const begun = performance.now()
    const code = await run(ENDLESS, slot).then(() => 'it ended', (error: { code: string }) => error.code)
    if (code !== 'CONVERSION_TIMED_OUT') throw new Error(`at its deadline the work said ${code}`)
    return Math.abs(performance.now() - begun - DEFAULT_LIMITS.deadlineMs)
  })))
}
const wholeMs: number[] = []
for (let round = 0; round < 5; round++) {
  const work = run({ w: 1_000, blur: 19 + round / 100, format: 'png' }, 0)
  await new Promise(resolve => setTimeout(resolve, 30))
  const killed = performance.now()
  process.kill(runner.workers[0]?.pid ?? 0, 'SIGKILL')
  await run({ w: 51 + round }, 1)
  await work
  wholeMs.push(performance.now() - killed)
}
await runner.close()
report('convert-pool', 'The pool of processes: deadline and death', [
  atMost(`C12 the deadline of ${DEFAULT_LIMITS.deadlineMs / 1_000} s comes at most so much early or late`, Math.max(...missedMs), 500, ' ms'),
  atMost('C14 a process is killed in the middle: its work done again in the new one, median', median(wholeMs), 1_000, ' ms'),
  atMost('C14 the longest of five', Math.max(...wholeMs), 1_000, ' ms')
])
