import type { EmulatedAccount } from '../model/accounts.ts'
import type { EmulatedApp } from '../model/apps.ts'
import { findAccount, type World } from '../model/world.ts'

/** @throws {Error} naming the accounts there are */
export function accountNamed (world: World, username: string): EmulatedAccount {
  const account = findAccount(world, username)
  if (account === undefined) throw new Error(`no account named "${username}"; there are ${world.accounts.map(known => known.username).join(', ')}`)
  return account
}

/** @param appId - Instagram app id; left out, the first app. @throws {Error} naming the apps there are */
export function appWithId (world: World, appId: string | undefined): EmulatedApp {
  const app = appId === undefined ? world.apps[0] : world.apps.find(candidate => candidate.id === appId)
  if (app === undefined) throw new Error(`no app with the Instagram app id "${appId ?? ''}"; there are ${world.apps.map(known => known.id).join(', ')}`)
  return app
}
