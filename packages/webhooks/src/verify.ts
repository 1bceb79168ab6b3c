import { WebhookError } from './errors.ts'
import type { HeaderSource } from './headers.ts'
import { keyringOf, type Keyring, type Secret } from './keys.ts'
import { filestack } from './schemes/filestack.ts'
import { refuse, type Refused, type SchemeName, type Verification, type Verified } from './schemes/scheme.ts'
import { standard } from './schemes/standard.ts'

/** Seconds that a header timestamp may be away from now, before and after: one figure for both families, or one each. */
export type Tolerance = number | { readonly standard?: number, readonly filestack?: number }

/** What `verify` looks at. */
export interface VerifyOptions {
  /** The bytes as they came; a parsed object or a text is refused. */
  readonly body: Uint8Array
  readonly headers: HeaderSource
  /** One secret; give this or `secrets`. */
  readonly secret?: Secret
  /** All secrets that count, or a keyring made once by `createKeyring`. */
  readonly secrets?: readonly Secret[] | Keyring
  /** @defaultValue `Date.now` (epoch milliseconds) */
  readonly now?: () => number
  /** @defaultValue `{ standard: 300, filestack: 46_800 }` */
  readonly toleranceSeconds?: Tolerance
  /** Families that count, the first that came and holds wins. @defaultValue `['standard', 'filestack']` */
  readonly schemes?: readonly SchemeName[]
}

/**
 * Standard Webhooks asks for five minutes. It is not known whether the original product signs again on its retry after 12 hours,
 * so its family gets those 12 hours and one more.
 */
export const DEFAULT_TOLERANCE_SECONDS = { standard: 300, filestack: 13 * 60 * 60 } as const

const SCHEMES = { filestack, standard } as const
const DEFAULT_SCHEMES = ['standard', 'filestack'] as const

/**
 * Checks the signature of a request, on its bytes. Pure: the same arguments give the same answer.
 *
 * @throws {WebhookError} those of `createKeyring`, for a secret that cannot be used
 */
export function verify (options: VerifyOptions): Verification {
  const { body, headers, now = Date.now, schemes = DEFAULT_SCHEMES, toleranceSeconds } = options
  const keyring = keyringOf(options)
  const misuse = checkBody(body)
  if (misuse) return misuse
  const nowMs = now()
  let refused: Refused | undefined
  for (const name of schemes) {
    const verification = SCHEMES[name].verify({ headers, body, keyring, nowMs, toleranceSeconds: toleranceOf(name, toleranceSeconds) })
    if (verification?.valid) return verification
    refused ??= verification
  }
  return refused ?? refuse('WEBHOOK_SIGNATURE_MISSING', 'no signature came: is signing switched on at the sender?')
}

/**
 * `verify` for those who prefer an exception.
 *
 * @throws {WebhookError} with the code that `verify` would have answered
 */
export function verifyOrThrow (options: VerifyOptions): Verified {
  const verification = verify(options)
  if (!verification.valid) throw new WebhookError(verification.code, verification.message)
  return verification
}

function toleranceOf (name: SchemeName, tolerance: Tolerance | undefined): number {
  if (typeof tolerance === 'number') return tolerance
  return tolerance?.[name] ?? DEFAULT_TOLERANCE_SECONDS[name]
}

function checkBody (body: unknown): Refused | undefined {
  if (body instanceof Uint8Array) {
    return body.length === 0 ? refuse('WEBHOOK_BODY_EMPTY', 'the body is empty') : undefined
  }
  return typeof body === 'string'
    ? refuse('WEBHOOK_BODY_TEXT', 'body must be the bytes that came, got a string')
    : refuse('WEBHOOK_BODY_PARSED', `body must be the bytes that came, got ${typeof body}: did a body parser run first?`)
}
