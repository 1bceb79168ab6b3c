import type { Handlers, UnknownHandler } from './context.ts'
import { WebhookError } from './errors.ts'
import { KNOWN_ACTIONS } from './events.ts'
import type { HeaderSource } from './headers.ts'
import { memoryIdempotency } from './idempotency/memory.ts'
import type { IdempotencyStore } from './idempotency/store.ts'
import { createKeyring, type Keyring, type Secret } from './keys.ts'
import type { ReceiveResult } from './result.ts'
import type { SchemeName } from './schemes/scheme.ts'
import { DEFAULT_TOLERANCE_SECONDS, type Tolerance } from './verify.ts'

/** A request as the adapters hand it over. */
export interface IncomingWebhook {
  readonly headers: HeaderSource
  /** The bytes as they came. */
  readonly body: Uint8Array
  /** Path and query, for `secrets` functions that tell senders apart by them. */
  readonly url?: string
}

/** The secrets of one of several senders. `sender` keeps their event ids apart. */
export interface SenderSecrets { readonly sender: string, readonly secrets: readonly Secret[] }

/** Finds the secrets of the sender of a request, before anything in it is believed; `undefined` for a sender that is not known. */
export type SecretsOf = (request: Pick<IncomingWebhook, 'headers' | 'url'>) => FoundSecrets | Promise<FoundSecrets>

type FoundSecrets = readonly Secret[] | SenderSecrets | undefined

/** Bounds of one receiver. */
export interface Limits {
  /** @defaultValue 1_048_576 (1 MiB) */
  readonly maxBodyBytes: number
  /** How long a body may take to arrive. @defaultValue 10_000 */
  readonly bodyTimeoutMs: number
  /** How long a handler may go unheard before another delivery may run it. @defaultValue 60_000 */
  readonly leaseMs: number
  /** How long handled events are remembered; must outlive twice the longest tolerance. @defaultValue 172_800_000 (48 h) */
  readonly retainMs: number
  /** `respond: 'after-store'`: how often a failing handler is run. @defaultValue 10 */
  readonly maxAttempts: number
}

/** What `createReceiver` may be told. */
export interface ReceiverOptions<Transaction = unknown> {
  /** All secrets that count now, or a function that finds them by the request. */
  readonly secrets: Secret | readonly Secret[] | SecretsOf
  /** Handlers by action. A known action without one is acknowledged. */
  readonly on?: Handlers<Transaction>
  /** What happens to an action that the contract does not know. @defaultValue `'ack'` */
  readonly unknown?: 'ack' | 'reject' | UnknownHandler<Transaction>
  /** @defaultValue `memoryIdempotency()` */
  readonly idempotency?: IdempotencyStore<Transaction>
  /** When the sender is answered: once the handler is done, or once the event is stored durably. @defaultValue `'after-handlers'` */
  readonly respond?: 'after-handlers' | 'after-store'
  readonly schemes?: readonly SchemeName[]
  readonly toleranceSeconds?: Tolerance
  readonly limits?: Partial<Limits>
  /** Epoch milliseconds. @defaultValue `Date.now` */
  readonly now?: () => number
  /** Called after every request, refused ones too, and after every stored event: for logs, counters, and pages that show what came. Nothing waits for it. */
  readonly onResult?: (result: ReceiveResult) => unknown
}

export const DEFAULT_LIMITS: Limits = {
  maxBodyBytes: 1_048_576, bodyTimeoutMs: 10_000, leaseMs: 60_000, retainMs: 172_800_000, maxAttempts: 10
}

/** `ReceiverOptions` with every default filled in. */
export type ResolvedOptions<Transaction> =
  Required<Omit<ReceiverOptions<Transaction>, 'limits' | 'toleranceSeconds' | 'schemes' | 'onResult' | 'secrets'>> & {
    readonly keyringOf: (request: Pick<IncomingWebhook, 'headers' | 'url'>) => Promise<SenderKeyring> | SenderKeyring
    readonly limits: Limits
    readonly toleranceSeconds: { readonly standard: number, readonly filestack: number }
    readonly schemes: readonly SchemeName[]
    readonly onResult: (result: ReceiveResult) => void
  }

