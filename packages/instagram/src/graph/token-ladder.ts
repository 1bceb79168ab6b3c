import type { App } from '../options.ts'
import type { GraphClient } from './client.ts'
import { GraphFailure } from './failure.ts'
import { isLongToken, isProfile, unwrapped, type Profile } from './schemas.ts'

/** When Instagram does not say how long a token lives. It never promised exactly 60 days. */
const DEFAULT_LIFE_SECONDS = 50 * 24 * 60 * 60
/**
 * No promise of a longer life is believed: a token must come up for its refresh again.
 *
 * @see https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
 */
export const LONGEST_LIFE_SECONDS = 60 * 24 * 60 * 60

export interface LongToken {
  token: string
  issuedAtMs: number
  expiresAtMs: number
}

/** The steps from a one-hour token to a connection, and on: exchange, look who it is, refresh. */
export interface TokenLadder {
  /** @throws {GraphFailure} */
  exchange (app: App, shortToken: string, signal: AbortSignal): Promise<LongToken>
  /** @throws {GraphFailure} */
  profile (appKey: string, token: string, signal: AbortSignal): Promise<Profile>
  /** Works for tokens that are 24 hours old and not expired. @throws {GraphFailure} */
  refresh (appKey: string, token: string, signal: AbortSignal): Promise<LongToken>
}

export function createTokenLadder (client: GraphClient, now: () => number): TokenLadder {
  const longToken = async (call: Parameters<GraphClient['get']>[0]): Promise<LongToken> => {
    const issuedAtMs = now()
    const answer = unwrapped(await client.get(call))
    if (!isLongToken(answer)) throw new GraphFailure('unavailable')
    return { token: answer.access_token, issuedAtMs, expiresAtMs: Math.floor(issuedAtMs + lifeSeconds(answer.expires_in) * 1000) }
  }

  return {
    async exchange (app, shortToken, signal) {
      const query = { grant_type: 'ig_exchange_token', client_secret: app.instagramAppSecret, access_token: shortToken }
      return await longToken({ path: 'access_token', query, appKey: app.key, signal })
    },
    async refresh (appKey, token, signal) {
      return await longToken({ path: 'refresh_access_token', query: { grant_type: 'ig_refresh_token', access_token: token }, appKey, signal })
    },
    async profile (appKey, token, signal) {
      const answer = unwrapped(await client.get({ path: 'me', query: { fields: 'id,user_id,username,account_type' }, token, appKey, signal }))
      if (!isProfile(answer)) throw new GraphFailure('unavailable')
      return answer
    }
  }
}

function lifeSeconds (told: unknown): number {
  return typeof told === 'number' && told > 0 ? Math.min(told, LONGEST_LIFE_SECONDS) : DEFAULT_LIFE_SECONDS
}
