import type { Language } from './languages.ts'

/** What the dialog's page is told; made by the server from the query and the app's settings. */
export interface DialogConfig {
  /** Correlates the messages of this dialog; chosen by the page that opened it. */
  id: string
  key: string
  /** Path before every route of ours, without a slash at its end: `''` or `'/photos'`. */
  base: string
  /** Origins that may receive the result; the browser delivers to no other. */
  origins: readonly string[]
  /** The opener's own claim of its origin; one of `origins`, or absent. */
  opener?: string
  language: Language
  container: 'modal' | 'window' | 'iframe'
  /** Whether Instagram is among the services that the page asked for. */
  offersInstagram: boolean
  /** Skips the list of services. */
  opensInstagram: boolean
  multiple: boolean
  maxFiles?: number
  /** Bytes. */
  minSize?: number
  /** Bytes. */
  maxSize?: number
  mimetypes: readonly string[]
  /** Lower case, with the dot in front. */
  extensions?: readonly string[]
  /** Hides the dialog while copies are made. */
  hide: boolean
  /** Present when the photo is to be copied, not linked. */
  store?: { location: string, path?: string, container?: string, access?: 'public' | 'private' }
  policy?: string
  signature?: string
  /** The page takes back, before it closes the dialog, what the dialog has added to the history. */
  takesStepsBack: boolean
  /** Why nothing can be picked: shown in place of everything else. */
  refusal?: 'APP_UNKNOWN' | 'ORIGIN_NOT_ALLOWED'
}
