import type { Transaction } from 'kysely'
import type { EventDraft } from '../domain/event.ts'
import type { FileListRequest, FilePage, FileRecord, NewFile } from '../domain/file.ts'
import type { AccountReference } from '../domain/media.ts'
import { ContactsheetError } from '../errors.ts'
import type { Database, Tables } from './database.ts'
import { fromRow, toRow } from './file-rows.ts'
import type { LooseObjects, LooseObject } from './loose-objects.ts'
import type { Outbox } from './outbox.ts'

export type FilesStore = ReturnType<typeof createFilesStore>

/** The table of handles. Every change commits together with the event that tells of it. */
export function createFilesStore ({ database, outbox, looseObjects }: { database: Database, outbox: Outbox, looseObjects: LooseObjects }) {
  async function commit<Result> (change: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result> {
    const result = await database.transaction().execute(change)
    outbox.wake()
    return result
  }

  return {
    async find (handle: string): Promise<FileRecord | undefined> {
      const row = await database.selectFrom('contactsheet_files').selectAll().where('handle', '=', handle).executeTakeFirst()
      return row === undefined ? undefined : fromRow(row)
    },

    /** Makes a handle; `written` are the bytes that it takes over. */
    async insert (file: NewFile, event: (record: FileRecord) => EventDraft, written?: LooseObject): Promise<FileRecord> {
      return await commit(async transaction => {
        if (written !== undefined) await looseObjects.adopt(transaction, written)
        const { id } = await transaction.insertInto('contactsheet_files').values(toRow(file)).returning('id').executeTakeFirstOrThrow()
        const record = { ...file, id }
        await outbox.append(transaction, file.handle, event(record))
        return record
      })
    },

    /** Puts other bytes behind a handle, which others may be changing too; the bytes before are doomed. */
    async replace (before: FileRecord, after: FileRecord, event: EventDraft, written: LooseObject): Promise<LooseObject | undefined> {
      return await commit(async transaction => {
        const { numUpdatedRows } = await transaction.updateTable('contactsheet_files').set(toRow(after))
          .where('id', '=', before.id).where('modified_at_ms', '=', before.modifiedAtMs).executeTakeFirst()
        if (numUpdatedRows === 0n) throw new ContactsheetError('FILE_CHANGED', 'the file was changed or removed meanwhile')
        await looseObjects.adopt(transaction, written)
        const doomed = await looseObjects.doom(transaction, before)
        await outbox.append(transaction, before.handle, event)
        return doomed
      })
    },

    /** Ends a handle; answers the bytes that are now doomed, when it had any. @throws {ContactsheetError} FILE_NOT_FOUND */
    async remove (handle: string, event: EventDraft): Promise<LooseObject | undefined> {
      return await commit(async transaction => {
        const row = await transaction.deleteFrom('contactsheet_files').where('handle', '=', handle).returningAll().executeTakeFirst()
        if (row === undefined) throw new ContactsheetError('FILE_NOT_FOUND', 'there is no such file')
        const doomed = await looseObjects.doom(transaction, fromRow(row))
        await outbox.append(transaction, handle, event)
        return doomed
      })
    },

    /** Ends handles of an account without telling of it, and takes back what was not yet told; answers them, and the bytes that are now doomed. */
    async removeOf ({ appKey, accountId }: AccountReference, limit: number): Promise<{ records: FileRecord[], doomed: LooseObject[] }> {
      return await database.transaction().execute(async transaction => {
        const some = transaction.selectFrom('contactsheet_files').select('id').where('app_key', '=', appKey).where('account_id', '=', accountId).limit(limit)
        const rows = await transaction.deleteFrom('contactsheet_files').where('id', 'in', some).returningAll().execute()
        const records = rows.map(fromRow)
        // PostgreSQL knows no empty list.
        if (rows.length === 0) return { records, doomed: [] }
        await transaction.deleteFrom('contactsheet_outbox').where('handle', 'in', rows.map(row => row.handle)).execute()
        const doomed: LooseObject[] = []
        for (const record of records) {
          const object = await looseObjects.doom(transaction, record)
          if (object !== undefined) doomed.push(object)
        }
        return { records, doomed }
      })
    },

    async list ({ appKey, accountId, after, limit = 100 }: FileListRequest & { appKey: string }): Promise<FilePage> {
      if (after !== undefined && !/^\d{1,15}$/.test(after)) throw new ContactsheetError('REQUEST_INVALID', 'after must be what the page before said')
      const size = Math.min(Math.max(1, Math.trunc(limit)), 1_000)
      const rows = await database.selectFrom('contactsheet_files').selectAll()
        .where('app_key', '=', appKey).where('account_id', '=', accountId)
        .$if(after !== undefined, query => query.where('id', '<', Number(after)))
        .orderBy('id', 'desc').limit(size + 1).execute()
      const items = rows.slice(0, size).map(fromRow)
      const last = items.at(-1)
      return rows.length > size && last !== undefined ? { items, after: String(last.id) } : { items }
    },

    /** Tells an event that belongs to no change. */
    async tell (handle: string, event: EventDraft): Promise<void> {
      await outbox.append(database, handle, event)
      outbox.wake()
    }
  }
}
