import type { EmulatedAccount } from './accounts.ts'
import { appScopedId, type EmulatedApp } from './apps.ts'
import type { EmulatedMedia } from './media.ts'
import type { World } from './world.ts'

/** Found by username, by professional account id, or by the id some app knows it under. */
export function findAccount (world: World, idOrUsername: string): EmulatedAccount | undefined {
  return world.accounts.find(account => account.username === idOrUsername || account.id === idOrUsername ||
    world.apps.some(app => appScopedId(app.id, account.id) === idOrUsername))
}

/** @throws {Error} naming the accounts there are */
export function accountNamed (world: World, username: string): EmulatedAccount {
  const account = findAccount(world, username)
  if (account === undefined) throw new Error(`no account named "${username}"; there are ${list(world.accounts.map(known => known.username))}`)
  return account
}

/** @param appId - Instagram app id; left out, the first app. @throws {Error} naming the apps there are */
export function appWithId (world: World, appId: string | undefined): EmulatedApp {
  const app = appId === undefined ? world.apps[0] : world.apps.find(candidate => candidate.id === appId)
  if (app === undefined) throw new Error(`no app with the Instagram app id "${appId ?? ''}"; there are ${list(world.apps.map(known => known.id))}`)
  return app
}

/** A post or an album's item, whoever owns it. */
export function findMedia (world: World, id: string): { account: EmulatedAccount, media: EmulatedMedia } | undefined {
  for (const account of world.accounts) {
    const media = account.findMedia(id)
    if (media !== undefined) return { account, media }
  }
  return undefined
}

const MOST_NAMED = 10

function list (names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
