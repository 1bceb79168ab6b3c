import { blobOfPayload, type DialogPayload } from '../blob.ts'
import { isPickerErrorCode, PickerError } from '../errors.ts'
import { addressOf } from '../place.ts'
import type { DialogProgress, FileBlob } from '../types.ts'
import { dialogAddress, type DialogRequest } from './address.ts'
import type { Container } from './container.ts'
import { openFrame } from './frame.ts'
import { openModal } from './modal.ts'
import { openWindow } from './window.ts'

interface DialogMessage { id: string, type: string, payload?: unknown, error?: { code?: number } }

/**
 * Opens the dialog and waits for its result. Only messages of that very window and of the server's origin count.
 *
 * @throws {PickerError} 101 when the person closes it, 102 when it fails or cannot be shown
 */
export function openDialog (request: DialogRequest): Promise<FileBlob[]> {
  const { signal } = request
  signal?.throwIfAborted()
  const id = crypto.randomUUID()
  const name = request.container ?? (isPhone() ? 'window' : 'modal')
  const origin = new URL(addressOf(request, '/')).origin
  const channel = origin === window.location.origin ? new BroadcastChannel(`contactsheet-${id}`) : undefined

  return new Promise<FileBlob[]>((resolve, reject) => {
    const settle = (finish: () => void): void => {
      window.removeEventListener('message', listen)
      channel?.close()
      signal?.removeEventListener('abort', abort)
      finish()
    }
    const fail = (error: unknown): void => settle(() => reject(error))
    const abort = (): void => {
      container?.close()
      fail(signal?.reason)
    }
    const hear = (message: DialogMessage): void => {
      if (message.type === 'filepickerProgress') request.onProgress?.((message.payload as { data: DialogProgress }).data)
      else if (message.type === 'uploading' || message.type === 'notUploading') container?.guard(message.type === 'uploading')
      else if (message.type === 'ready') container?.focus()
      else if (message.type === 'hideModal') container?.hide()
      else if (message.type === 'leaving') container?.leave()
      else if (message.type === 'closeModal' || message.type === 'filepickerUrl') {
        const { payload, error } = message
        container?.guard(false)
        if (payload === undefined) fail(new PickerError(isPickerErrorCode(error?.code) ? error.code : message.type === 'closeModal' ? 101 : 102))
        else settle(() => resolve([payload].flat().map(file => blobOfPayload(file as DialogPayload))))
        container?.close()
      }
    }
    const listen = (event: MessageEvent): void => {
      if (event.origin !== origin || event.source === null || event.source !== container?.source()) return
      const message = parse(event.data)
      if (message?.id === id || message?.id === `${id}-upload`) hear(message)
    }

    const container = open(name, dialogAddress(id, name, request), () => fail(new PickerError(101)))
    if (container === undefined) return fail(new PickerError(102))
    window.addEventListener('message', listen)
    if (channel !== undefined) channel.onmessage = event => { const message = parse(event.data); if (message !== undefined) hear(message) }
    signal?.addEventListener('abort', abort, { once: true })
  })
}

function open (name: string, address: string, onClosed: () => void): Container | undefined {
  if (name === 'modal') return openModal(address, onClosed)
  if (name === 'window') return openWindow(address, onClosed)
  const frame = document.getElementById(name)
  if (!(frame instanceof HTMLIFrameElement)) throw new TypeError(`container must be "modal", "window", or the id of an iframe in the page, got "${name}"`)
  return openFrame(frame, address)
}

function parse (data: unknown): DialogMessage | undefined {
  try {
    return typeof data === 'string' ? JSON.parse(data) as DialogMessage : undefined
  } catch {
    return undefined
  }
}

/** Phones and tablets show a dialog better in a tab of its own, except inside an app made of a web page. */
function isPhone (): boolean {
  const isStandalone = (navigator as Navigator & { standalone?: boolean }).standalone === true
  return /iPhone|iPad|iPod|Android/i.test(navigator.userAgent) && !isStandalone
}
