import type { Format } from '../domain/conversion/output.ts'
import type { ConversionPlan } from '../domain/conversion/plan.ts'
import type { Lane } from './gate.ts'

/** What a conversion will cost, as far as that can be told before the source is opened. */
export interface Weight {
  lane: Lane
  /** Conversions of one kind take about the same time. */
  kind: string
  baseMs: number
}

/** Work for a photo of 1080 pixels, milliseconds on the machine on which it was measured; only the ratios matter. */
const WORK_MS = { jpg: 8, png: 26, webp: 18, avif: 22, gif: 60, source: 12 } as const satisfies Record<Format | 'source', number>
/** How much more it is with `compress`. */
const COMPRESS_FACTOR = { jpg: 2, png: 4, webp: 2, avif: 8, gif: 7, source: 4 } as const satisfies Record<Format | 'source', number>
/** How much more it is than from a JPEG. */
const SOURCE_FACTOR: Readonly<Record<string, number>> = { 'image/png': 2, 'image/webp': 2, 'image/avif': 5, 'image/gif': 2 }
/** A GIF that stays animated: there are dozens of pictures in it. */
const ANIMATION_FACTOR = 10
const ANIMATED: ReadonlySet<string> = new Set<Format | 'source'>(['gif', 'webp', 'source'])

/** From here on work goes to the heavy lane. */
const HEAVY_MS = 100
const MEGA = 1_000_000
const PHOTO_PX = 1_080

/** @param source - its kind and its bytes, as far as they are known */
export function weightOf (plan: ConversionPlan, source: { mimetype?: string | undefined, bytes: number }): Weight {
  const { compress = false, still = false, page } = plan.output
  const format = plan.output.format === 'auto' ? 'source' : plan.output.format
  const isAnimated = source.mimetype === 'image/gif' && ANIMATED.has(format) && !still && page === undefined
  const size = Math.max(1, areaOf(plan) / MEGA) * Math.max(1, source.bytes / MEGA)
  const kindOfWork = (compress ? COMPRESS_FACTOR[format] : 1) * (SOURCE_FACTOR[source.mimetype ?? ''] ?? 1) * (isAnimated ? ANIMATION_FACTOR : 1)
  const steps = 1 + 0.3 * Math.max(0, plan.steps.length - 1)
  const baseMs = WORK_MS[format] * kindOfWork * size * steps
  return { lane: baseMs >= HEAVY_MS ? 'heavy' : 'light', kind: `${format}*${kindOfWork}*${Math.ceil(Math.log2(size * steps))}`, baseMs }
}

/** Pixels of the result, when it is resized. */
function areaOf ({ steps }: ConversionPlan): number {
  const resize = steps.find(step => step.name === 'resize')
  if (resize?.name !== 'resize') return PHOTO_PX * PHOTO_PX
  const { width, height } = resize.settings
  return (width ?? height ?? PHOTO_PX) * (height ?? width ?? PHOTO_PX)
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
