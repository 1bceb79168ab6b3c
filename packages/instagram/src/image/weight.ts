import type { Format } from '../domain/conversion/output.ts'
import type { ConversionPlan } from '../domain/conversion/plan.ts'
import type { Lane } from './gate.ts'

/** Milliseconds on the machine on which they were measured, for a photo of 1080 pixels; only their ratios matter. */
const WORK_MS: Readonly<Record<Format | 'source' | 'auto', number>> = { jpg: 12, png: 26, webp: 18, avif: 40, gif: 60, source: 15, auto: 40 }
const COMPRESSED: Readonly<Partial<Record<Format, number>>> = { jpg: 2, webp: 2, avif: 10, gif: 7, png: 4 }

/** From here on work goes to the heavy lane. */
const HEAVY_MS = 100

export interface Weight { lane: Lane, kind: string, baseMs: number }

/** What a conversion will cost, as far as that can be told before the source is opened. */
export function weightOf (plan: ConversionPlan, sourceBytes: number | undefined): Weight {
  const { format, compress, quality } = plan.output
  const factor = compress === true && format !== 'source' && format !== 'auto' ? COMPRESSED[format] ?? 1 : 1
  const resize = plan.steps.find(({ name }) => name === 'resize')
  const area = resize?.name === 'resize' ? (resize.settings.width ?? 1_080) * (resize.settings.height ?? resize.settings.width ?? 1_080) : 1_080 * 1_080
  const size = Math.max(1, area / 1_000_000) * Math.max(1, (sourceBytes ?? 0) / 1_000_000)
  const baseMs = WORK_MS[format] * factor * size * (1 + 0.3 * Math.max(0, plan.steps.length - 1)) * (format === 'avif' && (quality ?? 50) > 80 ? 2 : 1)
  const lane = baseMs >= HEAVY_MS ? 'heavy' : 'light'
  return { lane, kind: `${format}${compress === true ? '+compress' : ''}:${Math.ceil(Math.log2(size + 1))}`, baseMs }
}

/** Remembers what each kind of work took lately, so that the estimate follows the machine and its load. */
export function createEstimates () {
  const learned = new Map<string, number>()
  return {
    expectedMs: ({ kind, baseMs }: Weight): number => learned.get(kind) ?? baseMs,
    learn ({ kind }: Weight, tookMs: number): void {
      const before = learned.get(kind)
      learned.set(kind, before === undefined ? tookMs : before * 0.8 + tookMs * 0.2)
    }
  }
}
