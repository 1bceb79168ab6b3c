import { createKeyring, type Keyring } from '@contactsheet/webhooks'
import { MOST_SECRETS, type EndpointRecord } from './endpoint.ts'

/** A signing secret in the clear. */
export interface OpenSecret {
  secret: string
  /** Signs until then; absent: without end. */
  endsAtMs?: number | undefined
}

/** An endpoint as an attempt needs it: its record, its address, and its secrets opened. */
export interface ActiveEndpoint {
  record: EndpointRecord
  url: URL
  secrets: OpenSecret[]
  keyring?: { ring: Keyring, untilMs: number } | undefined
}

/** The keys that sign at a moment, imported once and kept until one of them ends; `undefined` when no secret is at hand. */
export function keyringAt (endpoint: ActiveEndpoint, nowMs: number): Keyring | undefined {
  if (endpoint.keyring && nowMs < endpoint.keyring.untilMs) return endpoint.keyring.ring
  const live = endpoint.secrets.filter(({ endsAtMs = Infinity }) => endsAtMs > nowMs)
  if (live.length === 0) return undefined
  const ring = createKeyring(live.map(({ secret }) => secret))
  endpoint.keyring = { ring, untilMs: Math.min(...live.map(({ endsAtMs = Infinity }) => endsAtMs)) }
  return ring
}

/**
 * The secrets after a rotation: the new one in front, the earlier ones ending with the overlap, at the latest. More than a
 * request may carry signatures for cannot sign at once: then the oldest end now.
 */
export function rotated (secrets: readonly OpenSecret[], secret: string, nowMs: number, overlapMs: number): OpenSecret[] {
  const old = secrets
    .map(known => ({ ...known, endsAtMs: Math.min(known.endsAtMs ?? Infinity, nowMs + overlapMs) }))
    .filter(known => known.endsAtMs > nowMs && known.secret !== secret)
  return [{ secret }, ...old].slice(0, MOST_SECRETS)
}

export function sameSecrets (left: readonly OpenSecret[], right: readonly OpenSecret[]): boolean {
  return left.length === right.length && left.every(({ secret }, index) => secret === right[index]?.secret)
}
