import type { AccountReference } from '../domain/media.ts'
import type { Connections, DueTimes, TokenHolder } from '../stores/connections.ts'
import { GraphFailure, type Verdict } from './failure.ts'
import { LONGEST_LIFE_SECONDS, type TokenLadder } from './token-ladder.ts'

const DAY_MS = 24 * 60 * 60_000
/** Instagram refreshes no younger token. */
const YOUNGEST_TO_REFRESH_MS = DAY_MS
const REFRESH_BEFORE_EXPIRY_MS = 10 * DAY_MS
/** A token that has more left was issued by a clock that ran ahead: when it ends nobody knows. */
const BELIEVABLE_LEFT_MS = LONGEST_LIFE_SECONDS * 1000 + DAY_MS
const SWEEP_BATCH = 50
const STEP_TIMEOUT_MS = 10_000

/**
 * Runs calls to Instagram with a token of the account, keeps tokens fresh and tells dead ones apart. Which are dead Instagram alone says:
 * this machine's clock, which may be wrong, only says when to ask.
 */
export interface TokenKeeper {
  /**
   * Runs `work` with the account's newest token, and with the next one (or the one that another node has put there) when that is dead.
   *
   * @throws {GraphFailure} `dead` when no token of the account works, and what else went wrong in `work`
   */
  use<T> (account: AccountReference, work: (token: string) => Promise<T>): Promise<T>
  /** Refreshes what is due; several nodes may sweep at once. Ends early when the signal aborts. */
  sweep (signal: AbortSignal): Promise<void>
}

export function createTokenKeeper (connections: Connections, ladder: TokenLadder, now: () => number): TokenKeeper {
  const dueTimes = (): DueTimes => {
    const time = now()
    return { issuedBeforeMs: time - YOUNGEST_TO_REFRESH_MS, expiresBeforeMs: time + REFRESH_BEFORE_EXPIRY_MS, expiresAfterMs: time + BELIEVABLE_LEFT_MS }
  }

  const isDue = ({ issuedAtMs, expiresAtMs }: TokenHolder): boolean => {
    const { issuedBeforeMs, expiresBeforeMs, expiresAfterMs } = dueTimes()
    return (issuedAtMs < issuedBeforeMs && expiresAtMs < expiresBeforeMs) || expiresAtMs > expiresAfterMs
  }

  /**
   * Whether a failure means that this token is of no use any more. Code 100 is ambiguous: Instagram answers it for an unknown field or
   * object, and also for every call of an account that lost its role. Whether `/me` still works tells the two apart.
   */
  const isDead = async (holder: TokenHolder, error: unknown): Promise<boolean> => {
    if (verdictIn(error) === 'dead') return true
    if (verdictIn(error) !== 'request' && verdictIn(error) !== 'gone') return false
    const probe = ladder.profile(holder.appKey, holder.token, AbortSignal.timeout(STEP_TIMEOUT_MS))
    return await probe.then(() => false, (reason: unknown) => verdictIn(reason) === 'request' || verdictIn(reason) === 'dead')
  }

  const refreshed = async (holder: TokenHolder): Promise<TokenHolder | undefined> => {
    try {
      const token = await ladder.refresh(holder.appKey, holder.token, AbortSignal.timeout(STEP_TIMEOUT_MS))
      await connections.replaceToken(holder, token)
      return { ...holder, ...token }
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error
      return await isDead(holder, error) ? undefined : holder
    }
  }

  /** The holder to use: with a refreshed token when that was due and worked, `undefined` when the token is dead. */
  const fresh = async (holder: TokenHolder): Promise<TokenHolder | undefined> =>
    isDue(holder) && await connections.takeRefreshLease(holder) ? await refreshed(holder) : holder

  return {
    async use (account, work) {
      const tried = new Set<string>()
      for (;;) {
        const holder = (await connections.holders(account)).find(each => !tried.has(nameOf(each)))
        if (holder === undefined) throw new GraphFailure('dead')
        tried.add(nameOf(holder))
        const current = await fresh(holder)
        try {
          if (current !== undefined) return await work(current.token)
        } catch (error) {
          if (!await isDead(current ?? holder, error)) throw error
        }
        await connections.markReconnect(current ?? holder)
      }
    },

    async sweep (signal) {
      for (;;) {
        const due = await connections.due(dueTimes(), SWEEP_BATCH)
        for (const holder of due) {
          if (signal.aborted) return
          if (await fresh(holder) === undefined) await connections.markReconnect(holder)
        }
        if (due.length < SWEEP_BATCH) return
      }
    }
  }
}

/** One token of one connection: another node may have replaced it since. */
const nameOf = ({ id, issuedAtMs }: TokenHolder) => `${id} ${issuedAtMs}`

const verdictIn = (error: unknown): Verdict | undefined => error instanceof GraphFailure ? error.verdict : undefined
