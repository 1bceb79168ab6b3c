import type { ShortToken } from '../auth/oauth.ts'
import { ContactsheetError } from '../errors.ts'
import { explain, explainSignIn } from '../graph/explain.ts'
import { GraphFailure } from '../graph/failure.ts'
import type { TokenLadder } from '../graph/token-ladder.ts'
import type { App } from '../options.ts'
import type { Connections } from '../stores/connections.ts'

const NEEDED_PERMISSION = 'instagram_business_basic'
const DEADLINE_MS = 25_000

export interface ConnectServices {
  connections: Connections
  ladder: TokenLadder
  now: () => number
}

/**
 * From the one-hour token to a connection of this session: permissions, long token, who it is, stored.
 *
 * @throws {ContactsheetError} INSTAGRAM_PERMISSION_MISSING, INSTAGRAM_ACCOUNT_PERSONAL, INSTAGRAM_ROLE_MISSING, INSTAGRAM_LIMIT_REACHED, INSTAGRAM_UNAVAILABLE
 */
export async function connect ({ connections, ladder, now }: ConnectServices, app: App, sessionId: string, short: ShortToken): Promise<{ username: string }> {
  if (short.permissions !== undefined && !short.permissions.includes(NEEDED_PERMISSION)) {
    throw explain(new GraphFailure('permission'), now())
  }
  const signal = AbortSignal.timeout(DEADLINE_MS)
  const { token, profile } = await climb(ladder, app, short, signal).catch((error: unknown) => { throw explainSignIn(error, now()) })
  const accountType = profile.account_type ?? 'UNKNOWN'
  if (accountType === 'PERSONAL') {
    throw new ContactsheetError('INSTAGRAM_ACCOUNT_PERSONAL', 'Instagram lets apps see the photos of Business and Creator accounts only. Switch the account type in the Instagram app (Settings > Account type), then connect again.')
  }
  const professionalId = profile.user_id === undefined ? undefined : String(profile.user_id)
  await connections.save({ appKey: app.key, sessionId, accountId: String(profile.id), professionalId, username: profile.username, accountType }, token)
  return { username: profile.username }
}

async function climb (ladder: TokenLadder, app: App, short: ShortToken, signal: AbortSignal) {
  const token = await ladder.exchange(app, short.token, signal)
  return { token, profile: await ladder.profile(app.key, token.token, signal) }
}
