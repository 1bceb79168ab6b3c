import { randomBytes } from 'node:crypto'
import { createClock, DAY_MS, HOUR_MS, type EmulatorClock } from '../clock.ts'
import type { ResolvedOptions } from '../options.ts'
import type { EmulatorSwitches } from '../switches.ts'
import { createFaults, type Faults } from '../faults/faults.ts'
import { createUsageMeter, type UsageMeter } from '../graph/usage.ts'
import { createRequestLog, type RequestLog } from '../log/request-log.ts'
import type { Container } from '../publish/container.ts'
import { createAccount, type AccountPlan, type EmulatedAccount } from './accounts.ts'
import { DEFAULT_APP, type EmulatedApp } from './apps.ts'
import { accountNamed } from './look-up.ts'
import { sealToken, type TokenKind } from './tokens.ts'

/** Why the tokens of one account for one app died. */
export type RevocationReason = 'removed' | 'passwordChanged' | 'roleLost'

/** What a code stands for until it is exchanged. */
export interface AuthorizationCode {
  app: EmulatedApp
  account: EmulatedAccount
  redirectUri: string
  scopes: readonly string[]
  expiresAtMs: number
  isUsed: boolean
}

/** Everything the emulator knows. Routes read and change it; it knows nothing of HTTP. */
export interface World {
  /** Where the four hosts are found; known once the server listens. */
  origin: string
  readonly options: ResolvedOptions
  readonly clock: EmulatorClock
  readonly switches: EmulatorSwitches
  readonly apps: EmulatedApp[]
  readonly accounts: EmulatedAccount[]
  readonly codes: Map<string, AuthorizationCode>
  /** App and account pairs of which the person agreed. */
  readonly grants: Set<string>
  readonly revocations: Map<string, { atMs: number, reason: RevocationReason }>
  readonly containers: Map<string, Container>
  readonly faults: Faults
  readonly log: RequestLog
  readonly usage: UsageMeter
}

/** A fresh Instagram: nobody has agreed to anything yet. @throws {Error} for two apps of one id, two accounts of one name, an answer by nobody */
export function createWorld (options: ResolvedOptions): World {
  const world: World = {
    origin: 'http://127.0.0.1',
    options,
    clock: createClock(options.now),
    switches: { ...options.switches },
    apps: [],
    accounts: options.accounts.map(createAccount),
    codes: new Map(),
    grants: new Set(),
    revocations: new Map(),
    containers: new Map(),
    faults: createFaults(options.faults),
    log: createRequestLog(),
    usage: createUsageMeter()
  }
  for (const app of options.apps) addApp(world, app)
  const twice = world.accounts.find(({ username }, index) => world.accounts.findIndex(other => other.username === username) !== index)
  if (twice !== undefined) throw new Error(`there are two accounts named "${twice.username}"; one name belongs to one account`)
  setAnswer(world, options.answer)
  return world
}

/** How the authorize page is answered from now on. @throws {Error} naming the accounts there are, when it is one that is not among them */
export function setAnswer (world: World, answer: World['options']['answer']): void {
  if (typeof answer === 'object') accountNamed(world, answer.account)
  world.options.answer = answer
}

/** Adds an account, or replaces the one of that name. */
export function addAccount (world: World, plan: AccountPlan): EmulatedAccount {
  const account = createAccount(plan)
  const index = world.accounts.findIndex(({ username }) => username === plan.username)
  if (index === -1) world.accounts.push(account)
  else world.accounts[index] = account
  return account
}

/** Adds an app. @throws {Error} for an id that another app has, which would hide the new one */
export function addApp (world: World, app: Partial<EmulatedApp>): void {
  const added = { ...DEFAULT_APP, ...app }
  if (world.apps.some(({ id }) => id === added.id)) throw new Error(`there is an app with the Instagram app id "${added.id}" already; give the new one an id of its own`)
  world.apps.push(added)
}

/** A code that lives an hour and works once. */
export function issueCode (world: World, grant: Pick<AuthorizationCode, 'app' | 'account' | 'redirectUri' | 'scopes'>): string {
  const code = `AQ${randomBytes(120).toString('base64url')}`
  world.codes.set(code, { ...grant, expiresAtMs: world.clock.now() + HOUR_MS, isUsed: false })
  return code
}

/** Long tokens live a little under 60 days, as recorded: 5,183,944 seconds. */
export const LONG_TOKEN_LIFE_MS = 5_183_944_000

/** A token that was issued `ageMs` ago, but never before the last revocation. */
export function issueToken (world: World, grant: { appId: string, accountId: string, scopes: readonly string[], kind: TokenKind, ageMs?: number }): string {
  const revokedAtMs = world.revocations.get(grantKey(grant.appId, grant.accountId))?.atMs ?? 0
  const issuedAtMs = Math.max(world.clock.now() - (grant.ageMs ?? 0), revokedAtMs + 1)
  const lifeMs = grant.kind === 'long' ? LONG_TOKEN_LIFE_MS : HOUR_MS
  return sealToken(world.options.secret, { ...grant, issuedAtMs, expiresAtMs: issuedAtMs + lifeMs })
}

/** Kills every token the account has given to the app until now. */
export function revoke (world: World, app: EmulatedApp, account: EmulatedAccount, reason: RevocationReason): void {
  world.grants.delete(grantKey(app.id, account.id))
  world.revocations.set(grantKey(app.id, account.id), { atMs: world.clock.now(), reason })
  if (reason === 'roleLost') app.testers = app.testers.filter(tester => tester !== account.username)
}

/** Names what one account gave one app. */
export function grantKey (appId: string, accountId: string): string {
  return `${appId}:${accountId}`
}

/** Tokens may be refreshed from this age on. */
export const REFRESH_FROM_AGE_MS = DAY_MS