/** The secrets of one sender, imported. */
export interface SenderKeyring { readonly sender: string | undefined, readonly keyring: Keyring }

/**
 * Fills in the defaults; the one place that refuses bad options.
 *
 * @throws {WebhookError} WEBHOOK_OPTION_INVALID, and those of `createKeyring`
 */
export function resolveOptions<Transaction> (given: ReceiverOptions<Transaction>): ResolvedOptions<Transaction> {
  const resolved: ResolvedOptions<Transaction> = {
    keyringOf: keyringSource(given.secrets),
    on: given.on ?? {},
    unknown: given.unknown ?? 'ack',
    // Without a store of the host's own there is no transaction, whatever the type parameter says.
    idempotency: given.idempotency ?? memoryIdempotency() as IdempotencyStore<Transaction>,
    respond: given.respond ?? 'after-handlers',
    schemes: given.schemes ?? ['standard', 'filestack'],
    toleranceSeconds: toleranceOf(given.toleranceSeconds),
    limits: { ...DEFAULT_LIMITS, ...given.limits },
    now: given.now ?? Date.now,
    onResult: given.onResult ? quietly(given.onResult) : () => {}
  }
  const problem = problemOf(resolved)
  if (problem) throw new WebhookError('WEBHOOK_OPTION_INVALID', problem)
  return resolved
}

// An observer that throws, or rejects, must neither undo what was handled nor end the process.
function quietly (onResult: (result: ReceiveResult) => unknown): (result: ReceiveResult) => void {
  const warn = (error: unknown): void => { process.emitWarning(`onResult threw: ${String(error)}`, 'WebhookWarning') }
  return result => {
    try {
      const told = onResult(result)
      if (told instanceof Promise) told.catch(warn)
    } catch (error) {
      warn(error)
    }
  }
}

function keyringSource (secrets: ReceiverOptions['secrets']): ResolvedOptions<unknown>['keyringOf'] {
  if (typeof secrets !== 'function') {
    const found = { sender: undefined, keyring: createKeyring(secrets) }
    return () => found
  }
  return async request => {
    const found = await secrets(request)
    if (found === undefined) throw new WebhookError('WEBHOOK_SENDER_UNKNOWN', 'there are no secrets for this sender: is it the right url?')
    return 'sender' in found
      ? { sender: found.sender, keyring: createKeyring(found.secrets) }
      : { sender: undefined, keyring: createKeyring(found) }
  }
}

function toleranceOf (given: Tolerance | undefined): { standard: number, filestack: number } {
  return typeof given === 'number' ? { standard: given, filestack: given } : { ...DEFAULT_TOLERANCE_SECONDS, ...given }
}

function problemOf<Transaction> ({ on, unknown, limits, toleranceSeconds, respond, idempotency, schemes }: ResolvedOptions<Transaction>): string | undefined {
  const stranger = Object.keys(on).find(action => !KNOWN_ACTIONS.some(known => known === action))
  if (stranger !== undefined) return `on has a handler for "${stranger}", which is no action of the contract: ${KNOWN_ACTIONS.join(', ')}`
  if (unknown !== 'ack' && unknown !== 'reject' && typeof unknown !== 'function') return "unknown must be 'ack', 'reject' or a function"
  for (const [name, value] of Object.entries({ ...limits, ...toleranceSeconds })) {
    if (!Number.isFinite(value) || value < 0) return `${name} must be a number from 0 up, got ${value}`
  }
  if (schemes.length === 0) return 'schemes must name filestack, standard or both'
  // A request may be dated as far ahead as behind, so it can be replayed for twice the tolerance.
  const windowMs = 2000 * Math.max(...schemes.map(scheme => toleranceSeconds[scheme]))
  if (limits.retainMs < windowMs) return `retainMs must outlive the whole window of ${windowMs} ms, got ${limits.retainMs}`
  if (respond === 'after-store' && !(idempotency.durable && idempotency.takeDue)) {
    return "respond: 'after-store' needs a durable store that keeps events, such as sqliteIdempotency or postgresIdempotency"
  }
  return undefined
}
