import type { DeliveryStore, InterruptedDelivery, NextStep } from './stores/delivery-store.ts'

const INTERRUPTED_PER_TURN = 1_000

export interface InterruptionOptions {
  store: DeliveryStore
  /** What follows for an attempt that a crash cut off. */
  afterInterruption: (delivery: InterruptedDelivery) => NextStep
  now: () => number
  /** For deliveries taken over from a crashed process. */
  leaseMs: number
}

type OnPending = (endpointId: string, dueAtMs: number, isRetry: boolean) => void

/** Closes the attempts that a crash left open, and tells what is due again. */
export async function closeInterrupted (options: InterruptionOptions, onPending: OnPending): Promise<void> {
  const { store, now, leaseMs } = options
  for (;;) {
    const nowMs = now()
    const interrupted = await store.takeInterrupted({ nowMs, untilMs: nowMs + leaseMs }, INTERRUPTED_PER_TURN)
    await Promise.all(interrupted.map(delivery => close(options, delivery, nowMs, onPending)))
    if (interrupted.length < INTERRUPTED_PER_TURN) return
  }
}

async function close ({ store, afterInterruption }: InterruptionOptions, delivery: InterruptedDelivery, nowMs: number, onPending: OnPending): Promise<void> {
  const { id, fence, attempt, run, endpointId } = delivery
  const next = afterInterruption(delivery)
  const closed = { endedAtMs: nowMs, outcome: 'interrupted', error: 'interrupted' } as const
  await store.settle({ deliveryId: id, fence, attempt, run, closed, next })
  if (next.state === 'pending') onPending(endpointId, next.dueAtMs, attempt > 1 || next.isRepeat !== true)
}
