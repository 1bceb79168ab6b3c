import { FIXTURES } from './fixtures.ts'
import type { EventOf, KnownAction } from './events.ts'
import type { IncomingWebhook } from './receiver-options.ts'
import type { SchemeName } from './schemes/scheme.ts'
import type { Keyring, Secret } from './keys.ts'
import { signHeaders } from './sign.ts'

/** A secret for tests: never use it elsewhere, it is published. */
export const TEST_SECRET = 'whsec_dGhpcyBzZWNyZXQgaXMgcHVibGlzaGVk'

/** What may differ in a fixture: top-level fields are replaced, `text` is merged. */
export type FixtureOverrides<Action extends KnownAction> =
  Partial<Omit<EventOf<Action>, 'action' | 'text'>> & (EventOf<Action> extends { text: infer Text } ? { text?: Partial<Text> } : unknown)

/** A valid event of an action, with your own fields in it. Every call makes a new object. */
export function fixture<Action extends KnownAction> (action: Action, overrides?: FixtureOverrides<Action>): EventOf<Action> {
  const event = structuredClone(FIXTURES[action])
  const text = overrides && 'text' in overrides ? overrides.text : undefined
  return { ...event, ...overrides, ...('text' in event && { text: Object.assign(event.text, text) }) }
}

/** How `signedRequest` signs. */
export interface SignedRequestOptions {
  /** @defaultValue `TEST_SECRET` */
  readonly secret?: Secret
  /** Several secrets while they rotate, or a keyring. */
  readonly secrets?: readonly Secret[] | Keyring
  /** @defaultValue `'evt_'` and the event's id */
  readonly id?: string
  /** @defaultValue `Date.now` (epoch milliseconds) */
  readonly now?: () => number
  /** @defaultValue both families */
  readonly schemes?: readonly SchemeName[]
}

/** A request that is ready to be sent, or to be given to `receiver.receive`. */
export interface SignedRequest extends IncomingWebhook {
  readonly headers: Record<string, string>
  readonly body: Buffer
}

/** A request as a sender would make it: the event (or bytes) with its signature headers. */
export function signedRequest (event: object | Uint8Array, options: SignedRequestOptions = {}): SignedRequest {
  const body = event instanceof Uint8Array ? Buffer.from(event) : Buffer.from(JSON.stringify(event))
  const { secret = TEST_SECRET, secrets, id = `evt_${'id' in event ? String(event.id) : 'test'}`, now = Date.now, schemes } = options
  const signed = signHeaders({
    body, id, timestamp: Math.floor(now() / 1000), ...(secrets ? { secrets } : { secret }), ...(schemes ? { schemes } : {})
  })
  return { headers: { 'content-type': 'application/json', ...signed }, body }
}

/** The part of a Fastify instance that `inject` needs. */
export interface Injectable<Response> {
  inject (request: { method: 'POST', url: string, headers: Record<string, string>, payload: Buffer }): Promise<Response>
}

/** Sends a signed event to a Fastify app without a network. */
export function inject<Response> (
  app: Injectable<Response>, event: object | Uint8Array, { url, ...options }: SignedRequestOptions & { readonly url: string }
): Promise<Response> {
  const { headers, body } = signedRequest(event, options)
  return app.inject({ method: 'POST', url, headers, payload: body })
}

/** A clock that stands until it is told to move: give `now` to a receiver. Times are epoch milliseconds. */
export interface Clock {
  readonly now: () => number
  readonly advance: (ms: number) => void
}

/** Makes a clock that begins at a time of your choice. @param startMs - epoch milliseconds */
export function createClock (startMs = Date.UTC(2026, 0, 1)): Clock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance (ms) { nowMs += ms }
  }
}
