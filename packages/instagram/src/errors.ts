/** HTTP status of every error that this package makes on purpose. Codes are API: they are listed in the README and never renamed. */
const STATUS = {
  OPTIONS_INVALID: 500,
  REQUEST_INVALID: 400,
  APP_UNKNOWN: 403,
  ACCESS_DENIED: 403,

  INSTAGRAM_NOT_CONNECTED: 401,
  INSTAGRAM_RECONNECT_REQUIRED: 401,
  INSTAGRAM_ACCOUNT_PERSONAL: 403,
  INSTAGRAM_PERMISSION_MISSING: 403,
  INSTAGRAM_DECLINED: 403,
  INSTAGRAM_LIMIT_REACHED: 429,
  INSTAGRAM_UNAVAILABLE: 502,

  FILE_NOT_FOUND: 404,
  SOURCE_GONE: 404,
  SOURCE_RECONNECT_REQUIRED: 424
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
