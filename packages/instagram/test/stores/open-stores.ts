import { uploadEvent } from '../../src/domain/file-event.ts'
import { newHandle } from '../../src/domain/handle.ts'
import type { NewFile } from '../../src/domain/file.ts'
import { createFilesStore } from '../../src/stores/files.ts'
import { createLooseObjects, type LooseObject } from '../../src/stores/loose-objects.ts'
import { createOutbox } from '../../src/stores/outbox.ts'
import type { FreshDatabase } from './each-database.ts'

/** The stores of one host on a database, with a clock that stands still until it is moved. Copies are abandoned after a second. */
export async function openStores ({ open }: FreshDatabase) {
  let time = 1_700_000_000_000
  const now = (): number => time
  const database = await open()
  const looseObjects = createLooseObjects({ database, now, abandonedAfterMs: 1000 })
  const files = createFilesStore({ database, outbox: createOutbox({ database, now, onEvent: () => {} }), looseObjects })
  const insert = async (object: LooseObject, handle = newHandle()) => await files.insert(stored(handle, object), record => uploadEvent(record, handle, time), object)
  return { database, looseObjects, files, insert, pass: (milliseconds: number) => { time += milliseconds } }
}

/** A file whose bytes are at a place. */
export function stored (handle: string, { location, container, key }: LooseObject): NewFile {
  return {
    handle,
    appKey: 'default',
    sessionId: undefined,
    filename: 'a.jpg',
    mimetype: 'image/jpeg',
    size: 1,
    client: 'Computer',
    createdAtMs: 1,
    modifiedAtMs: 1,
    source: { kind: 'stored', location, container, key, access: 'private', sha256: 'hash' },
    origin: undefined
  }
}
