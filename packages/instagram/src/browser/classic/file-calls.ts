import { urlOf } from '../blob.ts'
import { exportFile } from '../files/export-file.ts'
import { read } from '../files/read.ts'
import { remove } from '../files/remove.ts'
import { stat } from '../files/stat.ts'
import type { BlobOrUrl } from '../types.ts'
import { settle, sorted } from './callbacks.ts'
import { FilepickerException } from './exceptions.ts'
import { blobUrl, contentOf } from './given-files.ts'
import { definedOnly } from './picker-options.ts'
import type { Session } from './session.ts'

/** The calls that look at a file, save it to the person's computer, or end it. */
export function fileCalls (session: Session) {
  return {
    read (input: unknown, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      if (input === undefined || input === null || input === '') throw new FilepickerException('No input given - nothing to read!')
      settle(read(contentOf(input, 'read'), { ...session.place(), ...options, ...definedOnly<{ onProgress?: () => void }>({ onProgress: callbacks.onProgress }) }), callbacks)
    },
    stat (input: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(stat(blobUrl(input, 'get metadata for'), { ...session.place(), ...options }), callbacks)
    },
    exportFile (input: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      if (typeof input !== 'string' && typeof input?.url !== 'string') throw new FilepickerException(`Invalid file to export: ${String(input)}. Not a valid url or FPFile object.`)
      settle(exportFile(urlOf(input), { ...session.place(), ...options }), callbacks)
    },
    remove (input: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(remove(blobUrl(input, 'remove'), { ...session.place(), ...options }), callbacks, () => [])
    }
  }
}
