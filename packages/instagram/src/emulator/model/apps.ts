import { createHash } from 'node:crypto'

/** An application as the Meta dashboard knows it: two credential pairs, a redirect list, a mode, two callbacks. */
export interface EmulatedApp {
  /** Instagram app id: what `client_id` must be. */
  id: string
  /** Instagram app secret: exchanges codes, signs callbacks. */
  secret: string
  /** Meta app id (Settings > Basic). Given as `client_id` it answers "Invalid platform app", as Instagram does. */
  metaId: string
  /** Meta app secret. Refused wherever the Instagram app secret belongs. */
  metaSecret: string
  name: string
  /** Registered redirect URIs, compared character by character; `'loopback'` accepts every http(s) address of this machine. */
  redirectUris: readonly string[] | 'loopback'
  /** `development` lets only `testers` in. */
  mode: 'live' | 'development'
  /** Usernames that accepted the invitation as Instagram Tester. */
  testers: readonly string[]
  deauthorizeUrl?: string
  dataDeletionUrl?: string
}

/** The application of an emulator that was given none: live, and open to every address of this machine. */
export const DEFAULT_APP: EmulatedApp = {
  id: '7301592846013577',
  secret: 'a1b2C3D4e5F6a7b8C9d0E1f2A3b4C5d6',
  metaId: '1185920347716402',
  metaSecret: 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
  name: 'Contactsheet',
  redirectUris: 'loopback',
  mode: 'live',
  testers: []
}

/** This machine, as `URL.hostname` writes it. */
export const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether the app registered exactly this redirect URI. */
export function acceptsRedirect (app: EmulatedApp, redirectUri: string): boolean {
  if (app.redirectUris !== 'loopback') return app.redirectUris.includes(redirectUri)
  if (!URL.canParse(redirectUri)) return false
  const { protocol, hostname } = new URL(redirectUri)
  return /^https?:$/.test(protocol) && (LOOPBACK_NAMES.has(hostname) || hostname.endsWith('.localhost'))
}

/**
 * The id under which one app sees one account: a different number for every app.
 *
 * Always odd and above 2^54, where doubles are multiples of 4: a client that reads it with `JSON.parse` corrupts it.
 */
export function appScopedId (appId: string, accountId: string): string {
  const digest = createHash('sha256').update(`${appId}:${accountId}`).digest()
  const number = 20_000_000_000_000_000n + digest.readBigUInt64BE(0) % 10_000_000_000_000_000n
  return String(number | 1n)
}
