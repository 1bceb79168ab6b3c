import type { FileBlob } from '../types.ts'
import { hasFolder, imageAddress } from './dropped.ts'
import { FilepickerException, type FPError } from './exceptions.ts'
import { checkFiles, type FileRules } from './file-rules.ts'
import { definedOnly } from './picker-options.ts'

type Given = Record<string, unknown>

/** What a drop pane needs of the API. */
export interface Storing {
  store: (input: unknown, ...given: unknown[]) => void
  storeUrl: (url: string, ...given: unknown[]) => void
  remove: (input: string, ...given: unknown[]) => void
}

/** Store options that pass through. */
const STORE_OPTIONS = ['location', 'path', 'container', 'access', 'policy', 'signature'] as const

/** Calls the callback of the page's that has this name, when there is one. */
type Tell = (name: string, ...values: unknown[]) => void

interface Uploads {
  api: Storing
  rules: FileRules
  storeOptions: Given
  tell: Tell
}

/**
 * Makes an element take dropped files.
 *
 * @returns true
 * @throws {FilepickerException} without an element
 * @see https://github.com/filestack-archive/filepicker-js
 */
export function makeDropPane (api: Storing, given: unknown, options: Given): boolean {
  const pane = elementOf(given)
  const tell: Tell = (name, ...values) => {
    const callback = options[name]
    if (typeof callback === 'function') callback(...values)
  }
  const storeOptions = definedOnly<Given>(Object.fromEntries(STORE_OPTIONS.map(name => [name, options[name]])))
  const uploads: Uploads = { api, rules: rulesOf(options), storeOptions, tell }
  const listen = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', act: (event: DragEvent) => void): void => pane.addEventListener(type, event => {
    event.preventDefault()
    event.stopPropagation()
    if (pane.getAttribute('disabled') !== 'disabled') act(event)
  })
  listen('dragenter', () => tell('dragEnter'))
  listen('dragleave', () => tell('dragLeave'))
  listen('dragover', event => { if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy' })
  listen('drop', ({ dataTransfer }) => {
    const files = [...dataTransfer?.files ?? []]
    const address = imageAddress(dataTransfer)
    if (hasFolder(dataTransfer)) return tell('onError', 'WrongType', 'Uploading a folder is not allowed')
    if (files.length === 0 && address !== undefined) return uploadAddress(address, uploads)
    const problem = checkFiles(files, uploads.rules)
    if (problem === undefined) uploadFiles(files, pane, uploads)
    else tell('onError', problem.type, problem.message)
  })
  return true
}

function rulesOf (options: Given): FileRules {
  return definedOnly<FileRules>({
    isMultiple: Boolean(options.multiple),
    maxFiles: options.maxFiles,
    maxSize: options.maxSize,
    mimetypes: words(options.mimetypes ?? options.mimetype) ?? ['*/*'],
    extensions: words(options.extensions ?? options.extension)
  })
}

/** Stores all at once; the pane takes no other files meanwhile. */
async function uploadFiles (files: File[], pane: HTMLElement, { api, storeOptions, tell }: Uploads): Promise<void> {
  tell('onStart', files)
  pane.setAttribute('disabled', 'disabled')
  const percents = files.map(() => 0)
  const progress = (index: number, percent: number): void => {
    percents[index] = percent
    tell('onProgress', percents.reduce((sum, each) => sum + each, 0) / files.length)
  }
  const one = (file: File, index: number) => new Promise<FileBlob>((resolve, reject) => api.store(file, storeOptions, resolve, reject, (percent: number) => progress(index, percent)))
  await Promise.all(files.map(one)).then(
    blobs => tell('onSuccess', blobs),
    (error: FPError) => tell('onError', 'UploadError', error.toString())
  )
  pane.setAttribute('disabled', 'enabled')
}

/** What it is shows only when it is stored: then it is removed again if it breaks a rule. */
function uploadAddress (url: string, { api, rules, storeOptions, tell }: Uploads): void {
  const stored = (blob: FileBlob): void => {
    const problem = checkFiles([{ name: blob.filename, type: blob.mimetype, size: blob.size ?? 0 }], rules)
    if (problem === undefined) return tell('onSuccess', [blob])
    tell('onError', problem.type, problem.message)
    api.remove(blob.url, storeOptions)
  }
  api.storeUrl(url, storeOptions, stored, (error: FPError) => tell('onError', 'UploadError', error.toString()), (percent: number) => tell('onProgress', percent))
}

/** An element, or a jQuery object that holds one. */
export function elementOf (given: unknown): HTMLElement {
  const element: unknown = given instanceof HTMLElement ? given : (given as { 0?: unknown } | null | undefined)?.[0]
  if (!(element instanceof HTMLElement)) throw new FilepickerException('No DOM element found to create drop pane')
  return element
}

function words (value: unknown): string[] | undefined {
  if (value === undefined) return undefined
  return Array.isArray(value) ? value.map(String) : String(value).split(',').map(word => word.trim())
}
