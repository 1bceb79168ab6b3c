import type { Selectable, Transaction } from 'kysely'
import type { FileRecord } from '../domain/file.ts'
import { ContactsheetError } from '../errors.ts'
import type { Database, Tables } from './database.ts'

/** Bytes in storage that no file row holds. */
export type LooseObject = Pick<Selectable<Tables['contactsheet_loose_objects']>, 'id' | 'location' | 'container' | 'key'>

export type LooseObjects = ReturnType<typeof createLooseObjects>

type Place = Omit<LooseObject, 'id'>

const FIELDS = ['id', 'location', 'container', 'key'] as const

/**
 * The list of bytes that have no row: each copy is on it from before its first byte until its row is committed, each removed
 * file from the commit until its bytes are gone. What a crash leaves behind is therefore known by name.
 */
export function createLooseObjects ({ database, now, abandonedAfterMs }: { database: Database, now: () => number, abandonedAfterMs: number }) {
  return {
    /** Before the first byte. @throws {ContactsheetError} KEY_TAKEN when a file or another copy has the key */
    async begin (place: Place): Promise<LooseObject> {
      return await database.transaction().execute(async transaction => {
        const row = await transaction.insertInto('contactsheet_loose_objects').values({ ...place, state: 'writing', due_at_ms: now() + abandonedAfterMs })
          .onConflict(conflict => conflict.columns(['location', 'container', 'key']).doNothing()).returning(FIELDS).executeTakeFirst()
        // After the insert, and undone together with it: a file that has the key must never meet the sweep.
        if (row === undefined || await hasFile(transaction, place)) throw new ContactsheetError('KEY_TAKEN', `there is already a file at ${JSON.stringify(place.key)}`)
        return row
      })
    },

    /** The bytes get their row, in its transaction. Fails when the sweep has taken them for abandoned. */
    async adopt (transaction: Transaction<Tables>, { id }: LooseObject): Promise<void> {
      const { numDeletedRows } = await transaction.deleteFrom('contactsheet_loose_objects').where('id', '=', id).where('state', '=', 'writing').executeTakeFirst()
      if (numDeletedRows === 0n) throw new ContactsheetError('COPY_TIMED_OUT', 'the copy took too long and was given up')
    },

    /** The bytes of a file lose their row, in the transaction that ends it. */
    async doom (transaction: Transaction<Tables>, { source }: FileRecord): Promise<LooseObject | undefined> {
      if (source.kind !== 'stored') return undefined
      const { location, container, key } = source
      return await transaction.insertInto('contactsheet_loose_objects')
        .values({ location, container, key, state: 'doomed', due_at_ms: now() }).returning(FIELDS).executeTakeFirstOrThrow()
    },

    /** What the sweep may remove now. From here on no copy can adopt it. */
    async condemn (limit: number): Promise<LooseObject[]> {
      const due = database.selectFrom('contactsheet_loose_objects').select('id').where('due_at_ms', '<=', now()).orderBy('id').limit(limit)
      return await database.updateTable('contactsheet_loose_objects').set({ state: 'doomed' })
        .where('id', 'in', due).where('due_at_ms', '<=', now()).returning(FIELDS).execute()
    },

    /** A copy failed: its bytes may go at once. @returns false when they have got their row after all (a commit whose answer was lost) */
    async abandon ({ id }: LooseObject): Promise<boolean> {
      const { numUpdatedRows } = await database.updateTable('contactsheet_loose_objects').set({ state: 'doomed', due_at_ms: now() }).where('id', '=', id).executeTakeFirst()
      return numUpdatedRows > 0n
    },

    /** The bytes are gone. */
    async forget ({ id }: LooseObject): Promise<void> {
      await database.deleteFrom('contactsheet_loose_objects').where('id', '=', id).execute()
    }
  }
}

async function hasFile (transaction: Transaction<Tables>, { location, container, key }: Place): Promise<boolean> {
  const holder = await transaction.selectFrom('contactsheet_files').select('id')
    .where('location', '=', location).where('container', '=', container).where('key', '=', key).executeTakeFirst()
  return holder !== undefined
}
