// C12 and C14: when the deadline really comes, and how soon the pool is whole after a kill.
import { join } from 'node:path'
import { parseConversion } from '../../../packages/instagram/src/domain/conversion/parse.ts'
import { DEFAULT_LIMITS } from '../../../packages/instagram/src/image/limits.ts'
import { createProcessRunner } from '../../../packages/instagram/src/image/pool/process-runner.ts'
import { photoFolder, photoName } from './photos.ts'

const runner = createProcessRunner({ processes: 2, pixelCacheBytes: 1024 * 1024 })
const path = join(await photoFolder(), photoName(0))
const run = async (parameters: Record<string, unknown>, slot: number): Promise<unknown> =>
  await runner.run({ source: path, path, overlayPath: undefined, plan: parseConversion(parameters), limits: DEFAULT_LIMITS, mode: 'quality' }, slot)
const ENDLESS = { w: 4_000, h: 4_000, fit: 'scale', format: 'avif', compress: true, quality: 100 }

for (const slot of [0, 1]) await run({ w: 50 }, slot)
for (let round = 0; round < 3; round++) {
  const begun = performance.now()
  const code = await run(ENDLESS, 0).then(() => 'it ended', (error: { code: string }) => error.code)
  console.log(`C12 deadline of ${DEFAULT_LIMITS.deadlineMs} ms: ${code} after ${Math.round(performance.now() - begun)} ms`)
}
for (let round = 0; round < 5; round++) {
  const work = run({ w: 1_000, blur: 19 + round / 100, format: 'png' }, 0)
  await new Promise(resolve => setTimeout(resolve, 30))
  const killed = performance.now()
  process.kill(runner.workers[0]?.pid ?? 0, 'SIGKILL')
  await run({ w: 51 + round }, 1)
  await work
  console.log(`C14 killed in the middle: its request answered all the same, and the pool whole, after ${Math.round(performance.now() - killed)} ms`)
}
await runner.close()
