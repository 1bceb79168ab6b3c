import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { WebhookError } from './errors.ts'

/**
 * How a secret's text is to be read. `auto` goes by the prefix: `whsec_` is base64, `whsk_` and `whpk_` are ed25519 keys in base64,
 * anything else is raw text.
 */
export type SecretFormat = 'auto' | 'raw' | 'hex'

/** A secret with its particulars; a plain string or bytes is the same with the defaults. */
export interface SecretOptions {
  readonly secret: string | Uint8Array
  /** @defaultValue `'auto'` */
  readonly format?: SecretFormat
  /** A name of yours, told to handlers as `context.keyId`; never part of the signature. */
  readonly id?: string
  /** Epoch milliseconds from which the secret no longer counts: the end of a rotation. @defaultValue never */
  readonly expiresAtMs?: number
}

/** One secret: at least 16 bytes, no white space. */
export type Secret = string | Uint8Array | SecretOptions

/**
 * One secret, ready for use. The two families read one and the same text in their own way: the original product's receivers use
 * the text itself as the HMAC key, Standard Webhooks uses the bytes that the text stands for.
 */
export interface Key {
  readonly id: string | undefined
  readonly expiresAtMs: number
  readonly text?: KeyObject
  readonly bytes?: KeyObject
  readonly publicKey?: KeyObject
  readonly privateKey?: KeyObject
  /** Other ways in which the same text could have been meant; asked only to explain a mismatch. */
  readonly otherReadings: () => KeyObject[]
}

/** Imported secrets, in the order given. Make it once and keep it: importing costs more than checking a small body. */
export interface Keyring { readonly keys: readonly Key[] }

const LEAST_BYTES = 16
const SEED_BYTES = 32
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * Imports one secret or several.
 *
 * @throws {WebhookError} WEBHOOK_SECRET_MISSING, WEBHOOK_SECRET_WHITESPACE, WEBHOOK_SECRET_WEAK, WEBHOOK_SECRET_INVALID
 */
export function createKeyring (secrets: Secret | readonly Secret[]): Keyring {
  const list = isList(secrets) ? secrets : [secrets]
  if (list.length === 0) throw new WebhookError('WEBHOOK_SECRET_MISSING', 'at least one secret is needed')
  return { keys: list.map(importSecret) }
}

/** The keyring given, or one made of the secrets given. */
export function keyringOf ({ secret, secrets }: { readonly secret?: Secret, readonly secrets?: readonly Secret[] | Keyring }): Keyring {
  if (secrets === undefined) return createKeyring(secret ?? [])
  return isKeyring(secrets) ? secrets : createKeyring(secrets)
}

function isKeyring (secrets: readonly Secret[] | Keyring): secrets is Keyring {
  return !Array.isArray(secrets)
}

function isList (secrets: Secret | readonly Secret[]): secrets is readonly Secret[] {
  return Array.isArray(secrets)
}

function importSecret (given: Secret, index: number): Key {
  const { secret, format = 'auto', id, expiresAtMs = Infinity }: SecretOptions =
    typeof given === 'object' && !(given instanceof Uint8Array) && given !== null ? given : { secret: given }
  const place = id === undefined ? `secret ${index}` : `secret "${id}"`
  if (!secret?.length) {
    throw new WebhookError('WEBHOOK_SECRET_MISSING', `${place} is not set: is its environment variable there?`)
  }
  const material = typeof secret === 'string' ? readText(secret, format, place) : fromBytes(secret, place)
  return { id, expiresAtMs, otherReadings: () => typeof secret === 'string' ? otherReadings(secret) : [], ...material }
}

type Material = Pick<Key, 'text' | 'bytes' | 'publicKey' | 'privateKey'>

function readText (secret: string, format: SecretFormat, place: string): Material {
  if (/\s/.test(secret)) {
    throw new WebhookError('WEBHOOK_SECRET_WHITESPACE', `${place} holds white space: was it pasted with a line break?`)
  }
  const text = () => createSecretKey(strong(Buffer.from(secret, 'utf8'), place))
  if (format === 'hex') return { text: text(), bytes: createSecretKey(strong(decodeHex(secret, place), place)) }
  if (format === 'raw') return { text: text(), bytes: text() }
  if (secret.startsWith('whsk_')) return signingKey(decodeBase64(secret, 'whsk_', place), place)
  if (secret.startsWith('whpk_')) return { publicKey: publicKey(decodeBase64(secret, 'whpk_', place), place) }
  if (secret.startsWith('whsec_')) {
    return { text: text(), bytes: createSecretKey(strong(decodeBase64(secret, 'whsec_', place), place)) }
  }
  return { text: text(), bytes: text() }
}

function fromBytes (secret: Uint8Array, place: string): Material {
  const key = createSecretKey(strong(Buffer.from(secret), place))
  return { text: key, bytes: key }
}

function strong (bytes: Buffer, place: string): Buffer {
  if (bytes.length < LEAST_BYTES) {
    throw new WebhookError('WEBHOOK_SECRET_WEAK', `${place} must be at least ${LEAST_BYTES} bytes, got ${bytes.length}`)
  }
  return bytes
}

function decodeBase64 (secret: string, prefix: string, place: string): Buffer {
  const text = secret.slice(prefix.length)
  const bytes = Buffer.from(text, 'base64')
  if (!isBase64(text, bytes)) {
    throw new WebhookError('WEBHOOK_SECRET_INVALID', `${place} must be base64 after ${prefix}`)
  }
  return bytes
}

function isBase64 (text: string, bytes: Buffer): boolean {
  return bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
}

function decodeHex (secret: string, place: string): Buffer {
  const bytes = Buffer.from(secret, 'hex')
  if (bytes.length * 2 !== secret.length) {
    throw new WebhookError('WEBHOOK_SECRET_INVALID', `${place} must be hex`)
  }
  return bytes
}

function signingKey (bytes: Buffer, place: string): Material {
  if (bytes.length !== SEED_BYTES && bytes.length !== 2 * SEED_BYTES) {
    throw new WebhookError('WEBHOOK_SECRET_INVALID', `${place} must hold 32 or 64 bytes after whsk_`)
  }
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, bytes.subarray(0, SEED_BYTES)]), format: 'der', type: 'pkcs8' })
  const derived = createPublicKey(privateKey)
  const given = bytes.subarray(SEED_BYTES)
  if (given.length > 0 && !publicKey(given, place).equals(derived)) {
    throw new WebhookError('WEBHOOK_SECRET_INVALID', `${place} holds two keys that do not match`)
  }
  return { privateKey, publicKey: derived }
}

function publicKey (bytes: Buffer, place: string): KeyObject {
  if (bytes.length !== SEED_BYTES) {
    throw new WebhookError('WEBHOOK_SECRET_INVALID', `${place} must hold 32 bytes after whpk_`)
  }
  return createPublicKey({ key: Buffer.concat([SPKI_ED25519, bytes]), format: 'der', type: 'spki' })
}

function otherReadings (secret: string): KeyObject[] {
  const bare = secret.replace(/^whsec_/, '')
  const readings = [Buffer.from(secret, 'utf8'), Buffer.from(bare, 'utf8'), Buffer.from(bare, 'base64'), Buffer.from(bare, 'hex')]
  return readings.filter(bytes => bytes.length >= LEAST_BYTES).map(bytes => createSecretKey(bytes))
}
