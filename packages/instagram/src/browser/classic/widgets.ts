import type { FileBlob } from '../types.ts'
import { elementOf, makeDropPane, type Storing } from './drop-pane.ts'
import { isMultiple, widgetOptions } from './widget-options.ts'

/** What widgets need of the API. */
export interface Picking extends Storing {
  setKey: (key: string) => void
  pick: (...given: unknown[]) => unknown
  pickMultiple: (...given: unknown[]) => unknown
  exportFile: (input: string, ...given: unknown[]) => void
  convert: (input: string, ...given: [Record<string, unknown>, ...unknown[]]) => void
  responsive: (element?: unknown) => void
}

const PICK = 'input[type="filepicker"]'
const DROP = 'input[type="filepicker-dragdrop"]'
const CONVERT = 'input[type="filepicker-convert"]'
const EXPORT = 'button[data-fp-url], a[data-fp-url], input[type="button"][data-fp-url]'
const PREVIEW = '[type="filepicker-preview"][data-fp-url]'

/** Builds every widget in the page. */
export function buildWidgets (api: Picking): void {
  for (const element of document.querySelectorAll<HTMLElement>([PICK, DROP, CONVERT, EXPORT, PREVIEW].join())) constructWidget(api, element)
  api.responsive()
}

/**
 * Builds one.
 *
 * @see https://github.com/filestack-archive/filepicker-js
 */
export function constructWidget (api: Picking, given: unknown): void {
  const element = elementOf(given)
  const key = element.getAttribute('data-fp-apikey')
  if (key !== null) api.setKey(key)
  if (element.matches(PICK)) constructPick(api, element as HTMLInputElement)
  else if (element.matches(DROP)) constructDrop(api, element as HTMLInputElement)
  else if (element.matches(CONVERT)) constructConvert(api, element as HTMLInputElement)
  else if (element.matches(PREVIEW)) constructPreview(element)
  else if (element.matches('img[data-fp-src]')) api.responsive(element)
  else constructExport(api, element)
}

function constructPick (api: Picking, input: HTMLInputElement): void {
  const button = buttonFor(input)
  input.hidden = true
  input.after(button)
  button.addEventListener('click', () => pickInto(api, input, () => {}))
}

function constructDrop (api: Picking, input: HTMLInputElement): void {
  const pane = document.createElement('div')
  const button = buttonFor(input)
  const field = document.createElement('div')
  const invitation = input.getAttribute('data-fp-drag-text') ?? 'Or drop files here'
  pane.className = input.getAttribute('data-fp-class') ?? input.className
  field.className = input.getAttribute('data-fp-drag-class') ?? ''
  field.textContent = invitation
  field.style.cssText = 'display:inline-block;margin-inline-start:4px;padding:4px 10px;border:1px dashed currentColor;border-radius:6px;cursor:pointer;vertical-align:middle'
  input.hidden = true
  pane.append(button, field)
  input.after(pane)

  const { storeLocation, storePath, storeContainer, storeAccess, ...options } = widgetOptions(input)
  const show = (blobs: FileBlob[]): void => { field.textContent = blobs.map(({ filename }) => filename).join(', ') }
  const pick = (): void => pickInto(api, input, show)
  button.addEventListener('click', pick)
  field.addEventListener('click', pick)
  makeDropPane(api, field, {
    ...options,
    multiple: isMultiple(input),
    location: storeLocation,
    path: storePath,
    container: storeContainer,
    access: storeAccess,
    dragEnter: () => { field.textContent = 'Drop to upload' },
    dragLeave: () => { field.textContent = invitation },
    onProgress: (percent: number) => { field.textContent = `${Math.round(percent)} %` },
    onSuccess (blobs: FileBlob[]) {
      show(blobs)
      fill(input, blobs)
    },
    onError: (type: string, message: string) => { field.textContent = type === 'UploadError' ? 'Oops! Had trouble uploading.' : message }
  })
}

/** Picks a photo and converts it as the element's `data-fp-width`, `-height`, `-fit`, … say. */
function constructConvert (api: Picking, input: HTMLInputElement): void {
  const button = buttonFor(input)
  input.hidden = true
  input.after(button)
  button.addEventListener('click', () => api.pick(widgetOptions(input), (blob: FileBlob) => {
    const { storeLocation = 'S3', storePath } = widgetOptions(input)
    api.convert(blob.url, conversionOf(input), { location: storeLocation, ...(storePath === undefined ? {} : { path: storePath }) }, (converted: FileBlob) => fill(input, [converted]))
  }))
}

function constructExport (api: Picking, element: HTMLElement): void {
  element.addEventListener('click', event => {
    const url = element.getAttribute('data-fp-url')
    if (url === null) return
    event.preventDefault()
    api.exportFile(url, widgetOptions(element))
  })
}

/** Shows the picture itself: everything that is picked here is one. */
function constructPreview (element: HTMLElement): void {
  const image = new Image()
  image.src = element.getAttribute('data-fp-url') ?? ''
  image.alt = element.getAttribute('data-fp-alt') ?? ''
  image.style.cssText = 'max-width:100%;height:auto'
  element.append(image)
}

function buttonFor (input: HTMLInputElement): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = input.getAttribute('data-fp-button-class') ?? (input.className || 'fp__btn')
  button.textContent = input.getAttribute('data-fp-button-text') ?? (isMultiple(input) ? 'Pick Files' : 'Pick File')
  return button
}

function pickInto (api: Picking, input: HTMLInputElement, show: (blobs: FileBlob[]) => void): void {
  const picked = (blobs: FileBlob[]): void => {
    show(blobs)
    fill(input, blobs)
  }
  if (isMultiple(input)) api.pickMultiple(widgetOptions(input), picked)
  else api.pick(widgetOptions(input), (blob: FileBlob) => picked([blob]))
}

/** The input's value becomes the addresses, and a change event tells of the blobs. */
function fill (input: HTMLInputElement, blobs: FileBlob[]): void {
  input.value = blobs.map(({ url }) => url).join()
  input.dispatchEvent(Object.assign(new Event('change', { bubbles: true }), { fpfile: blobs[0], fpfiles: blobs }))
}

const NUMBERS = ['width', 'height', 'quality', 'rotate'] as const
const TEXTS = ['fit', 'align', 'format', 'crop'] as const

function conversionOf (element: HTMLElement): Record<string, unknown> {
  const value = (name: string) => element.getAttribute(`data-fp-${name}`)
  return Object.fromEntries([
    ...NUMBERS.map(name => [name, value(name) === null ? undefined : Number(value(name))] as const),
    ...TEXTS.map(name => [name, value(name) ?? undefined] as const)
  ].filter(([, each]) => each !== undefined))
}
