import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { AttemptMessage, BreakerMessage, EndpointDisabledMessage, EventMessage, ExhaustedMessage, SenderMessages } from './metrics.ts'

type Attributes = Record<string, string | number | boolean>
interface Adds { add (value: number, attributes?: Attributes): void }
interface Records { record (value: number, attributes?: Attributes): void }
interface InstrumentOptions { description: string, unit: string }

/** As much of `@opentelemetry/api`'s `Meter` as is used here, so that this package needs no dependency on it. */
export interface MeterLike {
  createCounter (name: string, options: InstrumentOptions): Adds
  createHistogram (name: string, options: InstrumentOptions): Records
}

/**
 * Records the sender's metrics with OpenTelemetry.
 *
 * @param meter - `metrics.getMeter('…')` of `@opentelemetry/api`
 * @returns the function that stops recording
 */
export function recordMetrics (meter: MeterLike): () => void {
  const count = (name: string, description: string): Adds => meter.createCounter(`contactsheet.sender.${name}`, { description, unit: '1' })
  const measure = (name: string, description: string): Records => meter.createHistogram(`contactsheet.sender.${name}`, { description, unit: 'ms' })
  const events = count('events', 'Events stored')
  const attempts = count('attempts', 'Attempts ended')
  const duration = measure('attempt.duration', 'Duration of attempts')
  const lateness = measure('attempt.lateness', 'From due to started')
  const exhausted = count('exhausted', 'Deliveries that used up their schedule')
  const disabled = count('endpoints.disabled', 'Endpoints disabled by the sender')
  const opened = count('breaker.opened', 'Circuits opened')

  const handlers: { [Name in keyof SenderMessages]: (message: SenderMessages[Name]) => void } = {
    'contactsheet.sender.event': ({ action }: EventMessage) => events.add(1, { action }),
    'contactsheet.sender.attempt': ({ action, attempt, outcome, status, error, lateMs, timings }: AttemptMessage) => {
      attempts.add(1, { action, attempt, outcome, ...(status === undefined ? {} : { status }), ...(error === undefined ? {} : { error }) })
      if (timings) duration.record(timings.totalMs, { action, outcome })
      lateness.record(lateMs, { action })
    },
    'contactsheet.sender.exhausted': ({ action }: ExhaustedMessage) => exhausted.add(1, { action }),
    'contactsheet.sender.endpoint-disabled': ({ reason }: EndpointDisabledMessage) => disabled.add(1, { reason }),
    'contactsheet.sender.breaker': ({ openUntilMs }: BreakerMessage) => {
      if (openUntilMs !== undefined) opened.add(1)
    }
  }
  const listeners = Object.entries(handlers).map(([name, handle]) => {
    const listener = (message: unknown): void => (handle as (message: unknown) => void)(message)
    subscribe(name, listener)
    return { name, listener }
  })
  return () => {
    for (const { name, listener } of listeners) unsubscribe(name, listener)
  }
}
