import { parseConversion } from '../../src/domain/conversion/parse.ts'
import { DEFAULT_LIMITS, type ConversionLimits } from '../../src/image/limits.ts'
import { createPixelCache, type PixelCache } from '../../src/image/pixel-cache.ts'
import { runConversion, type TaskResult } from '../../src/image/run-conversion.ts'
import { asFile } from './pictures.ts'

interface More { source?: string, cache?: PixelCache, overlayPath?: string, limits?: Partial<ConversionLimits>, mode?: 'quality' | 'fast' }

/** One conversion in this process, without caches, gate and pool. */
export async function convertFile (t: Parameters<typeof asFile>[0], bytes: Buffer, parameters: Record<string, unknown>, more: More = {}): Promise<TaskResult> {
  return await runConversion({
    source: more.source ?? 'x',
    path: await asFile(t, bytes),
    overlayPath: more.overlayPath,
    plan: parseConversion(parameters),
    limits: { ...DEFAULT_LIMITS, ...more.limits },
    mode: more.mode ?? 'quality'
  }, more.cache ?? createPixelCache(0))
}
