import type { EndpointRecord } from '../../../src/endpoint.ts'
import type { Claim, ClaimRequest, DeliveryStore, LeasedDelivery, NewMessage, NextStep } from '../../../src/stores/delivery-store.ts'

/** A fixed moment: the suite's clock only moves when a test says so. */
export const NOW_MS = Date.UTC(2026, 5, 1, 12)
export const LEASE_MS = 30_000

export function endpoint (id = 'ep_one', changes: Partial<EndpointRecord> = {}): EndpointRecord {
  return {
    id,
    url: `https://${id.replace('_', '-')}.example/hook`,
    events: ['fp.upload'],
    isEnabled: true,
    isDeclared: false,
    isOrdered: false,
    secrets: [{ sealed: 'c2VhbGVk' }],
    createdAtMs: NOW_MS,
    ...changes
  }
}

export function message (id: string, changes: Partial<NewMessage> = {}): NewMessage {
  return { id, action: 'fp.upload', body: Buffer.from(`{"action":"fp.upload","id":"${id}"}`), createdAtMs: NOW_MS, endpointIds: ['ep_one'], ...changes } as NewMessage & { body: Buffer }
}

export function claim (store: DeliveryStore, changes: Partial<ClaimRequest> = {}): Promise<Claim> {
  const nowMs = changes.nowMs ?? NOW_MS
  return store.claim({ endpointId: 'ep_one', firstAttempts: 10, retries: 10, nowMs, untilMs: nowMs + LEASE_MS, ...changes })
}

/** Claims exactly one delivery. */
export async function claimed (store: DeliveryStore, changes: Partial<ClaimRequest> = {}): Promise<LeasedDelivery> {
  const { deliveries: [delivery] } = await claim(store, { firstAttempts: 1, retries: 1, ...changes })
  if (!delivery) throw new Error('nothing was due')
  return delivery
}

/** Ends a claimed delivery's attempt: a 500 and another try in five minutes, unless told otherwise. */
export function settle (store: DeliveryStore, { id, fence, attempt, run, startedAtMs }: LeasedDelivery, next: NextStep = { state: 'pending', dueAtMs: startedAtMs + 300_000 }): Promise<boolean> {
  const isDelivered = next.state === 'delivered'
  return store.settle({
    deliveryId: id, fence, attempt, run, next, closed: { endedAtMs: startedAtMs + 40, outcome: isDelivered ? 'delivered' : 'failed', status: isDelivered ? 200 : 500 }
  })
}

/** Stores an event and uses up its delivery. */
export async function exhaust (store: DeliveryStore, id: string, changes: Partial<NewMessage> = {}): Promise<LeasedDelivery> {
  await store.enqueue(message(id, changes))
  const delivery = await claimed(store)
  await settle(store, delivery, { state: 'exhausted' })
  return delivery
}
