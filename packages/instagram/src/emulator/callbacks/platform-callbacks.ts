import { createHmac } from 'node:crypto'
import type { EmulatedAccount } from '../model/accounts.ts'
import { appScopedId, type EmulatedApp } from '../model/apps.ts'
import type { World } from '../model/world.ts'
import { callApp, type AppAnswer } from './call-app.ts'
import { signRequest } from './signed-request.ts'

/** How an app answered a callback. `problems` is empty when Meta would be content. */
export interface CallbackResult extends AppAnswer { problems: string[] }

/** Tells the app that the person removed it. Its answer's body does not matter. @throws {Error} without a `deauthorizeUrl`, or when nobody answers there */
export async function postDeauthorize (world: World, app: EmulatedApp, account: EmulatedAccount): Promise<CallbackResult> {
  const answer = await postSigned(world, app, account, 'deauthorizeUrl')
  return { ...answer, problems: statusProblems(answer) }
}

/** Asks the app to delete what it holds, and checks its answer. @throws {Error} without a `dataDeletionUrl`, or when nobody answers there */
export async function postDataDeletion (world: World, app: EmulatedApp, account: EmulatedAccount): Promise<CallbackResult> {
  const answer = await postSigned(world, app, account, 'dataDeletionUrl')
  return { ...answer, problems: answer.status === 200 ? deletionProblems(answer.body) : statusProblems(answer) }
}

/** A `signed_request` about the account, signed with the secret that the switch `callbackSecret` names. */
export function signedRequestAbout (world: World, app: EmulatedApp, account: EmulatedAccount): string {
  const payload = { user_id: appScopedId(app.id, account.id), algorithm: 'HMAC-SHA256', issued_at: Math.floor(world.clock.now() / 1000) } as const
  return signRequest(signingSecret(world, app), payload)
}

async function postSigned (world: World, app: EmulatedApp, account: EmulatedAccount, option: 'deauthorizeUrl' | 'dataDeletionUrl'): Promise<AppAnswer> {
  const url = app[option]
  if (url === undefined) throw new Error(`the app "${app.name}" has no ${option}`)
  return await callApp(url, { method: 'POST', body: new URLSearchParams({ signed_request: signedRequestAbout(world, app, account) }) })
}

function statusProblems ({ status }: AppAnswer): string[] {
  return status === 200 ? [] : [`expected status 200, got ${status}`]
}

function deletionProblems (body: string): string[] {
  const answer = parse(body)
  const problems = []
  if (typeof answer.url !== 'string' || !URL.canParse(answer.url)) problems.push('expected "url" to be an absolute address')
  if (typeof answer.confirmation_code !== 'string' || answer.confirmation_code === '') problems.push('expected "confirmation_code" to be a text')
  return problems
}

function parse (body: string): { url?: unknown, confirmation_code?: unknown } {
  try {
    return Object(JSON.parse(body))
  } catch {
    return {}
  }
}

function signingSecret (world: World, app: EmulatedApp): string {
  return world.switches.callbackSecret === 'instagram' ? app.secret : app.metaSecret
}

/** One change of an account, as Meta's webhooks report it. */
export interface AccountChange { field: string, value: Record<string, unknown> }

/** Asks a webhook endpoint to prove itself. @returns true when it echoed the challenge */
export async function verifyWebhook (url: string, verifyToken: string, challenge = '1158201444'): Promise<boolean> {
  const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verifyToken })
  const { status, body } = await callApp(`${url}?${query}`)
  return status === 200 && body === challenge
}

/** Posts a signed event. Characters outside ASCII go out as `\u` escapes, as Meta sends them. */
export async function postWebhook (world: World, app: EmulatedApp, account: EmulatedAccount, url: string, changes: readonly AccountChange[]): Promise<CallbackResult> {
  const event = { object: 'instagram', entry: [{ id: account.id, time: Math.floor(world.clock.now() / 1000), changes }] }
  const body = JSON.stringify(event).replace(/[^\x20-\x7e]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const mac = (algorithm: string): string => createHmac(algorithm, signingSecret(world, app)).update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-hub-signature': `sha1=${mac('sha1')}`, 'x-hub-signature-256': `sha256=${mac('sha256')}` }
  const answer = await callApp(url, { method: 'POST', headers, body })
  return { ...answer, problems: statusProblems(answer) }
}
