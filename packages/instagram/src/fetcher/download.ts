import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Download, DownloadRule, Fetcher } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'
import { byteLimit } from './byte-limit.ts'
import { ADDRESS_RULES, checkDestination, type ListedHosts } from './destination.ts'
import { pinnedLookup, resolveBySystem, type Resolve } from './pinned-lookup.ts'

export interface FetcherOptions extends ListedHosts {
  /** For one silence: while connecting, before the headers, between two chunks. @defaultValue 15 s */
  silenceMs?: number
  /** For a whole download. @defaultValue 10 minutes */
  deadlineMs?: number
  /** @defaultValue the system's resolver */
  resolve?: Resolve
  /** Certificate authorities beside the system's, PEM. Tests need it. */
  ca?: string
}

type Response = Dispatcher.ResponseData

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MAX_REDIRECTS = 5
const GONE = new Set([403, 404, 410])

/** The guarded fetcher: https, allowed hosts, pinned public addresses, every redirect checked again, bytes and time bounded. */
export function createFetcher (options: FetcherOptions): Fetcher & { close: () => Promise<void> } {
  const { deadlineMs = 600_000 } = options
  let client: ReturnType<typeof openClient> | undefined

  async function follow (first: string, rule: DownloadRule, range: string | undefined, signal: AbortSignal): Promise<Response> {
    let address = first
    const { request, agents } = await (client ??= openClient(options))
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const { url, isAllowedAddress } = checkDestination(address, rule, options)
      const dispatcher = agents.get(isAllowedAddress)
      if (dispatcher === undefined) throw new ContactsheetError('URL_NOT_ALLOWED', 'url is at no place that may be reached')
      const response = await request(url, {
        dispatcher,
        signal,
        headers: { accept: 'image/*,*/*;q=0.5', 'accept-encoding': 'identity', ...(range === undefined ? {} : { range }) }
      })
      const { location } = response.headers
      if (!REDIRECTS.has(response.statusCode) || typeof location !== 'string') return response
      discard(response.body)
      address = URL.canParse(location, url.href) ? new URL(location, url).href : ''
    }
    throw new ContactsheetError('DOWNLOAD_FAILED', `url redirects more than ${MAX_REDIRECTS} times`)
  }

  return {
    async download (url, { rule, maxBytes, range, signal }) {
      const deadline = AbortSignal.timeout(deadlineMs)
      const stop = signal === undefined ? deadline : AbortSignal.any([signal, deadline])
      try {
        return toDownload(await follow(url, rule, range, stop), { maxBytes, isPartAsked: range !== undefined })
      } catch (error) {
        throw asOurs(error, signal)
      }
    },
    async close () {
      const { agents } = await client ?? {}
      await Promise.all([...agents?.values() ?? []].map(async agent => await agent.destroy()))
    }
  }
}

/** Loaded with the first download: a server that starts has nothing to fetch yet. */
async function openClient ({ silenceMs = 15_000, resolve = resolveBySystem, ca }: FetcherOptions) {
  const { Agent, request } = await import('undici')
  const agentFor = (isAllowedAddress: (address: string) => boolean) => new Agent({
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect: { timeout: silenceMs, lookup: pinnedLookup(resolve, isAllowedAddress), ...(ca === undefined ? {} : { ca }) }
  })
  return { request, agents: new Map(ADDRESS_RULES.map(check => [check, agentFor(check)])) }
}

function toDownload ({ statusCode, headers, body }: Response, { maxBytes, isPartAsked }: { maxBytes: number, isPartAsked: boolean }): Download {
  try {
    if (GONE.has(statusCode)) throw new ContactsheetError('SOURCE_GONE', `the source answered with status ${statusCode}`)
    if (statusCode === 416) throw new ContactsheetError('RANGE_NOT_SATISFIABLE', 'the source has no such range')
    if (statusCode !== 200 && statusCode !== 206) throw new ContactsheetError('DOWNLOAD_FAILED', `the source answered with status ${statusCode}`)
    if (statusCode === 206 && !isPartAsked) throw new ContactsheetError('DOWNLOAD_FAILED', 'the source sent a part although the whole was asked for')
    const encoding = headers['content-encoding'] ?? 'identity'
    if (encoding !== 'identity') throw new ContactsheetError('DOWNLOAD_FAILED', `the source sent ${String(encoding)} although only plain bytes were asked for`)
    const range = statusCode === 206 ? parseContentRange(headers['content-range']) : undefined
    const size = headers['content-length'] === undefined ? undefined : Number(headers['content-length'])
    if ((range?.total ?? size ?? 0) > maxBytes) throw new ContactsheetError('FILE_TOO_LARGE', `the file has ${range?.total ?? size} bytes, allowed are ${maxBytes}`)
    const mimetype = typeof headers['content-type'] === 'string' ? headers['content-type'] : undefined
    return { body: limited(body, maxBytes), size, mimetype, range }
  } catch (error) {
    discard(body)
    throw error
  }
}

/** @see RFC 9110, section 14.4 */
function parseContentRange (header: string | string[] | undefined): Download['range'] {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(header))
  if (match === null) throw new ContactsheetError('DOWNLOAD_FAILED', 'the source sent a part without saying which')
  return { start: Number(match[1]), end: Number(match[2]), total: Number(match[3]) }
}

/** The body through a counter; trouble on the way arrives as an error of ours. */
function limited (body: Response['body'], maxBytes: number): Readable {
  const counted = byteLimit(maxBytes)
  body.on('error', error => counted.destroy(asOurs(error, undefined)))
  counted.on('close', () => { discard(body) })
  return body.pipe(counted)
}

/** Ends a body that nobody will read, and its connection with it. */
function discard (body: Response['body']): void {
  body.on('error', () => {}).destroy()
}

function asOurs (error: unknown, signal: AbortSignal | undefined): Error {
  if (error instanceof ContactsheetError) return error
  if (!(error instanceof Error) || signal?.aborted === true) return new ContactsheetError('DOWNLOAD_FAILED', 'the download was cancelled', { cause: error })
  if (error.name === 'TimeoutError' || /TIMEOUT/.test((error as NodeJS.ErrnoException).code ?? '')) {
    return new ContactsheetError('DOWNLOAD_TIMED_OUT', 'the source did not answer in time', { cause: error })
  }
  return new ContactsheetError('DOWNLOAD_FAILED', `the source could not be read: ${error.message}`, { cause: error })
}
