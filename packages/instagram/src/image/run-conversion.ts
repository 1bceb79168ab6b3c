import type { Sharp } from 'sharp'
import { fitted, type Size } from '../domain/conversion/fit.ts'
import { MAX_AREA_PX } from '../domain/conversion/geometry.ts'
import type { Step } from '../domain/conversion/operations.ts'
import { MIMETYPES, type Format } from '../domain/conversion/output.ts'
import type { ConversionPlan } from '../domain/conversion/plan.ts'
import { ContactsheetError } from '../errors.ts'
import { joinFrames, splitFrames } from './animation.ts'
import { decode } from './decode.ts'
import { encoded, type EncoderMode, type Timing } from './encode.ts'
import { readHeader, type Header } from './header.ts'
import type { ConversionLimits } from './limits.ts'
import { applyStep } from './operations/index.ts'
import { toPixels, toSharp, type Pixels } from './picture.ts'
import type { PixelCache } from './pixel-cache.ts'
import { release } from './release.ts'

/** No format but PNG and AVIF can be larger than 16,383; a JPEG decoder of a phone gives up before. */
const MAX_RESULT_SIDE_PX = 16_383

/** One conversion as a process of the pool gets it: plain data. */
export interface Task {
  /** Identity of the source's bytes. */
  source: string
  path: string
  overlayPath: string | undefined
  plan: ConversionPlan
  limits: ConversionLimits
  mode: EncoderMode
  /** Where a process of the pool keeps the result. */
  keepAt?: string
}

export interface TaskResult {
  bytes: Buffer
  mimetype: string
  widthPx: number
  heightPx: number
}

/** Sniff, header, limits, pixels, steps, encoder. @throws {ContactsheetError} every other error becomes IMAGE_UNREADABLE */
export async function runConversion (task: Task, cache: PixelCache): Promise<TaskResult> {
  try {
    const header = cache.header(task.source) ?? await readHeader(task.path, task.limits)
    const format = formatOf(task.plan, header)
    const pages = pagesOf(task, header, format)
    checkResult(needOf(task.plan, header) ?? header.upright, task)
    const { pixels, isKept } = await pixelsOf(task, header, pages, cache)
    const result = pages > 1
      ? await animation(pixels, pages, task, header, format)
      : await still(await runSteps(pixels, task.plan.steps, task), task, format)
    if (!isKept) release(pixels.data)
    return result
  } catch (cause) {
    if (cause instanceof ContactsheetError) throw cause
    throw new ContactsheetError('IMAGE_UNREADABLE', 'the picture is damaged or cannot be decoded', { cause })
  }
}

function formatOf ({ output }: ConversionPlan, { kind }: Header): Format {
  if (output.format === 'auto') throw new TypeError('format=auto is decided before a plan runs')
  return output.format === 'source' ? kind : output.format
}

function pagesOf ({ plan: { output }, limits }: Task, { pages, stored }: Header, format: Format): number {
  if (output.page !== undefined && output.page > pages) throw new ContactsheetError('CONVERSION_INVALID', `page must be a whole number from 1 to ${pages}, got ${output.page}`)
  if (pages === 1 || output.page !== undefined || output.still === true || output.imagesize === true || (format !== 'gif' && format !== 'webp')) return 1
  if (pages > limits.frames) throw new ContactsheetError('IMAGE_TOO_LARGE', `an animation may have ${limits.frames} pictures, it has ${pages}; page=1 takes the first`)
  const pixels = stored.width * stored.height * pages
  if (pixels > limits.framePixels) throw new ContactsheetError('IMAGE_TOO_LARGE', `an animation may have ${limits.framePixels} pixels in all, it has ${pixels}; page=1 takes the first picture`)
  return pages
}

/** The size that the first step needs, when that is a resize. */
function needOf ({ steps: [first] }: ConversionPlan, { upright }: Header): Size | undefined {
  return first?.name === 'resize' ? fitted(upright, first.settings).scaled : undefined
}

function checkResult ({ width, height }: Size, { plan, limits }: Task): void {
  const isCropFirst = plan.steps[0]?.name === 'crop'
  if (!isCropFirst || width * height > limits.sourcePixels) checkArea({ width, height })
}

function checkArea ({ width, height }: Size): void {
  if (width <= MAX_RESULT_SIDE_PX && height <= MAX_RESULT_SIDE_PX && width * height <= MAX_AREA_PX) return
  throw new ContactsheetError('IMAGE_TOO_LARGE', `the result would have ${width} × ${height} pixels, at most ${MAX_AREA_PX} in all are made; ask for a smaller w or h`)
}

async function pixelsOf ({ source, path, plan }: Task, header: Header, pages: number, cache: PixelCache): Promise<{ pixels: Pixels, isKept: boolean }> {
  const need = needOf(plan, header)
  const page = (plan.output.page ?? 1) - 1
  const mayBeKept = pages === 1 && page === 0
  const known = mayBeKept ? cache.get(source, need ?? header.upright) : undefined
  if (known !== undefined) return { pixels: known, isKept: true }
  const pixels = await decode({ path, header, page, pages, need })
  return { pixels, isKept: mayBeKept && cache.set(source, header, pixels) }
}

/** The steps from pixels to a picture that the encoder will run. */
async function runSteps (start: Pixels, steps: readonly Step[], { mode, overlayPath }: Task): Promise<Sharp> {
  let image: Sharp | undefined
  for (const step of steps) {
    const pixels = image === undefined ? start : await toPixels(image)
    if (image !== undefined) checkArea(pixels)
    image = await applyStep(pixels, step, { mode, overlayPath })
  }
  return image ?? toSharp(start)
}

async function still (image: Sharp, task: Task, format: Format): Promise<TaskResult> {
  if (task.plan.output.imagesize === true) {
    const { width, height } = await toPixels(image)
    return { bytes: Buffer.from(JSON.stringify({ width, height })), mimetype: MIMETYPES.json, widthPx: width, heightPx: height }
  }
  return await written(image, task, format)
}

async function animation (stack: Pixels, pages: number, task: Task, header: Header, format: Format): Promise<TaskResult> {
  const frames: Pixels[] = []
  for (const frame of splitFrames(stack, pages)) frames.push(await toPixels(await runSteps(frame, task.plan.steps, task)))
  return await written(joinFrames(frames), task, format, { delay: [...header.delaysMs], loop: header.loop })
}

async function written (image: Sharp, { plan, mode }: Task, format: Format, timing?: Timing): Promise<TaskResult> {
  const { data, info } = await encoded(image, format, plan.output, mode, timing).toBuffer({ resolveWithObject: true })
  return { bytes: data, mimetype: MIMETYPES[format], widthPx: info.width, heightPx: info.pageHeight ?? info.height }
}
