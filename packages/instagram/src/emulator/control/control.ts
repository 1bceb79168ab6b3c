import type { EmulatorClock } from '../clock.ts'
import type { AccountPlan } from '../model/accounts.ts'
import { addAccount, findAccount, issueToken, revoke, type RevocationReason, type World } from '../model/world.ts'
import type { AuthorizeAnswer } from '../options.ts'
import { SCOPES } from '../scopes.ts'
import type { EmulatorSwitches } from '../switches.ts'

/** Changes the emulated Instagram while it runs. */
export interface EmulatorControl {
  clock: EmulatorClock
  /** How the authorize page is answered from now on. */
  answer: (answer: AuthorizeAnswer | (() => AuthorizeAnswer)) => void
  /** Changes switches; they hold until changed again. */
  set: (switches: Partial<EmulatorSwitches>) => void
  addAccount: (plan: AccountPlan) => void
  /** A long-lived token, as the dashboard's "Generate token" gives it. @throws {Error} for an unknown account or app */
  mintToken: (username: string, options?: MintOptions) => string
  /** Kills the account's tokens. @throws {Error} for an unknown account or app */
  revoke: (username: string, reason?: RevocationReason, appId?: string) => void
}

export interface MintOptions {
  /** @defaultValue the first app */
  appId?: string
  /** @defaultValue `'long'` */
  kind?: 'short' | 'long'
  /** @defaultValue every scope */
  scopes?: readonly string[]
  /** How long ago it was issued, in milliseconds. @defaultValue 0 */
  ageMs?: number
}

export function createControl (world: World): EmulatorControl {
  return {
    clock: world.clock,
    answer: answer => { world.options.answer = answer },
    set: switches => { Object.assign(world.switches, switches) },
    addAccount: plan => { addAccount(world, plan) },
    mintToken: (username, { appId, kind = 'long', scopes = Object.keys(SCOPES), ageMs = 0 } = {}) =>
      issueToken(world, { appId: appOf(world, appId).id, accountId: accountOf(world, username).id, kind, scopes, ageMs }),
    revoke: (username, reason = 'removed', appId) => { revoke(world, appOf(world, appId), accountOf(world, username), reason) }
  }
}

function accountOf (world: World, username: string) {
  const account = findAccount(world, username)
  if (account === undefined) throw new Error(`no account named "${username}"; there are ${world.accounts.map(known => known.username).join(', ')}`)
  return account
}

function appOf (world: World, appId: string | undefined) {
  const app = appId === undefined ? world.apps[0] : world.apps.find(candidate => candidate.id === appId)
  if (app === undefined) throw new Error(`no app with the Instagram app id "${appId ?? ''}"; there are ${world.apps.map(known => known.id).join(', ')}`)
  return app
}
