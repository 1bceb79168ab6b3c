import { randomBytes } from 'node:crypto'
import type { AccountReference } from '../domain/media.ts'
import type { Connections } from '../stores/connections.ts'
import type { Deletions } from '../stores/deletions.ts'

export interface EraseServices {
  connections: Connections
  deletions: Deletions
  /** Each erases what one room holds of an account: files, cached bytes, links. May be asked again after a failure. */
  erasers: ReadonlyArray<(account: AccountReference) => Promise<void>>
}

/**
 * Notes that everything of an account is to be erased.
 *
 * @param anyId - the account's app-scoped or professional id, as Meta names it
 * @returns the confirmation code, under which `erase` finds it and a person sees how far it is
 */
export async function requestErasure ({ connections, deletions }: EraseServices, appKeys: readonly string[], anyId: string): Promise<string> {
  const code = randomBytes(12).toString('hex')
  const accounts = await Promise.all(appKeys.map(async appKey => await connections.accountsNamed(appKey, anyId)))
  await deletions.request(code, accounts.flat())
  return code
}

/** Erases what was requested: the tokens first, then what each room holds. After a failure the request stays open for `eraseOpen`. */
export async function erase ({ connections, deletions, erasers }: EraseServices, code: string): Promise<void> {
  for (const account of (await deletions.find(code))?.accounts ?? []) {
    await connections.removeAccount(account)
    for (const eraser of erasers) await eraser(account)
  }
  await deletions.complete(code)
}

/** Goes on with what a failure or a crash left open. */
export async function eraseOpen (services: EraseServices, signal: AbortSignal): Promise<void> {
  for (const { code } of await services.deletions.open()) {
    if (signal.aborted) return
    await erase(services, code)
  }
}
