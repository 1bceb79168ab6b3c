import { blobOfPayload, type DialogPayload } from '../blob.ts'
import { isPickerErrorCode, PickerError } from '../errors.ts'
import { addressOf } from '../place.ts'
import type { DialogProgress, FileBlob } from '../types.ts'
import { dialogAddress, type DialogRequest } from './address.ts'
import type { Container, Dismissal } from './container.ts'
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
  const id = newId()
  const name = request.container ?? (isPhone() ? 'window' : 'modal')
  const { origin } = new URL(addressOf(request, '/'))

  return new Promise<FileBlob[]>((resolve, reject) => {
    let isAtStake = false
    const tell = (type: 'close' | 'end'): void => { container?.source()?.postMessage(JSON.stringify({ id, type }), origin) }
    const fail = (error: unknown): void => {
      stop()
      reject(error)
    }
    const container = open(name, dialogAddress(id, name, request), {
      asked () {
        if (isAtStake) {
          tell('close')
          container?.focus()
        } else {
          container?.close()
          fail(new PickerError(101))
        }
      },
      done: () => fail(new PickerError(101))
    })
    if (container === undefined) return reject(new PickerError(102))
    const abort = (): void => {
      tell('end')
      container.close()
      fail(signal?.reason)
    }
    const silence = hearDialog(id, origin, container, message => {
      if (message.type === 'atStake') isAtStake = message.payload === true
      const outcome = outcomeOf(message)
      if (outcome === undefined) return follow(message, container, request)
      stop()
      if (Array.isArray(outcome)) resolve(outcome)
      else reject(outcome)
      container.guard(false)
      container.close()
    })
    const stop = (): void => {
      silence()
      signal?.removeEventListener('abort', abort)
    }
    signal?.addEventListener('abort', abort, { once: true })
  })
}

/** Not by `randomUUID`, which browsers keep from pages on plain http. */
function newId (): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Hears the messages of one dialog: of its very window and origin, and, when that is the page's own, of its channel. @returns stops hearing */
function hearDialog (id: string, origin: string, container: Container, hear: (message: DialogMessage) => void): () => void {
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
function outcomeOf ({ type, payload, error }: DialogMessage): FileBlob[] | PickerError | undefined {
  if (type !== 'closeModal' && type !== 'filepickerUrl') return undefined
  if (payload !== undefined) return [payload].flat().map(file => blobOfPayload(file as DialogPayload))
  return new PickerError(isPickerErrorCode(error?.code) ? error.code : type === 'closeModal' ? 101 : 102)
}

function follow ({ type, payload }: DialogMessage, container: Container, { onProgress }: DialogRequest): void {
  if (type === 'filepickerProgress') onProgress?.((payload as { data: DialogProgress }).data)
  else if (type === 'atStake') container.guard(payload === true)
  else if (type === 'ready') container.focus()
  else if (type === 'hideModal') container.hide()
  else if (type === 'leaving') container.leave()
}

function open (name: string, address: string, dismissal: Dismissal): Container | undefined {
  if (name === 'modal') return openModal(address, dismissal)
  if (name === 'window') return openWindow(address, dismissal)
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
