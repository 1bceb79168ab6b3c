import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { SenderError } from './errors.ts'

const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const PURPOSE = 'contactsheet-sender endpoint secrets v1'

/** Encrypts endpoint secrets at rest: AES-256-GCM under a key derived from the host's own. */
export interface SecretBox {
  /** @param context - what the secret belongs to; opening it under another context fails */
  seal (secret: string, context: string): string
  /** `isCurrent`: sealed under the newest key. @throws {SenderError} SENDER_SECRET_UNREADABLE */
  open (sealed: string, context: string): { secret: string, isCurrent: boolean }
}

/** @param hostSecrets - the first encrypts, all decrypt: put a new one in front to rotate */
export function createSecretBox (hostSecrets: readonly string[]): SecretBox {
  const keys = hostSecrets.map(secret => Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, KEY_BYTES)))
  const [newest] = keys
  if (!newest) throw new SenderError('SENDER_SECRETS_REQUIRED', 'endpoint secrets cannot be stored without "secrets", the host\'s own keys')
  return {
    seal (secret, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', newest, iv).setAAD(Buffer.from(context))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')
    },
    open (sealed, context) {
      const bytes = Buffer.from(sealed, 'base64')
      for (const key of keys) {
        const secret = tryOpen(key, bytes, context)
        if (secret !== undefined) return { secret, isCurrent: key === newest }
      }
      throw new SenderError('SENDER_SECRET_UNREADABLE', `the secret of ${context} was encrypted under a key that is not among "secrets"`)
    }
  }
}

function tryOpen (key: Buffer, bytes: Buffer, context: string): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

/** A new endpoint secret in the notation of Standard Webhooks: 32 random bytes. */
export function generateSecret (): string {
  return `whsec_${randomBytes(KEY_BYTES).toString('base64')}`
}
