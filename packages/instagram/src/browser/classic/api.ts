import { services } from '../services.ts'
import { urlOf } from '../blob.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import { exportFile } from '../files/export-file.ts'
import { logout } from '../logout.ts'
import type { BlobOrUrl, FileBlob, StoreTarget } from '../types.ts'
import { settle, sorted, type Callbacks } from './callbacks.ts'
import { debugBlob } from './debug.ts'
import { makeDropPane } from './drop-pane.ts'
import { FilepickerException, FPError } from './exceptions.ts'
import { fileCalls } from './file-calls.ts'
import { inlineStore, pickerOptions, storeTarget } from './picker-options.ts'
import { createResponsive } from './responsive.ts'
import { buildWidgets, constructWidget } from './widgets.ts'

type Given = Record<string, unknown>

/** What every call uses. */
export interface Session {
  server: string
  /** @throws {FilepickerException} before `setKey` */
  place: () => { server: string, key: string }
}

/**
 * The API that pages have called since 2012.
 *
 * @param server - address of the server with its prefix
 * @see https://github.com/filestack-archive/filepicker-js
 */
export function createFilepicker (server: string) {
  let key: string | undefined
  const responsive = createResponsive()
  const session: Session = {
    server,
    place () {
      if (key === undefined) throw new FilepickerException('API Key not found')
      return { server, key }
    }
  }
  const dialog = (isMultiple: boolean, given: Given, callbacks: Callbacks, store: StoreTarget | undefined, adapt: (blobs: FileBlob[]) => unknown[]) => {
    const place = session.place()
    const options = pickerOptions(given)
    checkContainer(options.container)
    const closer = new AbortController()
    const { onProgress } = callbacks
    const opened = given.debug === true || given.debug === 'true'
      ? debugBlob().then(blob => isMultiple ? [blob, blob, blob] : [blob])
      : openDialog({ ...place, ...options, isMultiple, ...(store === undefined ? {} : { store }), signal: closer.signal, ...(onProgress === undefined ? {} : { onProgress }) })
    settle(opened, callbacks, adapt)
    return { close: () => closer.abort() }
  }
  const notOffered = (name: string) => (): never => { throw new FilepickerException(`${name} is not offered by this server`) }

  const api = {
    setKey (given: string): void { key = given },
    pick (...given: unknown[]) {
      const { options, callbacks } = sorted(given)
      return dialog(false, options, callbacks, inlineStore(options), ([blob]) => [blob])
    },
    pickMultiple (...given: unknown[]) {
      const { options, callbacks } = sorted(given)
      return dialog(true, options, callbacks, inlineStore(options), blobs => [blobs])
    },
    pickAndStore (picker: Given, store: Given, ...rest: unknown[]) {
      if (!isOptions(picker) || !isOptions(store)) throw new FilepickerException('Not all required parameters given, missing picker or store options')
      const { callbacks } = sorted([{}, ...rest])
      const isMultiple = Boolean(picker.multiple)
      const target = storeTarget(store)
      if (isMultiple && target.path !== undefined && !target.path.endsWith('/')) throw new FilepickerException('pickAndStore with multiple files requires a path that ends in "/"')
      return dialog(isMultiple, picker, callbacks, target, blobs => [blobs])
    },
    ...fileCalls(session),
    exportFile (input: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      if (typeof input !== 'string' && typeof input?.url !== 'string') throw new FilepickerException(`Invalid file to export: ${String(input)}. Not a valid url or FPFile object.`)
      settle(exportFile(urlOf(input), { ...session.place(), ...options }), callbacks)
    },
    logout (given: { onSuccess?: () => void, onError?: (error: FPError) => void } = {}): void {
      const { callbacks } = sorted([{}, given.onSuccess, given.onError])
      settle(logout({ server, ...(key === undefined ? {} : { key }) }), callbacks)
    },
    makeDropPane: (element: unknown, options: Given = {}): boolean => makeDropPane(api, element, options),
    constructWidget: (element: unknown): void => constructWidget(api, element),
    buildWidgets: (): void => buildWidgets(api),
    responsive: responsive.update,
    setResponsiveOptions: responsive.setOptions,
    pickFolder: notOffered('pickFolder'),
    processImage: notOffered('processImage'),
    services,
    errors: { FPError },
    FilepickerException,
    version: '2.4.18'
  }
  return { ...api, metadata: api.stat, export: api.exportFile }
}

/** @throws {FilepickerException} for the id of an iframe that is not in the page */
function checkContainer (container: string | undefined): void {
  if (container === undefined || container === 'modal' || container === 'window' || document.getElementById(container) instanceof HTMLIFrameElement) return
  throw new FilepickerException(`Container "${container}" not found. It is "window", "modal", or the id of an iframe that is in the document.`)
}

function isOptions (value: unknown): value is Given {
  return typeof value === 'object' && value !== null
}
