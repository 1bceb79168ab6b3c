import type { AccountReference } from '../domain/media.ts'
import type { Converter, Files } from '../domain/ports.ts'
import type { FilesStore } from '../stores/files.ts'
import type { Sweep } from './sweep.ts'

const BATCH = 100

export interface EraseFilesServices {
  store: FilesStore
  sweep: Sweep
  files: Files
  converter: Converter
}

/** Ends every handle of an account, links and copies alike, with its bytes and what is cached of them. What a storage refuses now, the sweep removes later. */
export async function eraseFiles ({ store, sweep, files, converter }: EraseFilesServices, account: AccountReference): Promise<void> {
  for (;;) {
    const { records, doomed } = await store.removeOf(account, BATCH)
    await Promise.all(doomed.map(async object => await sweep.clear(object)))
    for (const record of records) await converter.forget(files.contentKey(record))
    if (records.length < BATCH) return
  }
}
