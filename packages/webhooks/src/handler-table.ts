import type { Accepted, EventContext, Handler, Handlers, UnknownHandler } from './context.ts'
import { WebhookError } from './errors.ts'
import { KNOWN_ACTIONS, type EventOf, type KnownAction, type UnknownEvent, type WebhookEvent } from './events.ts'

/** Runs the handler of one event. */
export type Run<Transaction> = (context: EventContext<Transaction>) => void | Promise<void>

export interface HandlerTable<Transaction> {
  readonly add: <Action extends KnownAction>(action: Action, handler: Handler<Action, Transaction>) => void
  /** After this, `add` throws: an event must not meet another set of handlers than the one before it. */
  readonly lock: () => void
  /** @throws {WebhookError} WEBHOOK_EVENT_UNKNOWN */
  readonly runOf: (accepted: Accepted) => Run<Transaction> | undefined
}

/** Handlers by action, and what happens to actions that are not in the contract. */
export function createHandlerTable<Transaction> (
  on: Handlers<Transaction>, unknown: 'ack' | 'reject' | UnknownHandler<Transaction>
): HandlerTable<Transaction> {
  const handlers: { [Action in KnownAction]?: Handler<Action, Transaction> } = { ...on }
  let locked = false

  return {
    add (action, handler) {
      if (!KNOWN_ACTIONS.includes(action)) {
        throw new WebhookError('WEBHOOK_OPTION_INVALID', `"${action}" is no action of the contract: ${KNOWN_ACTIONS.join(', ')}`)
      }
      if (locked) throw new WebhookError('WEBHOOK_HANDLER_LATE', `the handler for "${action}" came after the first request`)
      if (handlers[action]) throw new WebhookError('WEBHOOK_HANDLER_DUPLICATE', `"${action}" has a handler already`)
      Object.assign(handlers, { [action]: handler })
    },
    lock () { locked = true },
    runOf (accepted) {
      return accepted.kind === 'known' ? runKnown(handlers, accepted.event) : runUnknown(unknown, accepted.event)
    }
  }
}

function runKnown<Transaction> (handlers: Handlers<Transaction>, event: WebhookEvent): Run<Transaction> | undefined {
  const { action } = event
  // The table maps each action to the handler of its own event; the compiler cannot follow that through a union.
  const handler = handlers[action] as ((event: EventOf<typeof action>, context: EventContext<Transaction>) => void | Promise<void>) | undefined
  return handler && (context => handler(event, context))
}

function runUnknown<Transaction> (policy: 'ack' | 'reject' | UnknownHandler<Transaction>, event: UnknownEvent): Run<Transaction> | undefined {
  if (policy === 'ack') return undefined
  if (policy === 'reject') {
    throw new WebhookError('WEBHOOK_EVENT_UNKNOWN', `the action ${JSON.stringify(event.action.slice(0, 80))} is not known here`)
  }
  return context => policy(event, context)
}
