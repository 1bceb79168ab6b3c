import { KNOWN_ACTIONS, signHeaders } from '@contactsheet/webhooks'
import { SenderError } from './errors.ts'
import type { Rate } from './rate.ts'

/** Receivers need not look at more signatures than this. */
export const MOST_SECRETS = 16

/** What a caller gives to add an endpoint, or to declare it in `createSender({ endpoints })`. */
export interface EndpointInput {
  /** https, unless `allow` opens the host. */
  url: string
  /** `'all'` makes one entry per event type of the contract. @defaultValue 'all' */
  events?: 'all' | readonly string[] | undefined
  /** `whsec_…`, or any text of at least 16 bytes; several while rotating, the newest first. Generated when absent. */
  secret?: string | readonly string[] | undefined
  /** Sent with every request; those that carry the signature or frame the body cannot be set. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Whole attempt in milliseconds, reading the answer included. @defaultValue the sender's `timeoutMs` */
  timeoutMs?: number | undefined
  /** Requests under way at once. @defaultValue the sender's `concurrency` */
  concurrency?: number | undefined
  rateLimit?: Rate | undefined
  /** One at a time, oldest first: a delivery that waits for its retry holds back those behind it. @defaultValue false */
  ordered?: boolean | undefined
}

/** One url with its settings, as stored. What users see as entries are the (url, event type) pairs of it. */
export interface EndpointRecord {
  id: string
  url: string
  /** Event types, sorted, each once. */
  events: readonly string[]
  isEnabled: boolean
  disabledReason?: DisabledReason | undefined
  /** Came from `createSender({ endpoints })`: disabled when a later start no longer declares it. */
  isDeclared: boolean
  headers?: Readonly<Record<string, string>> | undefined
  timeoutMs?: number | undefined
  concurrency?: number | undefined
  rateLimit?: Rate | undefined
  isOrdered: boolean
  /** Encrypted at rest, the newest first; empty when the host gave no key to encrypt with. */
  secrets: readonly StoredSecret[]
  /** When the present row of failures began; absent after a success. */
  failingSinceMs?: number | undefined
  createdAtMs: number
}

/** `gone`: the receiver answered 410. `failing`: nothing but failures for too long. `undeclared`: no longer in the options. */
export type DisabledReason = 'gone' | 'failing' | 'undeclared' | 'manual'

export interface StoredSecret {
  /** Base64 of the sealed secret. */
  sealed: string
  /** Signs until then; absent: without end. */
  endsAtMs?: number | undefined
}

/** One (url, event type) pair, as the product's portal shows them. */
export interface EndpointEntry {
  /** The endpoint's id and the event type, joined by a colon. */
  id: string
  endpointId: string
  url: string
  event: string
  isEnabled: boolean
  disabledReason?: DisabledReason | undefined
}

export function entriesOf (record: EndpointRecord): EndpointEntry[] {
  const { id, url, isEnabled, disabledReason } = record
  return record.events.map(event => ({ id: `${id}:${event}`, endpointId: id, url, event, isEnabled, disabledReason }))
}

/** Splits an entry's id; an endpoint's own id has no event. */
export function parseEntryId (id: string): { endpointId: string, event: string | undefined } {
  const colon = id.indexOf(':')
  return colon === -1 ? { endpointId: id, event: undefined } : { endpointId: id.slice(0, colon), event: id.slice(colon + 1) }
}

/** An endpoint's settings, checked and in the stored form. */
export type EndpointSettings = Pick<EndpointRecord, 'headers' | 'timeoutMs' | 'concurrency' | 'rateLimit' | 'isOrdered'>

/** @throws {SenderError} SENDER_ENDPOINT_INVALID */
export function parseSettings (input: Omit<EndpointInput, 'url' | 'events' | 'secret'>): EndpointSettings {
  const { headers, timeoutMs, concurrency, rateLimit, ordered = false } = input
  checkWhole('timeoutMs', timeoutMs, 1, 120_000)
  checkWhole('concurrency', concurrency, 1, 1_000)
  if (rateLimit) {
    checkWhole('rateLimit.count', rateLimit.count, 1, 1_000_000)
    checkWhole('rateLimit.perMs', rateLimit.perMs, 1, 86_400_000)
  }
  for (const [name, value] of Object.entries(headers ?? {})) checkHeader(name, value)
  return { headers, timeoutMs, concurrency, rateLimit, isOrdered: ordered }
}

/** A known endpoint after it was added or declared once more: what is given counts, what is not given stays. */
export function mergeInput (known: EndpointRecord, input: EndpointInput, events: readonly string[], isDeclared: boolean): EndpointRecord {
  const { url: _, events: __, secret: ___, ...settings } = input
  const wasDropped = known.disabledReason === 'undeclared'
  return {
    ...known,
    ...parseSettings({ ...known, ordered: known.isOrdered, ...settings }),
    ...(wasDropped ? { isEnabled: true, disabledReason: undefined } : {}),
    events: isDeclared ? events : [...new Set([...known.events, ...events])].sort(),
    isDeclared: isDeclared || known.isDeclared
  }
}

/** @throws {SenderError} SENDER_ENDPOINT_INVALID */
export function parseUrl (text: string): URL {
  const url = URL.parse(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw invalid(`url must be an http or https address, got ${JSON.stringify(text)}`)
  if (url.username || url.password) throw invalid('url must not hold a user name or password: give them as a header')
  url.hash = ''
  return url
}

/** @throws {SenderError} SENDER_ENDPOINT_INVALID */
export function parseEvents (events: EndpointInput['events'] = 'all'): string[] {
  const list: readonly string[] = events === 'all' ? KNOWN_ACTIONS : events
  if (!Array.isArray(list) || list.length === 0 || list.some(event => !/^[\w.-]{1,64}$/.test(event))) {
    throw invalid('events must be \'all\' or a list of event types such as \'fp.upload\'')
  }
  return [...new Set(list)].sort()
}

/** Secrets as a list, newest first, each of which can sign. @throws {SenderError} SENDER_ENDPOINT_INVALID */
export function parseSecrets (secret: EndpointInput['secret']): string[] {
  const list = typeof secret === 'string' ? [secret] : [...secret ?? []]
  for (const text of list) {
    try {
      signHeaders({ body: Buffer.from('{}'), secret: text, id: 'check', timestamp: 1 })
    } catch (cause) {
      throw invalid(`secret must be whsec_… or at least 16 bytes without white space: ${(cause as Error).message}`, { cause })
    }
  }
  if (list.length > MOST_SECRETS) throw invalid(`at most ${MOST_SECRETS} secrets may sign at once, got ${list.length}`)
  return list
}

const OWN_HEADERS = /^(fs-|webhook-)|^(host|connection|content-length|content-type|transfer-encoding|expect|upgrade|keep-alive)$/i

function checkHeader (name: string, value: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || OWN_HEADERS.test(name)) throw invalid(`the header ${JSON.stringify(name)} cannot be set for an endpoint`)
  if (typeof value !== 'string' || !/^[\t\x20-\x7e]*$/.test(value)) throw invalid(`the value of the header ${name} must be printable ASCII`)
}

/** @throws {SenderError} SENDER_ENDPOINT_INVALID */
export function checkWhole (name: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
    throw invalid(`${name} must be a whole number from ${least} to ${most}, got ${value}`)
  }
}

function invalid (message: string, options?: ErrorOptions): SenderError {
  return new SenderError('SENDER_ENDPOINT_INVALID', message, options)
}
