import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { deriveKey } from './derive-key.ts'

const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_LENGTH = 8

/** Text that was sealed, and whether the newest secret sealed it. */
export interface Opened {
  text: string
  isCurrent: boolean
}

/** Encrypts and authenticates short texts (AES-256-GCM). The context is authenticated too: a text moved to another context does not open. */
export interface Sealer {
  /** What texts begin with, one for each secret: those of the newest with the first. */
  readonly keyIds: readonly string[]
  seal (text: string, context?: string): string
  /** The text, or `undefined` when it was not sealed by us, was changed, belongs elsewhere, or its secret is no longer listed. */
  open (sealed: string, context?: string): Opened | undefined
}

/**
 * @param secrets - the host's secrets; the first seals, all open
 * @param purpose - one key per purpose (HKDF), so that a sealed token can never pass as something else
 */
export function createSealer (secrets: readonly string[], purpose: string): Sealer {
  const keys = secrets.map(secret => namedKey(deriveKey(secret, purpose)))
  const [current] = keys
  if (current === undefined) throw new TypeError('a sealer needs a secret')

  return {
    keyIds: keys.map(({ id }) => id),
    seal (text, context = '') {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(context))
      const bytes = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return current.id + bytes.toString('base64url')
    },
    open (sealed, context = '') {
      const found = keys.find(({ id }) => sealed.startsWith(id))
      const bytes = Buffer.from(sealed.slice(KEY_ID_LENGTH), 'base64url')
      if (found === undefined || bytes.length < IV_BYTES + TAG_BYTES) return undefined
      const text = decrypt(found.key, bytes, context)
      return text === undefined ? undefined : { text, isCurrent: found === current }
    }
  }
}

function decrypt (key: Buffer, bytes: Buffer, context: string): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

/** A key with a short name, by which a sealed text says which key made it. */
function namedKey (key: Buffer): { id: string, key: Buffer } {
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, KEY_ID_LENGTH), key }
}
