import type { AccountReference } from '../domain/media.ts'
import { createSealer, type Opened } from './sealer.ts'

/** Keeps access tokens unreadable in the database. A row's token opens only for the account that it was sealed for. */
export interface TokenCipher {
  /** What tokens begin with, one for each secret: those of the newest with the first. */
  readonly keyIds: readonly string[]
  seal (token: string, account: AccountReference): string
  open (sealed: string, account: AccountReference): Opened | undefined
}

export function createTokenCipher (secrets: readonly string[]): TokenCipher {
  const sealer = createSealer(secrets, 'instagram token')
  const contextOf = ({ appKey, accountId }: AccountReference) => JSON.stringify([appKey, accountId])
  return {
    keyIds: sealer.keyIds,
    seal: (token, account) => sealer.seal(token, contextOf(account)),
    open: (sealed, account) => sealer.open(sealed, contextOf(account))
  }
}
