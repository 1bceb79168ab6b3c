import type { ContactsheetErrorCode } from '../errors.ts'

/** What is wrong with something that a caller sent: domain functions answer it, use cases and routes throw it. */
export interface Fault {
  code: ContactsheetErrorCode
  message: string
}
