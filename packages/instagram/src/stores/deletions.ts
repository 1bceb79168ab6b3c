import type { AccountReference } from '../domain/media.ts'
import type { Database } from './database.ts'

/** A request of Meta to erase what is known of an account. */
export interface Deletion {
  code: string
  /** What is still to be erased; empty as soon as it is done, so that nothing of the account is left here either. */
  accounts: readonly AccountReference[]
  requestedAtMs: number
  completedAtMs: number | undefined
}

export interface Deletions {
  request (code: string, accounts: readonly AccountReference[]): Promise<void>
  complete (code: string): Promise<void>
  find (code: string): Promise<Deletion | undefined>
  /** Those that a failure or a crash left undone, oldest first. */
  open (): Promise<Deletion[]>
}

export function createDeletions (database: Database, now: () => number): Deletions {
  const rows = () => database.selectFrom('contactsheet_deletions').selectAll()
  const toDeletion = (row: Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>): Deletion => ({
    code: row.code,
    accounts: row.accounts === null ? [] : JSON.parse(row.accounts) as AccountReference[],
    requestedAtMs: row.requested_at_ms,
    completedAtMs: row.completed_at_ms ?? undefined
  })

  return {
    async request (code, accounts) {
      await database.insertInto('contactsheet_deletions').values({ code, accounts: JSON.stringify(accounts), requested_at_ms: now() }).execute()
    },
    async complete (code) {
      await database.updateTable('contactsheet_deletions').set({ accounts: null, completed_at_ms: now() }).where('code', '=', code).execute()
    },
    async find (code) {
      const row = await rows().where('code', '=', code).executeTakeFirst()
      return row && toDeletion(row)
    },
    async open () {
      return (await rows().where('completed_at_ms', 'is', null).orderBy('requested_at_ms').execute()).map(toDeletion)
    }
  }
}
