import type { KnownClassification, UnknownClassification } from './classify.ts'
import type { EventOf, KnownAction, UnknownEvent, WebhookEvent } from './events.ts'
import type { SchemeName } from './schemes/scheme.ts'

/** What the receiver knows of an event besides the event itself. */
export interface EventContext<Transaction = unknown> {
  /** What makes two deliveries the same event: `action:id`, or the SHA-256 of a body without id. */
  readonly key: string
  /** The family whose signature held. */
  readonly scheme: SchemeName
  readonly algorithm: 'hmac-sha256' | 'ed25519'
  /** Place of the matching secret in the list of secrets, and its `id` when it has one. */
  readonly keyIndex: number
  readonly keyId: string | undefined
  /** Who sent it, when `secrets` is a function that says so. */
  readonly sender: string | undefined
  /** The signed message id; the filestack family has none. */
  readonly id: string | undefined
  /** The signed header timestamp, epoch seconds. */
  readonly timestamp: number
  /** Length of the body in bytes. */
  readonly bytes: number
  /** Epoch milliseconds. */
  readonly receivedAtMs: number
  /** 1, or more when an earlier run of the handler failed or its process died. 0 when no handler runs. */
  readonly attempt: number
  /** Whether the event had been handled before this request. Always false inside a handler. */
  readonly duplicate: boolean
  /** With a transactional store: what the handler's own writes must go through. */
  readonly transaction: Transaction
}

/** Handles the events of one action. */
export type Handler<Action extends KnownAction, Transaction = unknown> =
  (event: EventOf<Action>, context: EventContext<Transaction>) => void | Promise<void>

/** Handlers by action. */
export type Handlers<Transaction = unknown> = { readonly [Action in KnownAction]?: Handler<Action, Transaction> }

/** Handles the events whose action is not in the contract. */
export type UnknownHandler<Transaction = unknown> = (event: UnknownEvent, context: EventContext<Transaction>) => void | Promise<void>

/** An event that may go to a handler. */
export type Accepted = KnownClassification | UnknownClassification

/** Any event that was received. */
export type ReceivedEvent = WebhookEvent | UnknownEvent
