import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseConversion } from '../../../src/domain/conversion/parse.ts'
import { ContactsheetError } from '../../../src/errors.ts'
import { DEFAULT_LIMITS } from '../../../src/image/limits.ts'
import { createProcessRunner } from '../../../src/image/pool/process-runner.ts'
import { animatedGif, scene } from '../pictures.ts'
import { mutated, seeded } from './craft.ts'

export interface MutationReport {
  /** How often each status came. */
  statuses: Record<number, number>
  /** Files that ended or outstayed a process; they can be made again from seed and number. */
  fatal: number[]
  /** Most memory that any of the processes has ever held. */
  peakBytes: number
}

const PROCESSES = 2
const MIB = 1024 * 1024

/** Converts valid files with some of their bytes changed, the same for the same seed. */
export async function mutateFiles ({ folder, count, seed }: { folder: string, count: number, seed: number }): Promise<MutationReport> {
  const originals = await validFiles()
  const plans = [{ w: 30 }, { w: 20, h: 20, fit: 'crop', format: 'webp' }, { format: 'png' }, { w: 90, format: 'gif' }].map(parseConversion)
  const report: MutationReport = { statuses: {}, fatal: [], peakBytes: 0 }
  let restarts = 0
  const runner = createProcessRunner({ processes: PROCESSES, pixelCacheBytes: MIB, onRestart: () => { restarts++ } })
  const numbers = Array.from({ length: count }, (_, at) => at).values()

  async function worker (slot: number): Promise<void> {
    const path = join(folder, `${slot}.bin`)
    for (const at of numbers) {
      const random = seeded(seed + at * 7_919)
      await writeFile(path, mutated(originals[at % originals.length] ?? Buffer.alloc(0), 1 + random() % 12, random, random() % 4 === 0 ? 0 : 12))
      const before = restarts
      const status = await statusOf(runner.run({ source: `${at}`, path, overlayPath: undefined, plan: plans[random() % plans.length] ?? parseConversion({}), limits: DEFAULT_LIMITS, mode: 'quality' }, slot))
      report.statuses[status] = (report.statuses[status] ?? 0) + 1
      if (restarts !== before) report.fatal.push(at)
      if (at % 500 === 0) report.peakBytes = Math.max(report.peakBytes, await peakBytes(runner.workers[slot]?.pid))
    }
    report.peakBytes = Math.max(report.peakBytes, await peakBytes(runner.workers[slot]?.pid))
  }

  try {
    await Promise.all(Array.from({ length: PROCESSES }, async (_, slot) => await worker(slot)))
    return report
  } finally {
    await runner.close()
  }
}

/** Small valid files of every kind. */
async function validFiles (): Promise<Buffer[]> {
  const picture = scene(48, 32)
  return await Promise.all([
    picture.clone().jpeg().toBuffer(),
    picture.clone().jpeg({ progressive: true }).withExif({ IFD0: { Copyright: 'somebody' } }).toBuffer(),
    picture.clone().png().toBuffer(),
    picture.clone().png({ palette: true }).toBuffer(),
    picture.clone().webp().toBuffer(),
    picture.clone().webp({ lossless: true }).toBuffer(),
    picture.clone().avif({ effort: 0 }).toBuffer(),
    picture.clone().gif().toBuffer(),
    animatedGif(24, 16, 3)
  ])
}

export async function statusOf (work: Promise<unknown>): Promise<number> {
  try {
    await work
    return 200
  } catch (error) {
    return error instanceof ContactsheetError ? error.statusCode : 500
  }
}

/** Most memory that a process has ever held; 0 where the system does not tell. */
export async function peakBytes (pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 'none'}/status`, 'utf8').catch(() => '')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
}
