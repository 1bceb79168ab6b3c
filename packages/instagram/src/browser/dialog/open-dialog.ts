import { PickerError } from '../errors.ts'
import { addressOf } from '../place.ts'
import type { DialogProgress, FileBlob } from '../types.ts'
import { dialogAddress, type DialogRequest } from './address.ts'
import type { Container, Dismissal } from './container.ts'
import { openFrame } from './frame.ts'
import { hearDialog, outcomeOf, type DialogMessage } from './messages.ts'
import { openModal } from './modal.ts'
import { createWayBack } from './way-back.ts'
import { openWindow } from './window.ts'

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
    let isEnded = false
    const dismissed = (): void => end(() => reject(new PickerError(101)))
    const container = open(name, dialogAddress(id, name, request), {
      asked () {
        if (!isAtStake) return dismissed()
        tell('close')
        container?.focus()
      },
      done: dismissed
    })
    if (container === undefined) return reject(new PickerError(102))

    const tell = (type: 'close' | 'end' | 'unwind'): void => { container.source()?.postMessage(JSON.stringify({ id, type }), origin) }
    const wayBack = createWayBack(() => tell('unwind'))
    /** The page hears of the end when everything is as it was before, so that it may go on to another page at once. */
    const end = (settle: () => void): void => {
      if (isEnded) return
      isEnded = true
      signal?.removeEventListener('abort', abort)
      container.hide()
      wayBack.leave().then(() => {
        silence()
        container.close()
        settle()
      })
    }
    const abort = (): void => {
      tell('end')
      end(() => reject(signal?.reason))
    }
    const silence = hearDialog(id, origin, container, message => {
      if (message.type === 'steps') wayBack.moved(Number(message.payload))
      else if (message.type === 'atStake') isAtStake = message.payload === true
      const outcome = outcomeOf(message)
      if (outcome === undefined) return follow(message, container, request)
      container.guard(false)
      end(() => Array.isArray(outcome) ? resolve(outcome) : reject(outcome))
    })
    signal?.addEventListener('abort', abort, { once: true })
  })
}

/** Not by `randomUUID`, which browsers keep from pages on plain http. */
function newId (): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
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

/** Phones and tablets show a dialog better in a tab of its own, except inside an app made of a web page. */
function isPhone (): boolean {
  const isStandalone = (navigator as Navigator & { standalone?: boolean }).standalone === true
  return /iPhone|iPad|iPod|Android/i.test(navigator.userAgent) && !isStandalone
}
