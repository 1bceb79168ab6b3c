import { ApiError } from './api.ts'
import type { ProblemName } from './text/messages.ts'

export interface Problem {
  name: ProblemName
  /** Seconds until another try makes sense. */
  retryAfterSeconds?: number | undefined
}

const BY_CODE: Readonly<Record<string, ProblemName>> = {
  OFFLINE: 'offline',
  INSTAGRAM_NOT_CONNECTED: 'expired',
  INSTAGRAM_RECONNECT_REQUIRED: 'expired',
  SOURCE_RECONNECT_REQUIRED: 'expired',
  INSTAGRAM_ACCOUNT_PERSONAL: 'personal',
  INSTAGRAM_PERMISSION_MISSING: 'permission',
  INSTAGRAM_DECLINED: 'declined',
  INSTAGRAM_LIMIT_REACHED: 'limit',
  INSTAGRAM_ACCOUNT_RESTRICTED: 'restricted',
  INSTAGRAM_ROLE_MISSING: 'role',
  INSTAGRAM_SIGN_IN_REFUSED: 'signInLost',
  SIGN_IN_EXPIRED: 'signInLost',
  SIGN_IN_USED: 'signInLost',
  SIGN_IN_FOREIGN: 'signInLost',
  SESSION_MISSING: 'siteSignIn',
  REQUEST_LIMIT_REACHED: 'limit',
  HTTP_429: 'limit',
  INSTAGRAM_UNAVAILABLE: 'unavailable',
  SOURCE_UNAVAILABLE: 'unavailable',
  DOWNLOAD_FAILED: 'unavailable',
  DOWNLOAD_TIMED_OUT: 'unavailable',
  SOURCE_GONE: 'gone',
  FILE_NOT_FOUND: 'gone',
  FILE_TOO_LARGE: 'tooLarge',
  FILE_TOO_SMALL: 'tooSmall',
  FILE_TYPE_NOT_ALLOWED: 'wrongType',
  STORAGE_UNAVAILABLE: 'storage',
  LOCATION_UNKNOWN: 'storage',
  CONTAINER_NOT_ALLOWED: 'storage',
  KEY_INVALID: 'storage',
  KEY_TAKEN: 'storage',
  COPY_TIMED_OUT: 'storage',
  POLICY_REQUIRED: 'notAllowed',
  POLICY_INVALID: 'notAllowed',
  POLICY_EXPIRED: 'notAllowed',
  POLICY_DENIES: 'notAllowed',
  SIGNATURE_INVALID: 'notAllowed',
  ACCESS_DENIED: 'notAllowed',
  APP_UNKNOWN: 'unknownApp',
  ORIGIN_NOT_ALLOWED: 'foreignPage'
}

export function problemOfCode (code: string, retryAfterSeconds?: number): Problem {
  return { name: BY_CODE[code] ?? 'unknown', retryAfterSeconds }
}

export function problemOf (error: unknown): Problem {
  return error instanceof ApiError ? problemOfCode(error.code, error.retryAfterSeconds) : { name: 'unknown' }
}

/** Problems that signing in (again, or to another account) solves. */
const SIGN_IN_HELPS: ReadonlySet<ProblemName> = new Set(['expired', 'personal', 'permission', 'declined', 'empty', 'restricted', 'role', 'signInLost'])
/** Problems that only the page or its owner can solve. */
const NOTHING_HELPS: ReadonlySet<ProblemName> = new Set(['unknownApp', 'foreignPage', 'noOpener', 'notOffered', 'notAllowed', 'siteSignIn'])

/** Problems of one photo: it would only fail again. */
const ANOTHER_HELPS: ReadonlySet<ProblemName> = new Set(['gone', 'tooLarge', 'tooSmall', 'wrongType'])

/** The one next step. */
export function remedyOf ({ name }: Problem): 'signIn' | 'chooseOther' | 'retry' | 'close' {
  if (SIGN_IN_HELPS.has(name)) return 'signIn'
  if (ANOTHER_HELPS.has(name)) return 'chooseOther'
  return NOTHING_HELPS.has(name) ? 'close' : 'retry'
}

/** Problems of a connection that works: it has to be ended before there can be a better one. */
export function isOfConnection (problem: Problem): boolean {
  return isOtherAccountNeeded(problem) || problem.name === 'permission'
}

/** Problems of the account itself: the same one would only fail again. */
export function isOtherAccountNeeded ({ name }: Problem): boolean {
  return name === 'personal' || name === 'empty' || name === 'restricted' || name === 'role'
}
