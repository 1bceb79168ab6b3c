import type { DialogRequest } from '../dialog/address.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import type { FileBlob, StoreTarget } from '../types.ts'
import { settle, sorted, type Callbacks } from './callbacks.ts'
import { debugBlob } from './debug.ts'
import { FilepickerException } from './exceptions.ts'
import { definedOnly, inlineStore, pickerOptions, storeTarget } from './picker-options.ts'
import type { Session } from './session.ts'
import type { Closer } from './types.ts'

type Given = Record<string, unknown>

/** The calls that open the dialog. */
export function dialogCalls (session: Session) {
  return {
    pick (...given: unknown[]): Closer {
      const { options, callbacks } = sorted(given)
      return show(session, { isMultiple: false, options, store: inlineStore(options), callbacks, adapt: ([blob]) => [blob] })
    },
    pickMultiple (...given: unknown[]): Closer {
      const { options, callbacks } = sorted(given)
      return show(session, { isMultiple: true, options, store: inlineStore(options), callbacks, adapt: blobs => [blobs] })
    },
    pickAndStore (picker: object, store: object, ...rest: unknown[]): Closer {
      if (!isOptions(picker) || !isOptions(store)) throw new FilepickerException('Not all required parameters given, missing picker or store options')
      const { callbacks } = sorted([{}, ...rest])
      const isMultiple = Boolean(picker.multiple)
      const target = storeTarget(store)
      if (isMultiple && target.path !== undefined && !target.path.endsWith('/')) throw new FilepickerException('pickAndStore with multiple files requires a path that ends in "/"')
      return show(session, { isMultiple, options: picker, store: target, callbacks, adapt: blobs => [blobs] })
    }
  }
}

interface Showing {
  isMultiple: boolean
  options: Given
  /** Present when copies are made. */
  store: StoreTarget | undefined
  callbacks: Callbacks
  /** What onSuccess gets. */
  adapt: (blobs: FileBlob[]) => unknown[]
}

function show (session: Session, { isMultiple, options: given, store, callbacks, adapt }: Showing): Closer {
  const place = session.place()
  const options = pickerOptions(given)
  checkContainer(options.container)
  const closer = new AbortController()
  const opened = given.debug === true || given.debug === 'true'
    ? debugBlob().then(blob => isMultiple ? [blob, blob, blob] : [blob])
    : openDialog({ ...place, ...options, isMultiple, signal: closer.signal, ...definedOnly<Pick<DialogRequest, 'store' | 'onProgress'>>({ store, onProgress: callbacks.onProgress }) })
  settle(opened, callbacks, adapt)
  return { close: () => closer.abort() }
}

/** @throws {FilepickerException} for the id of an iframe that is not in the page */
function checkContainer (container: string | undefined): void {
  if (container === undefined || container === 'modal' || container === 'window' || document.getElementById(container) instanceof HTMLIFrameElement) return
  throw new FilepickerException(`Container "${container}" not found. It is "window", "modal", or the id of an iframe that is in the document.`)
}

function isOptions (value: unknown): value is Given {
  return typeof value === 'object' && value !== null
}
