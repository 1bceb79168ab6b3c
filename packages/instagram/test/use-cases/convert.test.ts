import { Readable } from 'node:stream'
import t from 'tap'
import { parseConversion } from '../../src/domain/conversion/parse.ts'
import type { EventDraft } from '../../src/domain/event.ts'
import type { FileRecord } from '../../src/domain/file.ts'
import type { ConversionJob, Converted, Files } from '../../src/domain/ports.ts'
import type { App } from '../../src/options.ts'
import { convert, jobFor, type ConvertRequest, type ConvertServices } from '../../src/use-cases/convert.ts'

const app = { key: 'default', instagramAppId: '1' } as App
const link = { id: 1, handle: 'h'.repeat(20), appKey: 'default', filename: 'a.jpg', mimetype: 'image/jpeg', client: 'URL', createdAtMs: 0, source: { kind: 'url', url: 'https://example.com/a.jpg' } } as FileRecord

/** The ports, in memory. */
function services () {
  const told: Array<{ handle: string, event: EventDraft }> = []
  const downloads: unknown[] = []
  const state = { nowMs: 0, outcome: 'converted' as Converted['outcome'] }
  const files = {
    find: async () => link,
    contentKey: ({ source }: FileRecord) => source.kind === 'url' ? source.url : 'sha',
    pathOf: () => undefined,
    providerOf: () => 'URL',
    urlOf: () => 'https://host/api/file/h',
    open: async () => ({ body: Readable.from(['bytes']) })
  } as unknown as Files
  const all: ConvertServices = {
    files,
    fetcher: { download: async (url, options) => { downloads.push({ url, ...options }); return { body: Readable.from(['mark']), size: 4, mimetype: undefined, range: undefined } } },
    converter: { convert: async (_job: ConversionJob) => ({ bytes: Buffer.from('x'), mimetype: 'image/png', widthPx: 1, heightPx: 1, etag: '"e"', outcome: state.outcome }) } as unknown as ConvertServices['converter'],
    conversionTeller: { tell: (handle, event) => { told.push({ handle, event }) } },
    now: () => state.nowMs
  }
  return { all, told, downloads, state }
}

function requestOf (parameters: Record<string, unknown>, more: Partial<ConvertRequest> = {}): ConvertRequest {
  return { source: link, app, plan: parseConversion(parameters), parameters, ...more }
}

t.test('a watermark by address is fetched as a public one, and is not larger than 10 MiB', async t => {
  const { all, downloads } = services()
  const job = await jobFor(all, requestOf({ watermark: 'https://example.com/mark.png' }))
  await job.overlay?.open(new AbortController().signal)
  t.match(downloads, [{ url: 'https://example.com/mark.png', rule: 'public', maxBytes: 10 * 1024 * 1024 }])
})

t.test('what is behind an address is trusted for five minutes, as source and as watermark', async t => {
  const { all, state } = services()
  const keys = async (): Promise<unknown[]> => {
    const job = await jobFor(all, requestOf({ watermark: 'https://example.com/mark.png' }))
    return [job.contentKey, job.overlay?.contentKey]
  }
  const first = await keys()
  state.nowMs = 5 * 60_000 - 1
  t.strictSame(await keys(), first)
  state.nowMs += 1
  const later = await keys()
  t.not(later[0], first[0])
  t.not(later[1], first[1])
})

t.test('a handle that the caller may not lay over is refused before it is looked up', async t => {
  const { all } = services()
  const checkOverlay = (handle: string): void => { throw new Error(`not ${handle}`) }
  await t.rejects(jobFor(all, requestOf({ watermark: 'x'.repeat(20) }, { checkOverlay })), { message: `not ${'x'.repeat(20)}` })
})

t.test('a handle of another app cannot be laid over', async t => {
  const { all } = services()
  await t.rejects(jobFor(all, requestOf({ watermark: 'x'.repeat(20) }, { app: { ...app, key: 'other' } })), { code: 'FILE_NOT_FOUND' })
})

t.test('only what was computed is told', async t => {
  const { all, told, state } = services()
  const request = requestOf({ w: 10, policy: 'p' })
  const job = await jobFor(all, request)
  for (const outcome of ['converted', 'memory', 'disk', 'joined'] as const) {
    state.outcome = outcome
    await convert(all, request, job)
  }
  t.equal(told.length, 1)
  t.match(told[0], { handle: link.handle, event: { action: 'fp.converse', text: { url: 'https://host/api/file/h/convert?w=10', link: { provider: 'URL' } } } })
})
