import { channel } from 'node:diagnostics_channel'
import type { AttemptTimings, DeliveryOrigin } from './stores/delivery-store.ts'

/** An event was stored. */
export interface EventMessage {
  eventId: string
  action: string
  /** Deliveries made for it by this call. */
  deliveries: number
}

/** An attempt ended. Bodies and secrets never pass through a channel. */
export interface AttemptMessage {
  deliveryId: string
  eventId: string
  endpointId: string
  action: string
  origin: DeliveryOrigin
  attempt: number
  outcome: 'delivered' | 'failed' | 'throttled' | 'gone' | 'interrupted'
  status: number | undefined
  error: string | undefined
  /** How long after its due time the attempt started, in milliseconds. */
  lateMs: number
  timings: AttemptTimings | undefined
}

export interface ExhaustedMessage {
  deliveryId: string
  eventId: string
  endpointId: string
  action: string
}

export interface EndpointDisabledMessage {
  endpointId: string
  url: string
  reason: 'gone' | 'failing'
}

/** `openUntilMs` is absent when the circuit closed. */
export interface BreakerMessage {
  endpointId: string
  openUntilMs: number | undefined
}

/** What each channel carries. */
export interface SenderMessages {
  'contactsheet.sender.event': EventMessage
  'contactsheet.sender.attempt': AttemptMessage
  'contactsheet.sender.exhausted': ExhaustedMessage
  'contactsheet.sender.endpoint-disabled': EndpointDisabledMessage
  'contactsheet.sender.breaker': BreakerMessage
}

/** Names of the `diagnostics_channel` channels of this package. */
export const CHANNELS = [
  'contactsheet.sender.event', 'contactsheet.sender.attempt', 'contactsheet.sender.exhausted',
  'contactsheet.sender.endpoint-disabled', 'contactsheet.sender.breaker'
] as const satisfies ReadonlyArray<keyof SenderMessages>

const channels = new Map(CHANNELS.map(name => [name, channel(name)]))

/** Publishes, and costs next to nothing when nobody listens: the message is only made for subscribers. */
export function publish<Name extends keyof SenderMessages> (name: Name, message: () => SenderMessages[Name]): void {
  const target = channels.get(name)
  if (target?.hasSubscribers) target.publish(message())
}
