const STATUS = {
  SENDER_OPTION_INVALID: 400,
  SENDER_EVENT_INVALID: 400,
  SENDER_ENDPOINT_INVALID: 400,
  SENDER_ADDRESS_REFUSED: 400,
  SENDER_SECRETS_REQUIRED: 400,
  SENDER_TRANSACTION_UNSUPPORTED: 400,
  SENDER_TOKEN_REFUSED: 401,
  SENDER_NOT_FOUND: 404,
  SENDER_ENDPOINT_EXISTS: 409,
  SENDER_ENDPOINT_CHANGED: 409,
  SENDER_SECRET_UNREADABLE: 500,
  SENDER_DRIVER_MISSING: 500,
  SENDER_DATABASE_LOCKED: 503,
  SENDER_DATABASE_UNREADABLE: 503,
  SENDER_DATABASE_UNAVAILABLE: 503,
  SENDER_NOT_READY: 503,
  SENDER_CLOSED: 503
} as const

export type SenderErrorCode = keyof typeof STATUS

/** The only error this package throws on purpose. Switch on `code`; the message is for people. */
export class SenderError extends Error {
  override readonly name = 'SenderError'
  readonly code: SenderErrorCode
  readonly statusCode: number

  constructor (code: SenderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.statusCode = STATUS[code]
  }
}
