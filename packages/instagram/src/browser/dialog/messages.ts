import { blobOfPayload, type DialogPayload } from '../blob.ts'
import { isPickerErrorCode, PickerError } from '../errors.ts'
import type { FileBlob } from '../types.ts'
import type { Container } from './container.ts'

export interface DialogMessage { id: string, type: string, payload?: unknown, error?: { code?: number } }

/** Hears the messages of one dialog: of its very window and origin, and, when that is the page's own, of its channel. @returns stops hearing */
export function hearDialog (id: string, origin: string, container: Container, hear: (message: DialogMessage) => void): () => void {
  const channel = origin === window.location.origin ? new BroadcastChannel(`contactsheet-${id}`) : undefined
  const take = (data: unknown): void => {
    const message = parse(data)
    if (message?.id === id) hear(message)
  }
  const listen = ({ origin: from, source, data }: MessageEvent): void => { if (from === origin && source !== null && source === container.source()) take(data) }
  window.addEventListener('message', listen)
  channel?.addEventListener('message', ({ data }) => take(data))
  return () => {
    window.removeEventListener('message', listen)
    channel?.close()
  }
}

/** How a dialog ended, when this is its last message. */
export function outcomeOf ({ type, payload, error }: DialogMessage): FileBlob[] | PickerError | undefined {
  if (type !== 'closeModal' && type !== 'filepickerUrl') return undefined
  if (payload !== undefined) return [payload].flat().map(file => blobOfPayload(file as DialogPayload))
  return new PickerError(isPickerErrorCode(error?.code) ? error.code : type === 'closeModal' ? 101 : 102)
}

function parse (data: unknown): DialogMessage | undefined {
  try {
    return typeof data === 'string' ? JSON.parse(data) as DialogMessage : undefined
  } catch {
    return undefined
  }
}
