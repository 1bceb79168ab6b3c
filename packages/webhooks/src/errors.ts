/** Every code this package throws or answers, with the HTTP status it stands for. Codes are API: they are never renamed. */
export const STATUS = {
  WEBHOOK_SIGNATURE_MISSING: 401,
  WEBHOOK_HEADER_MISSING: 401,
  WEBHOOK_HEADER_TOO_LONG: 401,
  WEBHOOK_ID_INVALID: 401,
  WEBHOOK_TIMESTAMP_INVALID: 401,
  WEBHOOK_TIMESTAMP_STALE: 401,
  WEBHOOK_TIMESTAMP_AHEAD: 401,
  WEBHOOK_SIGNATURE_INVALID: 401,
  WEBHOOK_SIGNATURES_TOO_MANY: 401,
  WEBHOOK_SIGNATURE_MISMATCH: 401,
  WEBHOOK_SECRET_ENCODING: 401,
  WEBHOOK_SECRET_UNUSABLE: 401,
  WEBHOOK_SENDER_UNKNOWN: 401,
  WEBHOOK_BODY_EMPTY: 400,
  WEBHOOK_BODY_NOT_UTF8: 400,
  WEBHOOK_BODY_NOT_JSON: 400,
  WEBHOOK_BODY_AMBIGUOUS: 400,
  WEBHOOK_EVENT_MALFORMED: 400,
  WEBHOOK_BODY_INCOMPLETE: 400,
  WEBHOOK_METHOD_NOT_ALLOWED: 405,
  WEBHOOK_BODY_TIMEOUT: 408,
  WEBHOOK_BODY_TOO_LARGE: 413,
  WEBHOOK_CONTENT_TYPE: 415,
  WEBHOOK_EVENT_UNKNOWN: 422,
  WEBHOOK_BODY_PARSED: 500,
  WEBHOOK_BODY_TEXT: 500,
  WEBHOOK_BODY_CONSUMED: 500,
  WEBHOOK_SECRET_MISSING: 500,
  WEBHOOK_SECRET_WHITESPACE: 500,
  WEBHOOK_SECRET_WEAK: 500,
  WEBHOOK_SECRET_INVALID: 500,
  WEBHOOK_OPTION_INVALID: 500,
  WEBHOOK_HANDLER_DUPLICATE: 500,
  WEBHOOK_HANDLER_LATE: 500,
  WEBHOOK_HANDLER_FAILED: 500,
  WEBHOOK_EVENT_IN_PROGRESS: 503,
  WEBHOOK_STORE_UNAVAILABLE: 503
} as const

/** A reason for people and programs; see the table in the README. */
export type WebhookErrorCode = keyof typeof STATUS

/** The only error this package throws on purpose. Switch on `code`; the message is for people and never holds a computed signature. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
  readonly code: WebhookErrorCode
  readonly statusCode: number

  constructor (code: WebhookErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.statusCode = STATUS[code]
  }
}
