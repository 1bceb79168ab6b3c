import type { Conversion } from '../files/conversion.ts'
import type { Metadata, StatOptions } from '../files/stat.ts'
import type { ReadOptions } from '../files/read.ts'
import type { services } from '../services.ts'
import type { BlobOrUrl, DialogOptions, DialogProgress, FileBlob, MultipleOptions, StoreOptions, StoreTarget } from '../types.ts'
import type { FilepickerException, FPError } from './exceptions.ts'
import type { ResponsiveOptions } from './responsive.ts'

export type { BlobOrUrl, Conversion, DialogProgress, FileBlob, FilepickerException, FPError, Metadata, ResponsiveOptions }

type Answered<Values extends unknown[]> = (...values: Values) => void
type Failed = (error: FPError) => void
/** Called with percent, 0 to 100. */
type Percent = (percent: number) => void
/** `([options], onSuccess, [onError], [onProgress])`: the options may be left out, as may everything behind `onSuccess`. */
type Rest<Options, Values extends unknown[], Progress> =
  | [onSuccess?: Answered<Values>, onError?: Failed, onProgress?: Progress]
  | [options: Options, onSuccess?: Answered<Values>, onError?: Failed, onProgress?: Progress]

type Own = 'server' | 'key' | 'signal' | 'onProgress'

/** Singular names, and copies made by plain picks, as the callbacks have always taken them. */
interface ClassicOptions {
  mimetype?: string
  extension?: string
  service?: string | number
  /** Answers a sample at once, without a dialog. */
  debug?: boolean
  storeLocation?: string
  storePath?: string
  storeContainer?: string
  storeAccess?: 'public' | 'private'
}

export interface PickOptions extends Omit<DialogOptions, Own>, ClassicOptions {}
export interface PickMultipleOptions extends Omit<MultipleOptions, Own>, ClassicOptions {}
export interface PickAndStoreOptions extends PickMultipleOptions { multiple?: boolean }
export type FileOptions = Omit<StoreOptions, Own>

/** Takes an open dialog away; no callback is called. */
export interface Closer { close: () => void }

/** `window.filepicker`: what pages have called since 2012. Wrong use throws a {@link FilepickerException}; everything else that fails goes to `onError`. */
export interface Filepicker {
  /** Names the app; to be called before any other call. */
  setKey: (key: string) => void
  pick: (...given: Rest<PickOptions, [blob: FileBlob], (progress: DialogProgress) => void>) => Closer
  pickMultiple: (...given: Rest<PickMultipleOptions, [blobs: FileBlob[]], (progress: DialogProgress) => void>) => Closer
  /** The blobs of copies, in a list also when it is one. */
  pickAndStore: (picker: PickAndStoreOptions, store: StoreTarget, onSuccess?: Answered<[blobs: FileBlob[]]>, onError?: Failed, onProgress?: (progress: DialogProgress) => void) => Closer
  store: (input: BlobOrUrl | Blob | HTMLInputElement, ...given: Rest<FileOptions, [blob: FileBlob], Percent>) => void
  storeUrl: (url: BlobOrUrl, ...given: Rest<FileOptions, [blob: FileBlob], Percent>) => void
  convert: (input: BlobOrUrl, conversion: Conversion, ...given: Rest<StoreTarget, [blob: FileBlob], Percent>) => void
  write: (target: BlobOrUrl, input: BlobOrUrl | Blob | HTMLInputElement, ...given: Rest<FileOptions, [blob: FileBlob], Percent>) => void
  writeUrl: (target: BlobOrUrl, url: BlobOrUrl, ...given: Rest<FileOptions, [blob: FileBlob], Percent>) => void
  read: (input: BlobOrUrl | Blob | HTMLInputElement, ...given: Rest<Omit<ReadOptions, Own>, [content: string], Percent>) => void
  stat: (input: BlobOrUrl, ...given: Rest<Omit<StatOptions, Own>, [facts: Metadata], never>) => void
  /** Another name of `stat`. */
  metadata: Filepicker['stat']
  exportFile: (input: BlobOrUrl, ...given: Rest<Pick<FileOptions, 'policy' | 'signature'> & { suggestedFilename?: string }, [blob: FileBlob], never>) => void
  /** Another name of `exportFile`. */
  export: Filepicker['exportFile']
  remove: (input: BlobOrUrl, ...given: Rest<Pick<FileOptions, 'policy' | 'signature'>, [], never>) => void
  logout: (given?: { onSuccess?: () => void, onError?: Failed }) => void
  /** Makes an element take dropped files. */
  makeDropPane: (element: unknown, options?: Record<string, unknown>) => boolean
  constructWidget: (element: unknown) => void
  buildWidgets: () => void
  responsive: (element?: unknown) => void
  setResponsiveOptions: (given?: ResponsiveOptions) => void
  services: typeof services
  errors: { FPError: typeof FPError }
  FilepickerException: typeof FilepickerException
  version: string
}
