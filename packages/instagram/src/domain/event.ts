import type { WebhookEvent } from '@contactsheet/webhooks'

/** An event before the outbox gives it its `id`. */
export type EventDraft = WebhookEvent extends infer Event ? Event extends { id: number } ? Omit<Event, 'id'> : never : never
