import type { Dispatcher as UndiciDispatcher } from 'undici'
import { BREAKER_DEFAULTS, type BreakerOptions } from './breaker.ts'
import type { EndpointInput } from './endpoint.ts'
import { SenderError } from './errors.ts'
import type { SuccessRule } from './outcome.ts'
import { SCHEDULES, isSchedule, type Schedule, type ScheduleName } from './schedule.ts'
import { parseRange } from './transport/ip.ts'
import type { Lookup } from './transport/lookup.ts'
import type { Transport } from './transport/transport.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Options of `createSender`. */
export interface SenderOptions {
  /** A file for SQLite, `:memory:`, or `postgres://…`. */
  database: string
  /** Endpoints of the host's own configuration, brought into agreement at each start. Others are added while running. */
  endpoints?: readonly EndpointInput[]
  /** A schedule's name, or offsets from the first attempt in milliseconds. @defaultValue 'original': 5 minutes, 1 hour, 12 hours */
  schedule?: ScheduleName | Schedule
  /** Which answers count: any 2xx, or 200, 201 and 204 only. @defaultValue '2xx' */
  success?: SuccessRule
  /** Requests under way at once for one endpoint. @defaultValue 32 */
  concurrency?: number
  /** Requests under way at once over all endpoints. @defaultValue 512 */
  totalConcurrency?: number
  /** One whole attempt in milliseconds, reading the answer included. @defaultValue 15_000 */
  timeoutMs?: number
  /** Connecting, in milliseconds. @defaultValue 5_000 */
  connectTimeoutMs?: number
  /** Host names, addresses and ranges that may be called although they are not public, and over http. @defaultValue none */
  allow?: readonly string[]
  /** The host's keys under which endpoint secrets are encrypted at rest: the first encrypts, all decrypt. Each at least 16 bytes. */
  secrets?: readonly string[]
  /** `false`: stores, reads and changes, but delivers nothing, pings apart; for tools beside the sender that does. @defaultValue true */
  deliver?: boolean
  /** `false` switches the circuit breaker off. */
  breaker?: Partial<BreakerOptions> | false
  /** Disables an endpoint that did nothing but fail for this long. @defaultValue never */
  disableAfterDays?: number
  /** Forgets finished events this old. @defaultValue never */
  retentionDays?: number
  /** @defaultValue 'Contactsheet-Sender' */
  userAgent?: string
  /** Epoch milliseconds. @defaultValue Date.now */
  now?: () => number
  /** Resolves host names. @defaultValue the name servers; for names in `allow`, the system with its hosts file */
  lookup?: Lookup
  /** Any undici dispatcher (proxy, mutual TLS, mock) in place of the guarded connections; addresses are then its own business. */
  dispatcher?: UndiciDispatcher
  /** Replaces the network altogether; for tests. */
  transport?: Transport
  /** pino, or anything with its `info`, `warn` and `error`. */
  logger?: Logger
  /** A delivery used up its schedule. Nothing waits for the callback; what it throws or rejects with is logged. */
  onExhausted?: (delivery: ExhaustedDelivery) => unknown
  /** An endpoint was disabled by the sender: it answered 410, or failed for too long. Nothing waits for the callback either. */
  onEndpointDisabled?: (endpoint: { id: string, url: string, reason: 'gone' | 'failing' }) => unknown
}

export interface ExhaustedDelivery {
  id: string
  eventId: string
  endpointId: string
  action: string
}

export interface Logger {
  info (fields: object, message: string): void
  warn (fields: object, message: string): void
  error (fields: object, message: string): void
}

export type ResolvedOptions = Omit<SenderOptions, 'schedule' | 'breaker'> &
  Required<Pick<SenderOptions, 'success' | 'concurrency' | 'totalConcurrency' | 'timeoutMs' | 'connectTimeoutMs' | 'allow' | 'secrets' | 'userAgent' | 'now'>> &
  { schedule: Schedule, breaker: BreakerOptions | false, disableAfterMs: number, retentionMs: number, logger: Logger }

const SILENT: Logger = { info () {}, warn () {}, error () {} }

/** Fills defaults. The one place that refuses bad options. @throws {SenderError} SENDER_OPTION_INVALID */
export function resolveOptions (given: SenderOptions): ResolvedOptions {
  const { schedule = 'original', disableAfterDays = Infinity, retentionDays = Infinity } = given
  if (!isDatabase(given.database)) throw invalid('database must be a file, \':memory:\' or a postgres:// address')
  const options = {
    ...given,
    success: given.success ?? '2xx',
    concurrency: whole('concurrency', given.concurrency ?? 32, 1, 1_000),
    totalConcurrency: whole('totalConcurrency', given.totalConcurrency ?? 512, 1, 100_000),
    timeoutMs: whole('timeoutMs', given.timeoutMs ?? 15_000, 1, 120_000),
    connectTimeoutMs: whole('connectTimeoutMs', given.connectTimeoutMs ?? 5_000, 1, 120_000),
    allow: given.allow ?? [],
    secrets: given.secrets ?? [],
    userAgent: given.userAgent ?? 'Contactsheet-Sender',
    now: given.now ?? Date.now,
    logger: given.logger ?? SILENT,
    schedule: resolveSchedule(schedule),
    breaker: resolveBreaker(given.breaker),
    disableAfterMs: positive('disableAfterDays', disableAfterDays) * DAY_MS,
    retentionMs: positive('retentionDays', retentionDays) * DAY_MS
  }
  if (options.secrets.some(secret => typeof secret !== 'string' || Buffer.byteLength(secret) < 16)) throw invalid('each of "secrets" must be at least 16 bytes')
  const badRange = options.allow.find(entry => entry.includes('/') && !parseRange(entry))
  if (badRange !== undefined) throw invalid(`"allow" lists hosts, addresses and ranges such as 10.0.0.0/8, got ${JSON.stringify(badRange)}`)
  if (!['2xx', 'strict'].includes(options.success)) throw invalid(`success must be '2xx' or 'strict', got ${JSON.stringify(options.success)}`)
  return options
}

function isDatabase (database: unknown): boolean {
  if (typeof database !== 'string' || database === '') return false
  const scheme = /^(\w+):\/\//.exec(database)?.[1]
  return scheme === undefined || ['postgres', 'postgresql'].includes(scheme)
}

function resolveSchedule (schedule: ScheduleName | Schedule): Schedule {
  const offsets = typeof schedule === 'string' ? SCHEDULES[schedule] : schedule
  if (!Array.isArray(offsets) || !isSchedule(offsets)) {
    throw invalid(`schedule must be one of ${Object.keys(SCHEDULES).join(', ')}, or rising offsets in milliseconds`)
  }
  return offsets
}

function resolveBreaker (given: SenderOptions['breaker'] = {}): BreakerOptions | false {
  if (given === false) return false
  const { failures, pauseMs, longestPauseMs } = { ...BREAKER_DEFAULTS, ...given }
  return {
    failures: whole('breaker.failures', failures, 1, 1_000_000),
    pauseMs: whole('breaker.pauseMs', pauseMs, 1, DAY_MS),
    longestPauseMs: whole('breaker.longestPauseMs', longestPauseMs, 1, DAY_MS)
  }
}

function whole (name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalid(`${name} must be a whole number from ${least} to ${most}, got ${value}`)
}

/** `Infinity` is never. @throws {SenderError} SENDER_OPTION_INVALID */
export function positive (name: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value
  throw invalid(`${name} must be a number above 0, got ${value}`)
}

function invalid (message: string): SenderError {
  return new SenderError('SENDER_OPTION_INVALID', message)
}
