import { ContactsheetError } from '../errors.ts'
import type { AccountReference } from '../domain/media.ts'
import { GraphFailure } from './failure.ts'
import type { TokenLadder } from './token-ladder.ts'
import type { Connections, TokenHolder } from '../stores/connections.ts'

const DAY_MS = 24 * 60 * 60_000
/** Instagram refreshes no younger token. */
const YOUNGEST_TO_REFRESH_MS = DAY_MS
const REFRESH_BEFORE_EXPIRY_MS = 10 * DAY_MS
const SWEEP_BATCH = 50
const REFRESH_TIMEOUT_MS = 10_000

/** Runs calls to Instagram with a token of the account, keeps tokens fresh and tells dead ones apart. */
export interface TokenKeeper {
  /**
   * @throws {ContactsheetError} INSTAGRAM_RECONNECT_REQUIRED when no token of the account works
   * @throws {GraphFailure} what else went wrong in `work`
   */
  use<T> (account: AccountReference, work: (token: string) => Promise<T>): Promise<T>
  /** Refreshes what is due; several nodes may sweep at once. */
  sweep (): Promise<void>
}

export function createTokenKeeper (connections: Connections, ladder: TokenLadder, now: () => number): TokenKeeper {
  const isDue = ({ issuedAtMs, expiresAtMs }: TokenHolder) =>
    now() - issuedAtMs > YOUNGEST_TO_REFRESH_MS && expiresAtMs - now() < REFRESH_BEFORE_EXPIRY_MS

  /** The token to use: a refreshed one when that was due and worked, `undefined` when the token is dead. */
  const freshToken = async (holder: TokenHolder): Promise<string | undefined> => {
    if (holder.expiresAtMs <= now()) {
      await connections.markReconnect(holder.id)
      return undefined
    }
    if (!isDue(holder) || !await connections.takeRefreshLease(holder)) return holder.token
    try {
      const token = await ladder.refresh(holder.appKey, holder.token, AbortSignal.timeout(REFRESH_TIMEOUT_MS))
      await connections.replaceToken(holder, token)
      return token.token
    } catch (error) {
      if (!isDead(error)) return holder.token
      await connections.markReconnect(holder.id)
      return undefined
    }
  }

  return {
    async use (account, work) {
      for (const holder of await connections.holders(account)) {
        const token = await freshToken(holder)
        if (token === undefined) continue
        try {
          return await work(token)
        } catch (error) {
          if (!isDead(error)) throw error
          await connections.markReconnect(holder.id)
        }
      }
      throw new ContactsheetError('INSTAGRAM_RECONNECT_REQUIRED', 'Instagram no longer accepts this connection. Connect Instagram again.')
    },

    async sweep () {
      const due = async () => await connections.due(now() - YOUNGEST_TO_REFRESH_MS, now() + REFRESH_BEFORE_EXPIRY_MS, SWEEP_BATCH)
      for (const holder of await due()) await freshToken(holder)
    }
  }
}

const isDead = (error: unknown) => error instanceof GraphFailure && error.verdict === 'dead'
