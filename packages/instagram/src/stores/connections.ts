import { sql, type ExpressionBuilder, type Selectable } from 'kysely'
import type { TokenCipher } from '../auth/token-cipher.ts'
import type { AccountReference, Connection } from '../domain/media.ts'
import type { LongToken } from '../graph/token-ladder.ts'
import type { Database, Tables } from './database.ts'

const REFRESH_LEASE_MS = 60_000

/** A connection with its token in clear: stays inside the server's calls to Instagram. */
export interface TokenHolder extends AccountReference, LongToken {
  id: string
}

/** A token is due that was issued and expires before these times, and one that seems to live for longer than any does. */
export interface DueTimes {
  issuedBeforeMs: number
  expiresBeforeMs: number
  expiresAfterMs: number
}

export interface NewConnection extends Omit<Connection, 'status'> {
  professionalId: string | undefined
}

export interface Connections {
  /** The newest connection of these sessions, a working one first. */
  find (appKey: string, sessionIds: readonly string[]): Promise<Connection | undefined>
  /** Those of the sessions that have a connection to any app. */
  inUse (sessionIds: readonly string[]): Promise<string[]>
  /** One connection per app and session: a new sign-in takes the place of the old one. */
  save (connection: NewConnection, token: LongToken): Promise<void>
  remove (sessionIds: readonly string[], appKey: string): Promise<void>
  /** Removes every session's connection to the account. */
  removeAccount (account: AccountReference): Promise<void>
  /** The account of this app-scoped id, and the one whose professional id it is. */
  accountsNamed (appKey: string, anyId: string): Promise<AccountReference[]>
  /** Connected token holders of an account, newest token first; without those whose token no listed secret opens. */
  holders (account: AccountReference): Promise<TokenHolder[]>
  /** Connections whose token is due to be refreshed and leased to nobody, the first to expire first. */
  due (times: DueTimes, limit: number): Promise<TokenHolder[]>
  /** Unless the token has been replaced in the meantime. */
  markReconnect (holder: Pick<TokenHolder, 'id' | 'issuedAtMs'>): Promise<void>
  /** Whether any session is connected to the account. */
  isConnected (account: AccountReference): Promise<boolean>
  /** Whether any session is or was connected to the account, and it was not erased. */
  isKnown (account: AccountReference): Promise<boolean>
  /** Whether this node may refresh the token now; another node that asks within a minute may not. */
  takeRefreshLease (holder: TokenHolder): Promise<boolean>
  replaceToken (holder: TokenHolder, token: LongToken): Promise<void>
  /** Seals with the newest secret what an older one sealed, so that the older one can be taken off the list. */
  resealOld (): Promise<void>
}

type Row = Selectable<Tables['contactsheet_connections']>

