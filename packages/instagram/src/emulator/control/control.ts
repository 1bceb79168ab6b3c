import { postDataDeletion, postDeauthorize, postWebhook, signedRequestAbout, verifyWebhook, type AccountChange, type CallbackResult } from '../callbacks/platform-callbacks.ts'
import type { EmulatorClock } from '../clock.ts'
import type { FaultPlan } from '../faults/faults.ts'
import type { LoggedRequest } from '../log/request-log.ts'
import type { AccountPlan } from '../model/accounts.ts'
import { appScopedId, type EmulatedApp } from '../model/apps.ts'
import type { PostPlan } from '../model/media.ts'
import { accountNamed, appWithId, findMedia } from '../model/look-up.ts'
import { addAccount, addApp, issueToken, revoke, setAnswer, type RevocationReason, type World } from '../model/world.ts'
import type { AnswerOf, AuthorizeAnswer } from '../options.ts'
import { SCOPES } from '../scopes.ts'
import type { EmulatorSwitches } from '../switches.ts'

/** Changes the emulated Instagram while it runs. Methods that name an account or an app throw an `Error` when there is none. */
export interface EmulatorControl {
  clock: EmulatorClock
  /** How the authorize page is answered from now on. @throws {Error} for an account that there is none of */
  answer: (answer: AuthorizeAnswer | AnswerOf) => void
  /** Changes switches; they hold until changed again. */
  set: (switches: Partial<EmulatorSwitches>) => void
  /** Plans a failure. @throws {Error} for one that could not happen */
  fail: (fault: FaultPlan) => void
  /** Forgets planned failures. */
  clearFaults: () => void
  /** Calls that arrived, oldest first; tokens, secrets and codes are masked. */
  requests: () => readonly LoggedRequest[]
  clearRequests: () => void
  /** Adds an account, or replaces the one of that name. */
  addAccount: (plan: AccountPlan) => void
  /** Adds an app; what is left out is taken from the default application. @throws {Error} without an `id` of its own */
  addApp: (app: Partial<EmulatedApp>) => void
  /** Changes an app: its mode, testers, redirect URIs, callback URLs. */
  updateApp: (changes: Partial<Omit<EmulatedApp, 'id'>>, appId?: string) => void
  /** The account posts something. @returns the media id */
  addPost: (username: string, post: PostPlan) => string
  /** The account deletes a post: its node is gone, its CDN links answer 404. */
  removePost: (mediaId: string) => void
  /** A token as the dashboard's "Generate token" gives it. */
  mintToken: (username: string, options?: MintOptions) => string
  /** Kills the account's tokens without telling the app. */
  revoke: (username: string, reason?: RevocationReason, appId?: string) => void
  /** The person removes the app: tokens die and the app's deauthorize callback is called. */
  deauthorize: (username: string, appId?: string) => Promise<CallbackResult>
  /** The person asks for deletion: the app's data deletion callback is called and its answer checked. */
  requestDataDeletion: (username: string, appId?: string) => Promise<CallbackResult>
  /** Asks a webhook endpoint to echo a challenge, as the dashboard does. */
  verifyWebhook: (url: string, verifyToken: string) => Promise<boolean>
  /** Posts a signed webhook about the account to `url`. */
  sendWebhook: (username: string, url: string, changes: readonly AccountChange[], appId?: string) => Promise<CallbackResult>
  /** A `signed_request` as the callbacks carry it. */
  signedRequest: (username: string, appId?: string) => string
  /** Makes a publishing container end in `ERROR` with this subcode. */
  failContainer: (containerId: string, subcode: number) => void
  /** The ids of an account: `id` is what the app sees in `/me`, `userId` the professional account id. */
  idsOf: (username: string, appId?: string) => { id: string, userId: string }
}

/** What a minted token is like. */
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

/** The control of one emulated Instagram. */
export function createControl (world: World): EmulatorControl {
  return {
    clock: world.clock,
    answer: answer => { setAnswer(world, answer) },
    set: switches => { Object.assign(world.switches, switches) },
    fail: world.faults.plan,
    clearFaults: world.faults.clear,
    requests: world.log.entries,
    clearRequests: world.log.clear,
    addAccount: plan => { addAccount(world, plan) },
    addApp: app => { addApp(world, app) },
    updateApp: (changes, appId) => { Object.assign(appWithId(world, appId), changes) },
    ...postControl(world),
    ...tokenControl(world),
    ...callbackControl(world)
  }
}

function postControl (world: World): Pick<EmulatorControl, 'addPost' | 'removePost' | 'failContainer'> {
  return {
    addPost: (username, post) => accountNamed(world, username).addPost(world.clock.now(), post).id,
    removePost: mediaId => {
      const found = findMedia(world, mediaId)
      if (found === undefined) throw new Error(`no media with the id "${mediaId}"`)
      found.media.isRemoved = true
    },
    failContainer: (containerId, subcode) => {
      const container = world.containers.get(containerId)
      if (container === undefined) throw new Error(`no container with the id "${containerId}"`)
      container.failure = subcode
    }
  }
}

function tokenControl (world: World): Pick<EmulatorControl, 'mintToken' | 'revoke' | 'idsOf'> {
  return {
    mintToken: (username, { appId, kind = 'long', scopes = Object.keys(SCOPES), ageMs = 0 } = {}) =>
      issueToken(world, { appId: appWithId(world, appId).id, accountId: accountNamed(world, username).id, kind, scopes, ageMs }),
    revoke: (username, reason = 'removed', appId) => { revoke(world, appWithId(world, appId), accountNamed(world, username), reason) },
    idsOf: (username, appId) => {
      const { id: userId } = accountNamed(world, username)
      return { id: appScopedId(appWithId(world, appId).id, userId), userId }
    }
  }
}

function callbackControl (world: World): Pick<EmulatorControl, 'deauthorize' | 'requestDataDeletion' | 'verifyWebhook' | 'sendWebhook' | 'signedRequest'> {
  return {
    deauthorize: async (username, appId) => {
      const [app, account] = [appWithId(world, appId), accountNamed(world, username)]
      revoke(world, app, account, 'removed')
      return await postDeauthorize(world, app, account)
    },
    requestDataDeletion: async (username, appId) => await postDataDeletion(world, appWithId(world, appId), accountNamed(world, username)),
    verifyWebhook: async (url, verifyToken) => await verifyWebhook(url, verifyToken),
    sendWebhook: async (username, url, changes, appId) => await postWebhook(world, appWithId(world, appId), accountNamed(world, username), url, changes),
    signedRequest: (username, appId) => signedRequestAbout(world, appWithId(world, appId), accountNamed(world, username))
  }
}
