import type { ContactsheetErrorCode } from '../errors.ts'

/** How a sign-in ended, as the dialog is told it. */
export type SignInOutcome =
  | { status: 'connected', username: string }
  | { status: 'failed', code: ContactsheetErrorCode, message: string, retryAfterSeconds?: number }

/** A sign-in under way: what the callback has to know of its start. */
export interface SignIn {
  stateHash: string
  browserHash: string
  /** Empty when no dialog waits for it. */
  ticketHash: string
  appKey: string
  sessionId: string
  returnTo: string | undefined
  createdAtMs: number
  /** Whether the callback has come. */
  isUsed: boolean
  outcome: SignInOutcome | undefined
}
