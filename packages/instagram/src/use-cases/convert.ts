import { converseEvent } from '../domain/conversion/converse-event.ts'
import type { OverlaySource } from '../domain/conversion/overlays.ts'
import { conversionQuery } from '../domain/conversion/parse.ts'
import type { ConversionPlan } from '../domain/conversion/plan.ts'
import type { EventDraft } from '../domain/event.ts'
import type { FileRecord } from '../domain/file.ts'
import type { ConversionJob, Converted, Converter, Fetcher, Files, SourceBytes } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'
import type { App } from '../options.ts'
import type { ConversionTeller } from './conversion-teller.ts'

export interface ConvertServices {
  files: Files
  fetcher: Fetcher
  converter: Converter
  conversionTeller: Pick<ConversionTeller, 'tell'>
  now: () => number
}

export interface ConvertRequest {
  source: FileRecord
  /** The app that made the source. */
  app: App
  plan: ConversionPlan
  /** As they came, for the address that the event tells. */
  parameters: Record<string, unknown>
  /** Refuses handles that the caller may not lay over. */
  checkOverlay?: (handle: string) => void
  signal?: AbortSignal
}

/** What is behind an address may change; a conversion of it is made anew after so long. */
const ADDRESS_TRUSTED_MS = 5 * 60_000
const MAX_OVERLAY_BYTES = 10 * 1024 * 1024

/**
 * The bytes of a conversion. Tells of it when it was computed, not when it was known.
 *
 * @param job - what `jobFor` made of the request
 */
export async function convert (services: ConvertServices, request: ConvertRequest, job: ConversionJob): Promise<Converted> {
  const converted = await services.converter.convert(job)
  if (converted.outcome === 'converted') services.conversionTeller.tell(request.source.handle, eventOf(services, request))
  return converted
}

/** The job of a conversion; equal jobs have equal entity tags. */
export async function jobFor (services: ConvertServices, { source, app, plan, checkOverlay }: ConvertRequest): Promise<ConversionJob> {
  const watermark = plan.steps.find(step => step.name === 'watermark')
  const overlay = watermark?.name === 'watermark' ? await overlayBytes(services, app, watermark.settings.source, checkOverlay) : undefined
  return { ...bytesOf(services, source), plan, overlay }
}

function bytesOf ({ files, now }: ConvertServices, record: FileRecord): SourceBytes {
  const key = files.contentKey(record)
  return {
    contentKey: record.source.kind === 'url' ? `${key}#${period(now())}` : key,
    mimetype: record.mimetype,
    size: record.size,
    path: files.pathOf(record),
    open: async signal => (await files.open(record, { signal })).body
  }
}

async function overlayBytes (services: ConvertServices, app: App, source: OverlaySource, check: ConvertRequest['checkOverlay']): Promise<SourceBytes> {
  if (source.kind === 'handle') {
    check?.(source.handle)
    const record = await services.files.find(source.handle)
    if (record.appKey !== app.key) throw new ContactsheetError('FILE_NOT_FOUND', 'there is no such file to lay over')
    return bytesOf(services, record)
  }
  return {
    contentKey: `${source.url}#${period(services.now())}`,
    open: async signal => (await services.fetcher.download(source.url, { rule: 'public', maxBytes: MAX_OVERLAY_BYTES, signal })).body
  }
}

function period (nowMs: number): number {
  return Math.floor(nowMs / ADDRESS_TRUSTED_MS)
}

/** What is told of a conversion. */
export function eventOf ({ files, now }: ConvertServices, { source, app, parameters }: ConvertRequest): EventDraft {
  const query = conversionQuery(parameters)
  return converseEvent({
    url: `${files.urlOf(source)}/convert${query === '' ? '' : `?${query}`}`,
    source,
    app,
    provider: files.providerOf(source),
    nowMs: now()
  })
}
