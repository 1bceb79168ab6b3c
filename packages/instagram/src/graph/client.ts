import { setTimeout as wait } from 'node:timers/promises'
import pRetry from 'p-retry'
import { GraphFailure, verdictOf, type Refusal } from './failure.ts'
import { parseLossless } from './json.ts'
import type { Limits } from './limits.ts'

const RETRIES = 3
const FIRST_DELAY_MS = 300
/** A page of 100 albums with ten children each is below 2 MB. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

export interface GraphCall {
  /** Below the base address, e.g. `me/media`. */
  path: string
  query: Readonly<Record<string, string>>
  /** Sent as a header, so that it is in no address. */
  token?: string
  appKey: string
  accountId?: string
  /** Ends the call, its waits and its retries; a timeout reads as "Instagram does not answer". */
  signal: AbortSignal
}

export interface GraphClient {
  /** @throws {GraphFailure} */
  get (call: GraphCall): Promise<unknown>
}

export interface GraphClientOptions {
  baseUrl: string
  fetch: typeof globalThis.fetch
  limits: Limits
  /** For one attempt, from its start to the last byte of its answer. @defaultValue 8 s */
  attemptTimeoutMs?: number
  /** 0 to 1. @defaultValue Math.random */
  random?: () => number
  /** @defaultValue setTimeout */
  delay?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

/** The only caller of Instagram's Graph API: one GET with retries for what is transient, and a memory for limits. */
export function createGraphClient (options: GraphClientOptions): GraphClient {
  const { limits, random = Math.random, delay = defaultDelay } = options

  const attempt = async (call: GraphCall): Promise<unknown> => {
    const { response, text } = await request(options, call)
    const body = parsed(text)
    if (response.ok && isRecord(body) && body.error === undefined) {
      limits.observe(call.appKey, call.accountId, response.headers)
      return body
    }
    const refusal = refusalOf(response.status, body)
    const verdict = response.ok && refusal.code === undefined ? 'transient' : verdictOf(refusal)
    if (verdict !== 'limit') throw new GraphFailure(verdict, { refusal })
    throw new GraphFailure(verdict, { refusal, untilMs: limits.reached(call.appKey, call.accountId, refusal, response.headers) })
  }

  return {
    async get (call) {
      const untilMs = limits.untilMs(call.appKey, call.accountId)
      if (untilMs !== undefined) throw new GraphFailure('limit', { untilMs })
      try {
        return await pRetry(async () => await attempt(call), {
          retries: RETRIES,
          minTimeout: 0,
          signal: call.signal,
          shouldRetry: async ({ error, attemptNumber }) => {
            if (!(error instanceof GraphFailure) || error.verdict !== 'transient') return false
            await delay(random() * FIRST_DELAY_MS * 2 ** attemptNumber, call.signal)
            return true
          }
        })
      } catch (error) {
        if (call.signal.aborted && isTimeout(call.signal.reason)) throw new GraphFailure('unavailable', { cause: error })
        throw error
      }
    }
  }
}

async function request ({ fetch, baseUrl, attemptTimeoutMs = 8000 }: GraphClientOptions, { path, query, token, signal }: GraphCall) {
  try {
    const response = await fetch(`${baseUrl.replace(/\/$/, '')}/${path}?${new URLSearchParams(query)}`, {
      headers: { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(attemptTimeoutMs)])
    })
    return { response, text: await boundedText(response) }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error instanceof GraphFailure ? error : new GraphFailure('transient', { cause: error })
  }
}

async function boundedText (response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) throw new GraphFailure('unavailable')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The JSON, or `undefined` for anything else (Instagram sometimes answers with a page for people). */
function parsed (text: string): unknown {
  try {
    return parseLossless(text)
  } catch {
    return undefined
  }
}

function refusalOf (status: number, body: unknown): Refusal {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  return { status, code: numberIn(error.code), subcode: numberIn(error.error_subcode) }
}

const numberIn = (value: unknown) => typeof value === 'number' ? value : undefined

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isTimeout = (reason: unknown) => reason instanceof Error && reason.name === 'TimeoutError'

const defaultDelay = async (ms: number, signal: AbortSignal) => await wait(ms, undefined, { signal })
