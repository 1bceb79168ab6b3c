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
  const id = 'id' in event && (typeof event.id === 'number' || typeof event.id === 'string') ? String(event.id) : ''
  const key = `${prefix}${event.action}:${id}`
  // An id with a colon, or an endless action, could be made to look like another event's key.
  return PLAIN.test(id) && key.length <= MAX_LENGTH ? key : `${prefix}sha256:${createHash('sha256').update(body).digest('hex')}`
}
