import type { AuthorizeAnswer } from '../options.ts'
import { FlatError } from '../errors.ts'
import type { EmulatedAccount } from '../model/accounts.ts'
import { findAccount } from '../model/look-up.ts'
import { grantKey, issueCode, type World } from '../model/world.ts'
import { BASIC_SCOPE } from '../scopes.ts'
import type { AuthorizeQuery, AuthorizeRequest } from './authorize-request.ts'

/** An answer as the person on the page would give it. */
export interface Decision {
  isAllowed: boolean
  username: string
  /** Granted scopes; `undefined` grants all that were asked for. */
  scopes: readonly string[] | undefined
}

/** The scripted answer, or `undefined` when a person shall answer. The request's own parameters win over the option. */
export function scriptedDecision (world: World, query: AuthorizeQuery, { app, redirectUri, state }: AuthorizeRequest): Decision | undefined {
  const { answer } = world.options
  const scripted = queryAnswer(query) ?? (typeof answer === 'function' ? answer({ appId: app.id, redirectUri, state }) : answer)
  if (scripted === 'ask') return undefined
  const first = world.accounts.find(account => account.accountType !== 'PERSONAL') ?? world.accounts[0]
  if (typeof scripted === 'string') return { isAllowed: scripted === 'allow', username: first?.username ?? '', scopes: undefined }
  return { isAllowed: scripted.allow ?? true, username: scripted.account, scopes: scripted.scopes }
}

function queryAnswer ({ emulator_account: account, emulator_answer: answer }: AuthorizeQuery): AuthorizeAnswer | undefined {
  if (answer === 'ask') return 'ask'
  if (account !== undefined) return { account, allow: answer !== 'deny' }
  return answer
}

/**
 * Where the answer sends the browser.
 *
 * @throws {FlatError} when the account may not answer: personal, or without a role in a development-mode app
 */
export function answerLocation (world: World, request: AuthorizeRequest, decision: Decision): string {
  if (!decision.isAllowed) {
    return redirect(request, { error: 'access_denied', error_reason: 'user_denied', error_description: 'The user denied your request' })
  }
  const account = professionalAccount(world, decision.username)
  if (request.app.mode === 'development' && !request.app.testers.includes(account.username)) {
    if (world.switches.roleRefusal === 'page') throw new FlatError('Insufficient Developer Role')
    return redirect(request, { error: 'access_denied', error_description: 'Insufficient developer role' })
  }
  const scopes = request.scopes.filter(scope => scope === BASIC_SCOPE || (decision.scopes?.includes(scope) ?? true))
  world.grants.add(grantKey(request.app.id, account.id))
  const code = issueCode(world, { app: request.app, account, redirectUri: request.redirectUri, scopes })
  return `${redirect(request, { code })}#_`
}

function professionalAccount (world: World, username: string): EmulatedAccount {
  const account = findAccount(world, username)
  if (account === undefined) throw new FlatError('The account was not found')
  if (account.accountType === 'PERSONAL') throw new FlatError('You need a professional account to continue')
  return account
}

function redirect ({ redirectUri, state }: AuthorizeRequest, parameters: Record<string, string>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  if (state !== undefined) url.searchParams.set('state', state)
  return url.href
}
