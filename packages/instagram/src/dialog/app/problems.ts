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
  HTTP_429: 'limit',
  INSTAGRAM_UNAVAILABLE: 'unavailable',
  SOURCE_UNAVAILABLE: 'unavailable',
  DOWNLOAD_FAILED: 'unavailable',
  DOWNLOAD_TIMED_OUT: 'unavailable',
  SOURCE_GONE: 'gone',
  FILE_NOT_FOUND: 'gone',
  FILE_TOO_LARGE: 'tooLarge',
  FILE_TOO_SMALL: 'tooSmall',
  STORAGE_UNAVAILABLE: 'storage',
  LOCATION_UNKNOWN: 'storage',
  CONTAINER_NOT_ALLOWED: 'storage',
  KEY_TAKEN: 'storage',
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
