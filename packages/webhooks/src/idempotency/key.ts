import { createHash } from 'node:crypto'
import type { ReceivedEvent } from '../context.ts'

const MAX_LENGTH = 200
const PLAIN = /^[\w.-]+$/

/**
 * What makes two deliveries the same event: `action:id` from inside the signed body, because header ids of one of the two families
 * are not signed. A body without such an id is known by its SHA-256. The sender goes in front, since two senders may count alike.
 */
export function keyOf (event: ReceivedEvent, body: Uint8Array, sender: string | undefined): string {
  const prefix = sender === undefined ? '' : `${encodeURIComponent(sender)}:`
  const id = 'id' in event && isExact(event.id) ? String(event.id) : ''
  const key = `${prefix}${event.action}:${id}`
  // An id with a colon, or an endless action, could be made to look like another event's key.
  return PLAIN.test(id) && key.length <= MAX_LENGTH ? key : `${prefix}sha256:${createHash('sha256').update(body).digest('hex')}`
}

/** Whether an id is what the sender wrote: JSON's numbers beyond 2^53 lose digits, and two of them may become one. */
function isExact (id: unknown): id is number | string {
  return typeof id === 'string' || Number.isSafeInteger(id)
}
