import { WebhookError } from './errors.ts'
import { keyringOf, type Keyring, type Secret } from './keys.ts'
import { NO_DIGIT_FIRST, beginsWithDigit, filestack } from './schemes/filestack.ts'
import { MESSAGE_ID_RULE, isMessageId, standard } from './schemes/standard.ts'
import { MAX_SIGNATURES, type SchemeName } from './schemes/scheme.ts'

/** What `signHeaders` signs. */
export interface SignOptions {
  /** The bytes that will be sent, exactly. */
  readonly body: Uint8Array
  /** One secret; give this or `secrets`. */
  readonly secret?: Secret
  /** Several while they rotate, or a keyring made once. Those that have expired at `timestamp` do not sign. */
  readonly secrets?: readonly Secret[] | Keyring
  /** The message id, the same in every attempt: visible ASCII without a full stop. */
  readonly id: string
  /** Epoch seconds of this attempt. */
  readonly timestamp: number
  /** @defaultValue `['filestack', 'standard']` */
  readonly schemes?: readonly SchemeName[]
}

/**
 * The signature headers of one attempt: `FS-Timestamp` and `FS-Signature` for receivers of the original product, `webhook-id`,
 * `webhook-timestamp` and `webhook-signature` for Standard Webhooks. Both verify with the same secret text.
 *
 * With several secrets `webhook-signature` lists one signature for each; `FS-Signature` has room for one, made with the first.
 *
 * @throws {WebhookError} WEBHOOK_ID_INVALID, WEBHOOK_TIMESTAMP_INVALID, WEBHOOK_BODY_AMBIGUOUS, WEBHOOK_SIGNATURES_TOO_MANY,
 * WEBHOOK_SECRET_UNUSABLE, and those of `createKeyring`
 */
export function signHeaders (options: SignOptions): Record<string, string> {
  const { body, id, timestamp, schemes = ['filestack', 'standard'] } = options
  const keyring = { keys: keyringOf(options).keys.filter(key => key.expiresAtMs > timestamp * 1000) }
  if (!isMessageId(id)) {
    throw new WebhookError('WEBHOOK_ID_INVALID', `id ${MESSAGE_ID_RULE}`)
  }
  if (!Number.isSafeInteger(timestamp) || timestamp <= 0) {
    throw new WebhookError('WEBHOOK_TIMESTAMP_INVALID', `timestamp must be whole epoch seconds, got ${timestamp}`)
  }
  if (keyring.keys.length > MAX_SIGNATURES) {
    throw new WebhookError('WEBHOOK_SIGNATURES_TOO_MANY', `at most ${MAX_SIGNATURES} secrets may sign`)
  }
  if (beginsWithDigit(body)) throw new WebhookError('WEBHOOK_BODY_AMBIGUOUS', NO_DIGIT_FIRST)
  const message = { id, timestamp, body, keyring }
  const headers = {
    ...(schemes.includes('filestack') ? filestack.sign(message) : {}),
    ...(schemes.includes('standard') ? standard.sign(message) : {})
  }
  if (Object.keys(headers).length === 0) {
    throw new WebhookError('WEBHOOK_SECRET_UNUSABLE', `no secret can sign for ${schemes.join(' and ')}`)
  }
  return headers
}