export function createConnections (database: Database, cipher: TokenCipher, { now, newId }: { now: () => number, newId: () => string }): Connections {
  const markReconnect = async ({ id, issuedAtMs }: Pick<TokenHolder, 'id' | 'issuedAtMs'>) => {
    await database.updateTable('contactsheet_connections').set({ status: 'reconnect' })
      .where('id', '=', id).where('token_issued_at_ms', '=', issuedAtMs).execute()
  }

  /** The holder of a row, unless no listed secret opens its token. Nothing is marked for that: one host's list may be wrong for a while. */
  const open = (row: Row): TokenHolder | undefined => {
    const account = { appKey: row.app_key, accountId: row.account_id }
    const opened = cipher.open(row.token, account)
    return opened && { ...account, id: row.id, token: opened.text, issuedAtMs: row.token_issued_at_ms, expiresAtMs: row.token_expires_at_ms }
  }

  const openAll = (rows: Row[]): TokenHolder[] => rows.flatMap(row => open(row) ?? [])

  const keyIdOfToken = sql<string>`substr(token, 1, ${sql.lit(cipher.keyIds[0]?.length ?? 0)})`

  /** No lease, or one that is over. A lease that lasts for longer than one does was taken before the clock was set back. */
  const isUnleased = ({ or, eb }: ExpressionBuilder<Tables, 'contactsheet_connections'>) =>
    or([eb('refresh_lease_until_ms', '<=', now()), eb('refresh_lease_until_ms', '>', now() + REFRESH_LEASE_MS)])

  const ofAccount = ({ appKey, accountId }: AccountReference) => database.selectFrom('contactsheet_connections').select('id')
    .where('app_key', '=', appKey).where('account_id', '=', accountId).limit(1)

  return {
    markReconnect,

    async find (appKey, sessionIds) {
      if (sessionIds.length === 0) return undefined
      const row = await database.selectFrom('contactsheet_connections').selectAll()
        .where('app_key', '=', appKey).where('session_id', 'in', sessionIds)
        .orderBy('status').orderBy('created_at_ms', 'desc').limit(1).executeTakeFirst()
      return row && {
        appKey,
        sessionId: row.session_id,
        accountId: row.account_id,
        username: row.username,
        accountType: row.account_type,
        status: open(row) === undefined ? 'reconnect' : row.status
      }
    },

    isConnected: async account => await ofAccount(account).where('status', '=', 'connected').executeTakeFirst() !== undefined,
    isKnown: async account => await ofAccount(account).executeTakeFirst() !== undefined,

    async save (connection, token) {
      const values = {
        account_id: connection.accountId,
        professional_id: connection.professionalId ?? null,
        username: connection.username,
        account_type: connection.accountType,
        status: 'connected' as const,
        ...tokenColumns(connection, token),
        created_at_ms: now()
      }
      await database.insertInto('contactsheet_connections')
        .values({ id: newId(), app_key: connection.appKey, session_id: connection.sessionId, ...values })
        .onConflict(conflict => conflict.columns(['app_key', 'session_id']).doUpdateSet(values))
        .execute()
    },

    async inUse (sessionIds) {
      if (sessionIds.length === 0) return []
      const rows = await database.selectFrom('contactsheet_connections').select('session_id').distinct().where('session_id', 'in', sessionIds).execute()
      return rows.map(row => row.session_id)
    },

    async remove (sessionIds, appKey) {
      if (sessionIds.length === 0) return
      await database.deleteFrom('contactsheet_connections').where('session_id', 'in', sessionIds).where('app_key', '=', appKey).execute()
    },

    async removeAccount ({ appKey, accountId }) {
      await database.deleteFrom('contactsheet_connections').where('app_key', '=', appKey).where('account_id', '=', accountId).execute()
    },

    async accountsNamed (appKey, anyId) {
      const rows = await database.selectFrom('contactsheet_connections').select('account_id').distinct()
        .where('app_key', '=', appKey).where('professional_id', '=', anyId).execute()
      return [...new Set([anyId, ...rows.map(row => row.account_id)])].map(accountId => ({ appKey, accountId }))
    },

    async holders ({ appKey, accountId }) {
      return openAll(await database.selectFrom('contactsheet_connections').selectAll()
        .where('app_key', '=', appKey).where('account_id', '=', accountId).where('status', '=', 'connected')
        .orderBy('token_issued_at_ms', 'desc').execute())
    },

    async due ({ issuedBeforeMs, expiresBeforeMs, expiresAfterMs }, limit) {
      return openAll(await database.selectFrom('contactsheet_connections').selectAll()
        .where('status', '=', 'connected').where(keyIdOfToken, 'in', cipher.keyIds)
        .where(({ and, or, eb }) => or([
          and([eb('token_expires_at_ms', '<', expiresBeforeMs), eb('token_issued_at_ms', '<', issuedBeforeMs)]),
          eb('token_expires_at_ms', '>', expiresAfterMs)
        ]))
        .where(isUnleased).orderBy('token_expires_at_ms').limit(limit).execute())
    },

    async takeRefreshLease ({ id, issuedAtMs }) {
      const { numUpdatedRows } = await database.updateTable('contactsheet_connections').set({ refresh_lease_until_ms: now() + REFRESH_LEASE_MS })
        .where('id', '=', id).where('token_issued_at_ms', '=', issuedAtMs).where(isUnleased).executeTakeFirst()
      return numUpdatedRows === 1n
    },

    async replaceToken (holder, token) {
      await database.updateTable('contactsheet_connections').set(tokenColumns(holder, token))
        .where('id', '=', holder.id).where('token_issued_at_ms', '=', holder.issuedAtMs).execute()
    },

    async resealOld () {
      const older = cipher.keyIds.slice(1)
      if (older.length === 0) return
      const rows = await database.selectFrom('contactsheet_connections').selectAll()
        .where('status', '=', 'connected').where(keyIdOfToken, 'in', older).execute()
      for (const holder of openAll(rows)) {
        await database.updateTable('contactsheet_connections').set({ token: cipher.seal(holder.token, holder) })
          .where('id', '=', holder.id).where('token_issued_at_ms', '=', holder.issuedAtMs).execute()
      }
    }
  }

  function tokenColumns (account: AccountReference, { token, issuedAtMs, expiresAtMs }: LongToken) {
    return {
      token: cipher.seal(token, account),
      token_issued_at_ms: issuedAtMs,
      token_expires_at_ms: expiresAtMs,
      refresh_lease_until_ms: 0
    }
  }
}
