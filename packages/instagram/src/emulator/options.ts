import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultAccounts } from './model/default-accounts.ts'
import type { FaultPlan } from './faults/faults.ts'
import type { AccountPlan } from './model/accounts.ts'
import { DEFAULT_APP, type EmulatedApp } from './model/apps.ts'
import { DAY_MS } from './clock.ts'
import { DEFAULT_SWITCHES, type EmulatorSwitches } from './switches.ts'

/** How the authorize page is answered. */
export type AuthorizeAnswer =
  /** A person answers on the page. */
  | 'ask'
  /** The first professional account agrees at once. */
  | 'allow'
  /** Cancelled at once. */
  | 'deny'
  /** That account answers at once; `scopes` grants fewer than were asked for. */
  | { account: string, allow?: boolean, scopes?: readonly string[] }

/** Decides per sign-in. */
export type AnswerOf = (signIn: { appId: string, redirectUri: string, state: string | undefined }) => AuthorizeAnswer

/** What is emulated. Everything may be left out. */
export interface EmulatorOptions {
  /** Applications; what is left out of one is taken from the default application. @defaultValue the default application alone */
  apps?: readonly Partial<EmulatedApp>[]
  /** Redirect URIs of the first application. @defaultValue any address of this machine (`'loopback'`) */
  redirectUris?: readonly string[] | 'loopback'
  /** @defaultValue six accounts: business, creator, personal, empty, one with more than 10,000 posts, one with a bare profile */
  accounts?: readonly AccountPlan[]
  /** @defaultValue `'ask'` */
  answer?: AuthorizeAnswer | AnswerOf
  switches?: Partial<EmulatorSwitches>
  /** Failures planned from the start. @defaultValue none */
  faults?: readonly FaultPlan[]
  /** Life of a CDN link in milliseconds. @defaultValue 4.5 days; links of one answer differ by hours */
  cdnLinkLifeMs?: number
  /** Calls per account and app in 24 hours; from then on error 80002. @defaultValue 100,000 */
  callBudget?: number
  /** How long a publishing container stays `IN_PROGRESS`, in milliseconds. @defaultValue 0 */
  containerDelayMs?: number
  /** Which addresses its answers contain: its own, or Instagram's real host names, for clients whose hosts cannot be set. @defaultValue `'own'` */
  addresses?: 'own' | 'instagram'
  /** Folder of the generated photos; may be shared by many emulators. @defaultValue a folder below the system's temporary folder */
  photoCache?: string
  /** Seals tokens and signs CDN links. Keep it and both survive a restart. @defaultValue a fixed text */
  secret?: string
  /** The clock below the emulator's own. @defaultValue `Date.now` */
  now?: () => number
}

/** The options with every default filled in. */
export interface ResolvedOptions extends Required<Omit<EmulatorOptions, 'redirectUris' | 'apps' | 'switches'>> {
  apps: readonly EmulatedApp[]
  switches: EmulatorSwitches
}

/** Fills the defaults in. */
export function resolveOptions (options: EmulatorOptions): ResolvedOptions {
  const apps = (options.apps ?? [{}]).map(app => ({ ...DEFAULT_APP, ...app }))
  if (options.redirectUris !== undefined && apps[0] !== undefined) apps[0].redirectUris = options.redirectUris
  return {
    apps,
    accounts: options.accounts ?? defaultAccounts(),
    answer: options.answer ?? 'ask',
    switches: { ...DEFAULT_SWITCHES, ...options.switches },
    faults: options.faults ?? [],
    cdnLinkLifeMs: options.cdnLinkLifeMs ?? 4.5 * DAY_MS,
    callBudget: options.callBudget ?? 100_000,
    containerDelayMs: options.containerDelayMs ?? 0,
    addresses: options.addresses ?? 'own',
    photoCache: options.photoCache ?? join(tmpdir(), 'instagram-emulator-photos'),
    secret: options.secret ?? 'instagram-emulator',
    now: options.now ?? Date.now
  }
}
