/**
 * Types of `window.filepicker`, for pages that load `/filepicker.js`. Importing this declares the global and runs nothing.
 *
 * @example import '@contactsheet/instagram/filepicker-global'
 */
import type { Filepicker } from './classic/types.ts'

export type * from './classic/types.ts'

declare global {
  /** The client, once the page has loaded `/filepicker.js`. */
  var filepicker: Filepicker
  interface Window { filepicker: Filepicker }
}
