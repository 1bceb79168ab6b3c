import type { Selectable } from 'kysely'
import type { SignIn, SignInOutcome } from '../domain/sign-in.ts'
import { ContactsheetError } from '../errors.ts'
import type { Database, Tables } from './database.ts'

/** How long a person may take at Instagram. */
export const SIGN_IN_LIFE_MS = 10 * 60_000
/** How long an outcome is kept for a dialog that asks late. */
const OUTCOME_LIFE_MS = 24 * 60 * 60_000

export type NewSignIn = Omit<SignIn, 'createdAtMs' | 'isUsed' | 'outcome'>

export interface SignIns {
  start (signIn: NewSignIn): Promise<void>
  find (stateHash: string): Promise<SignIn | undefined>
  /**
   * Uses the state up, once and within ten minutes of its start.
   *
   * @throws {ContactsheetError} SIGN_IN_USED
   */
  claim (stateHash: string): Promise<void>
  finish (stateHash: string, outcome: SignInOutcome): Promise<void>
  /** The latest outcome of the sign-ins that a dialog started with one ticket. */
  lastOutcome (ticketHash: string): Promise<SignInOutcome | undefined>
  removeOld (): Promise<void>
}

export function createSignIns (database: Database, now: () => number): SignIns {
  return {
    async start ({ stateHash, browserHash, ticketHash, appKey, sessionId, returnTo }) {
      await database.insertInto('contactsheet_sign_ins').values({
        state_hash: stateHash,
        browser_hash: browserHash,
        ticket_hash: ticketHash,
        app_key: appKey,
        session_id: sessionId,
        return_to: returnTo ?? null,
        created_at_ms: now()
      }).execute()
    },

    async find (stateHash) {
      const row = await database.selectFrom('contactsheet_sign_ins').selectAll().where('state_hash', '=', stateHash).executeTakeFirst()
      return row && toSignIn(row)
    },

    async claim (stateHash) {
      const { numUpdatedRows } = await database.updateTable('contactsheet_sign_ins').set({ used_at_ms: now() })
        .where('state_hash', '=', stateHash).where('used_at_ms', 'is', null).where('created_at_ms', '>', now() - SIGN_IN_LIFE_MS)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) throw usedError()
    },

    async finish (stateHash, outcome) {
      await database.updateTable('contactsheet_sign_ins').set({ outcome: JSON.stringify(outcome), outcome_at_ms: now() })
        .where('state_hash', '=', stateHash).execute()
    },

    async lastOutcome (ticketHash) {
      const row = await database.selectFrom('contactsheet_sign_ins').select('outcome')
        .where('ticket_hash', '=', ticketHash).where('outcome', 'is not', null)
        .orderBy('outcome_at_ms', 'desc').limit(1).executeTakeFirst()
      return parseOutcome(row?.outcome)
    },

    async removeOld () {
      await database.deleteFrom('contactsheet_sign_ins').where('created_at_ms', '<', now() - OUTCOME_LIFE_MS).execute()
    }
  }
}

/** A state works once: a callback that comes again, however fast, changes nothing. */
export function usedError (): ContactsheetError {
  return new ContactsheetError('SIGN_IN_USED', 'This sign-in has already been used. Go back to the page where you choose photos.')
}

function toSignIn (row: Selectable<Tables['contactsheet_sign_ins']>): SignIn {
  return {
    stateHash: row.state_hash,
    browserHash: row.browser_hash,
    ticketHash: row.ticket_hash,
    appKey: row.app_key,
    sessionId: row.session_id,
    returnTo: row.return_to ?? undefined,
    createdAtMs: row.created_at_ms,
    isUsed: row.used_at_ms !== null,
    outcome: parseOutcome(row.outcome)
  }
}

const parseOutcome = (text: string | null | undefined) => typeof text === 'string' ? JSON.parse(text) as SignInOutcome : undefined
