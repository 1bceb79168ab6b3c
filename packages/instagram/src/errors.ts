/** HTTP status of every error that this package makes on purpose. Codes are API: they are listed in the README and never renamed. */
export const STATUS = {
  OPTIONS_INVALID: 500,
  REQUEST_INVALID: 400,
  REQUEST_ABORTED: 499,
  REQUEST_LIMIT_REACHED: 429,
  APP_UNKNOWN: 403,
  ACCESS_DENIED: 403,
  DATABASE_UNAVAILABLE: 503,

  INSTAGRAM_NOT_CONNECTED: 401,
  INSTAGRAM_RECONNECT_REQUIRED: 401,
  INSTAGRAM_ACCOUNT_PERSONAL: 403,
  INSTAGRAM_ACCOUNT_RESTRICTED: 403,
  INSTAGRAM_ROLE_MISSING: 403,
  INSTAGRAM_PERMISSION_MISSING: 403,
  INSTAGRAM_DECLINED: 403,
  INSTAGRAM_SIGN_IN_REFUSED: 502,
  INSTAGRAM_LIMIT_REACHED: 429,
  INSTAGRAM_UNAVAILABLE: 502,

  SESSION_MISSING: 401,
  SIGN_IN_EXPIRED: 400,
  SIGN_IN_USED: 409,
  SIGN_IN_FOREIGN: 403,
  SIGN_IN_FAILED: 500,
  SIGNED_REQUEST_INVALID: 400,
  THUMBNAIL_EXPIRED: 404,

  FILE_NOT_FOUND: 404,
  SOURCE_GONE: 404,
  SOURCE_RECONNECT_REQUIRED: 424,
  SOURCE_UNAVAILABLE: 502,

  FILE_EMPTY: 400,
  FILE_TOO_LARGE: 413,
  FILE_TOO_SMALL: 400,
  FILE_TYPE_NOT_ALLOWED: 415,
  FILE_NOT_WRITEABLE: 409,
  FILE_CHANGED: 409,
  RANGE_NOT_SATISFIABLE: 416,
  LOCATION_UNKNOWN: 404,
  CONTAINER_NOT_ALLOWED: 403,
  KEY_INVALID: 400,
  KEY_TAKEN: 409,
  STORAGE_UNAVAILABLE: 502,
  COPY_TIMED_OUT: 408,

  URL_NOT_ALLOWED: 400,
  URL_UNREACHABLE: 400,
  DOWNLOAD_FAILED: 502,
  DOWNLOAD_TIMED_OUT: 504,

  CONVERSION_INVALID: 400,
  IMAGE_UNSUPPORTED: 415,
  IMAGE_UNREADABLE: 422,
  IMAGE_TOO_LARGE: 422,
  CONVERSION_BUSY: 503,
  CONVERSION_TIMED_OUT: 504,

  POLICY_REQUIRED: 403,
  POLICY_INVALID: 403,
  POLICY_EXPIRED: 403,
  POLICY_DENIES: 403,
  SIGNATURE_INVALID: 403,
  ORIGIN_NOT_ALLOWED: 403
} as const

export type ContactsheetErrorCode = keyof typeof STATUS

export interface ContactsheetErrorOptions extends ErrorOptions {
  /** Seconds after which the same call may succeed; becomes the answer's `Retry-After`. */
  retryAfterSeconds?: number
}

/** The only error this package throws on purpose. Switch on `code`; the message is for people. */
export class ContactsheetError extends Error {
  override readonly name = 'ContactsheetError'
  readonly code: ContactsheetErrorCode
  readonly statusCode: number
  /** Answer headers that belong to the error; Fastify's default error handler sends them. */
  readonly headers: Record<string, string>

  constructor (code: ContactsheetErrorCode, message: string, options: ContactsheetErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.statusCode = STATUS[code]
    this.headers = {
      'cache-control': 'no-store',
      ...(options.retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(options.retryAfterSeconds)) })
    }
  }
}

/** Throws what a domain function found wrong, if it found something. */
export function refuse (fault: { code: ContactsheetErrorCode, message: string } | undefined): void {
  if (fault !== undefined) throw new ContactsheetError(fault.code, fault.message)
}
