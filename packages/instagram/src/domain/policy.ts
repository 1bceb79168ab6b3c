import { createHmac, timingSafeEqual } from 'node:crypto'
import { createRequire } from 'node:module'
import type { RE2JS } from 're2js'
import type { Fault } from './fault.ts'

/** What a policy can permit. `exif` is the only one that a policy without `call` does not include. */
export type PolicyCall = 'pick' | 'read' | 'stat' | 'write' | 'writeUrl' | 'store' | 'convert' | 'remove' | 'exif'

/** A policy whose signature was right and whose time has not passed. */
export interface Policy {
  expirySeconds: number
  /** Absent: everything but `exif`. */
  calls: readonly string[] | undefined
  handle: string | undefined
  maxBytes: number | undefined
  minBytes: number | undefined
  /** Whole-text patterns; absent allows anything. */
  path: RE2JS | undefined
  container: RE2JS | undefined
  url: RE2JS | undefined
}

export interface SignedPolicy {
  /** Base64 of the JSON, in either alphabet, as it was sent. */
  policy: string
  /** Hexadecimal HMAC-SHA256 over that text. */
  signature: string
}

const require = createRequire(import.meta.url)

const MAX_POLICY_CHARACTERS = 8_192
const MAX_PATTERN_CHARACTERS = 512

/**
 * Reads a policy that the holder of the app's secret has signed.
 *
 * @returns the policy, or what is wrong with it
 * @see https://www.filestack.com/docs/security/creating-policies
 */
export function readPolicy ({ policy, signature }: SignedPolicy, secret: string, nowMs: number): Policy | Fault {
  // A plus sign of the standard alphabet arrives as a space when it was not escaped in a query.
  const text = policy.replaceAll(' ', '+')
  if (text.length > MAX_POLICY_CHARACTERS) return fault('POLICY_INVALID', `policy is longer than ${MAX_POLICY_CHARACTERS} characters`)
  if (!isSignedBy(secret, text, signature)) return fault('SIGNATURE_INVALID', "signature is not the HMAC-SHA256 of the policy by this app's secret")
  const fields = parseObject(text)
  if (fields === undefined) return fault('POLICY_INVALID', 'policy is not the Base64 of a JSON object')
  const read = readFields(fields)
  if ('code' in read) return read
  return read.expirySeconds * 1000 <= nowMs ? fault('POLICY_EXPIRED', `policy expired at ${read.expirySeconds}`) : read
}

/** Why a policy does not permit a call, or `undefined` when it does. */
export function faultOfCall ({ calls, handle }: Policy, call: PolicyCall, actedOn: string | undefined): Fault | undefined {
  const isCalled = calls === undefined ? call !== 'exif' : calls.includes(call)
  if (!isCalled) return fault('POLICY_DENIES', `policy does not permit ${JSON.stringify(call)}`)
  if (handle !== undefined && actedOn !== undefined && handle !== actedOn) return fault('POLICY_DENIES', 'policy is for another handle')
  return undefined
}

function fault (code: Fault['code'], message: string): Fault {
  return { code, message }
}

function isSignedBy (secret: string, text: string, signature: string): boolean {
  const given = Buffer.from(signature, 'hex')
  if (given.length !== 32 || signature.length !== 64) return false
  // Some senders sign with the padding and lose it on the way.
  const padded = text.padEnd(Math.ceil(text.length / 4) * 4, '=')
  return [text, padded].some(candidate => timingSafeEqual(createHmac('sha256', secret).update(candidate).digest(), given))
}

function parseObject (base64: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined
  } catch {
    return undefined
  }
}

function readFields (fields: Record<string, unknown>): Policy | Fault {
  const expirySeconds = toNumber(fields.expiry)
  if (expirySeconds === undefined) return fault('POLICY_INVALID', 'policy has no expiry in seconds')
  // Java's library writes `calls`; older Ruby and Go ones write the sizes in lower case.
  const calls = toCalls(fields.call ?? fields.calls)
  if (calls === null) return fault('POLICY_INVALID', 'call must be a string or an array of strings')
  const { handle = undefined } = fields
  if (handle !== undefined && typeof handle !== 'string') return fault('POLICY_INVALID', 'handle must be a string')
  const sizes = { maxBytes: fields.maxSize ?? fields.maxsize, minBytes: fields.minSize ?? fields.minsize }
  if (Object.values(sizes).some(size => size !== undefined && toNumber(size) === undefined)) return fault('POLICY_INVALID', 'maxSize and minSize must be numbers of bytes')
  const patterns = { path: toPattern(fields.path), container: toPattern(fields.container), url: toPattern(fields.url) }
  const broken = Object.entries(patterns).find(([, pattern]) => pattern === null)
  if (broken !== undefined) return fault('POLICY_INVALID', `${broken[0]} is not a regular expression that can be used`)
  return { expirySeconds, calls, handle, maxBytes: toNumber(sizes.maxBytes), minBytes: toNumber(sizes.minBytes), ...patterns as Record<keyof typeof patterns, RE2JS | undefined> }
}

function toNumber (value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function toCalls (value: unknown): readonly string[] | undefined | null {
  if (value === undefined) return undefined
  const calls = typeof value === 'string' ? [value] : value
  return Array.isArray(calls) && calls.every(call => typeof call === 'string') ? calls : null
}

/** An engine that never backtracks, loaded with the first pattern: one of the policy's author must not be able to stop the server. */
function toPattern (value: unknown): RE2JS | undefined | null {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value.length > MAX_PATTERN_CHARACTERS) return null
  const engine = require('re2js') as typeof import('re2js')
  try {
    return engine.RE2JS.compile(value)
  } catch {
    return null
  }
}
