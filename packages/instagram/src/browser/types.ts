/** A picked, stored or converted file. */
export interface FileBlob {
  url: string
  filename: string
  mimetype: string
  /** Bytes; absent while the size of a linked photo is not known. */
  size?: number
  isWriteable: boolean
  /** Where the copy lies; present for stored files. */
  key?: string
  container?: string
  path?: string
  /** The service it was picked from, `Instagram`. */
  client?: string
  id?: number
}

/** A blob, or just its url. */
export type BlobOrUrl = string | { url: string, filename?: string, mimetype?: string }

/** Where the server is and which app asks. */
export interface Place {
  /** Address of the server with its prefix, as in `https://photos.example.com`. @defaultValue the page's own origin */
  server?: string
  /** The app's API key. @defaultValue 'default' */
  key?: string
}

/** What every call takes. */
export interface RequestOptions extends Place {
  policy?: string
  signature?: string
  /** Stops the call; its promise rejects with the signal's reason. */
  signal?: AbortSignal
  /** Called with percent, 0 to 100. */
  onProgress?: (percent: number) => void
}

/** Told of while photos are copied. */
export interface DialogProgress { filename: string, done: number, total: number, percent: number }

/** What the dialog takes. */
export interface DialogOptions extends Place {
  policy?: string
  signature?: string
  /** @defaultValue ['image/*'] */
  mimetypes?: readonly string[]
  /** In place of `mimetypes`, such as `['.jpg']`. */
  extensions?: readonly string[]
  /** Names or numbers of {@link services}. @defaultValue all that are offered */
  services?: ReadonlyArray<string | number>
  /** The service to open first. */
  openTo?: string | number
  /** `modal`, `window`, or the id of an iframe in the page. @defaultValue 'modal'; 'window' on phones */
  container?: string
  /** Bytes. */
  minSize?: number
  /** Bytes. */
  maxSize?: number
  /** Hides the dialog while copies are made. @defaultValue false */
  hide?: boolean
  /** A language tag. @defaultValue the browser's */
  language?: string
  /** Address of a stylesheet on one of the app's origins. */
  customCss?: string
  /** Closes the dialog; the promise rejects with the signal's reason. */
  signal?: AbortSignal
  onProgress?: (progress: DialogProgress) => void
}

export interface MultipleOptions extends DialogOptions {
  /** @defaultValue no limit */
  maxFiles?: number
}

/** Where copies are kept. */
export interface StoreTarget {
  /** Name of a location of the server's. @defaultValue 'S3' */
  location?: string
  /** A key, or a folder when it ends in `/`. */
  path?: string
  container?: string
  /** @defaultValue 'private' */
  access?: 'public' | 'private'
}

export interface StoreOptions extends RequestOptions, StoreTarget {
  filename?: string
  mimetype?: string
  /** The input is Base64 text of the bytes. */
  base64decode?: boolean
}
