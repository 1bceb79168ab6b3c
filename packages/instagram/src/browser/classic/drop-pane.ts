import type { FileBlob } from '../types.ts'
import type { FPError } from './exceptions.ts'
import { FilepickerException } from './exceptions.ts'
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

/**
 * Makes an element take dropped files.
 *
 * @returns true
 * @throws {FilepickerException} without an element
 * @see https://github.com/filestack-archive/filepicker-js
 */
export function makeDropPane (api: Storing, given: unknown, options: Given): boolean {
  const pane = elementOf(given)
  const call = (name: string, ...values: unknown[]): void => {
    const callback = options[name]
    if (typeof callback === 'function') callback(...values)
  }
  const rules: FileRules = definedOnly<FileRules>({
    isMultiple: Boolean(options.multiple),
    maxFiles: options.maxFiles,
    maxSize: options.maxSize,
    mimetypes: words(options.mimetypes ?? options.mimetype) ?? ['*/*'],
    extensions: words(options.extensions ?? options.extension)
  })
  const storeOptions = definedOnly<Given>(Object.fromEntries(STORE_OPTIONS.map(name => [name, options[name]])))
  const isEnabled = (): boolean => pane.getAttribute('disabled') !== 'disabled'
  const refuse = (problem: ReturnType<typeof checkFiles>): void => { if (problem !== undefined) call('onError', problem.type, problem.message) }

  const upload = async (files: File[]): Promise<void> => {
    call('onStart', files)
    pane.setAttribute('disabled', 'disabled')
    const percents = files.map(() => 0)
    const tell = (index: number, percent: number): void => {
      percents[index] = percent
      call('onProgress', percents.reduce((sum, each) => sum + each, 0) / files.length)
    }
    const one = (file: File, index: number) => new Promise<FileBlob>((resolve, reject) => api.store(file, storeOptions, resolve, reject, (percent: number) => tell(index, percent)))
    await Promise.all(files.map(one)).then(
      blobs => call('onSuccess', blobs),
      (error: FPError) => call('onError', 'UploadError', error.toString())
    )
    pane.setAttribute('disabled', 'enabled')
  }
  const uploadAddress = (url: string): void => api.storeUrl(url, storeOptions, (blob: FileBlob) => {
    const problem = checkFiles([{ name: blob.filename, type: blob.mimetype, size: blob.size ?? 0 }], rules)
    if (problem === undefined) return call('onSuccess', [blob])
    refuse(problem)
    api.remove(blob.url, storeOptions)
  }, (error: FPError) => call('onError', 'UploadError', error.toString()), (percent: number) => call('onProgress', percent))

  const listen = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', act: (event: DragEvent) => void): void => pane.addEventListener(type, event => {
    event.preventDefault()
    event.stopPropagation()
    if (isEnabled()) act(event)
  })
  listen('dragenter', () => call('dragEnter'))
  listen('dragleave', () => call('dragLeave'))
  listen('dragover', event => { if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy' })
  listen('drop', ({ dataTransfer }) => {
    const files = [...dataTransfer?.files ?? []]
    const address = imageAddress(dataTransfer)
    if ([...dataTransfer?.items ?? []].some(item => item.webkitGetAsEntry()?.isDirectory === true)) return call('onError', 'WrongType', 'Uploading a folder is not allowed')
    if (files.length === 0 && address !== undefined) return uploadAddress(address)
    const problem = checkFiles(files, rules)
    if (problem === undefined) upload(files)
    else refuse(problem)
  })
  return true
}

/** The address of a picture that was dragged over from another page. */
function imageAddress (dropped: DataTransfer | null): string | undefined {
  const plain = dropped?.getData('text/plain') ?? ''
  if (/^https?:\/\//.test(plain)) return plain
  const html = dropped?.getData('text/html') ?? ''
  return new DOMParser().parseFromString(html, 'text/html').querySelector('img')?.src || undefined
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
