import { convert } from '../files/convert.ts'
import type { Conversion } from '../files/conversion.ts'
import { read } from '../files/read.ts'
import { remove } from '../files/remove.ts'
import { stat } from '../files/stat.ts'
import { store, storeUrl } from '../files/store.ts'
import { write, writeUrl } from '../files/write.ts'
import { urlOf } from '../blob.ts'
import type { BlobOrUrl, FileBlob } from '../types.ts'
import type { Session } from './api.ts'
import { settle, sorted, type Callbacks } from './callbacks.ts'
import { checkConversion, conversionIn } from './conversion-check.ts'
import { FilepickerException } from './exceptions.ts'
import { definedOnly } from './picker-options.ts'

type Given = Record<string, unknown>

/** The calls that open no dialog: each sorts out its arguments, checks them, and calls back with what the promise brings. */
export function fileCalls (session: Session) {
  const request = (options: Given, { onProgress }: Callbacks): Given => ({ ...session.place(), ...options, ...(onProgress === undefined ? {} : { onProgress }) })

  return {
    store (input: unknown, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(store(contentOf(input, 'store'), request(options, callbacks)), callbacks, answered)
    },
    storeUrl (url: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(storeUrl(urlOf(url), request(options, callbacks)), callbacks, answered)
    },
    convert (input: BlobOrUrl, conversion: Given, ...rest: unknown[]): void {
      const { options: target, callbacks } = sorted(rest)
      const url = blobUrl(input, 'convert')
      const { policy, signature, storeLocation, storePath, storeContainer, storeAccess, storeRegion, ...wanted } = checked({ ...conversionIn(url), ...conversion })
      const store = definedOnly<Given>({ location: storeLocation, path: storePath, container: storeContainer, access: storeAccess, ...definedOnly<Given>(target) })
      settle(convert(input, wanted as Conversion, store, request(definedOnly<Given>({ policy, signature }), callbacks)), callbacks, answered)
    },
    remove (input: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(remove(blobUrl(input, 'remove'), { ...session.place(), ...options }), callbacks, () => [])
    },
    stat (input: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(stat(blobUrl(input, 'get metadata for'), { ...session.place(), ...options }), callbacks)
    },
    read (input: unknown, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      if (input === undefined || input === null || input === '') throw new FilepickerException('No input given - nothing to read!')
      settle(read(contentOf(input, 'read'), request(options, callbacks)), callbacks)
    },
    write (target: BlobOrUrl, input: unknown, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(write(blobUrl(target, 'write to'), contentOf(input, 'write'), request(options, callbacks)), callbacks, answered)
    },
    writeUrl (target: BlobOrUrl, url: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      if (url === undefined || url === null) throw new FilepickerException('No input given - nothing to write!')
      settle(writeUrl(blobUrl(target, 'write to'), urlOf(url), request(options, callbacks)), callbacks, answered)
    }
  }
}

/** Blobs of the file routes have always come without their container. */
function answered ({ container, ...blob }: FileBlob): unknown[] {
  return [blob]
}

function checked (conversion: Given): Given {
  checkConversion(conversion)
  return conversion
}

function blobUrl (input: unknown, purpose: string): string {
  const url = typeof input === 'string' ? input : (input as { url?: unknown } | null | undefined)?.url
  if (typeof url !== 'string' || url === '') throw new FilepickerException(`Invalid file to ${purpose}: ${String(input)}. Not a filepicker url or FPFile object.`)
  return url
}

function contentOf (input: unknown, purpose: string): string | Blob | HTMLInputElement | { url: string } {
  if (typeof input === 'string' || input instanceof Blob || input instanceof HTMLInputElement) return input
  if (typeof input === 'object' && input !== null && 'url' in input && typeof input.url === 'string') return input as { url: string }
  throw new FilepickerException(`Cannot ${purpose} given input: ${String(input)}. Not a string, file input, DOM File, or FPFile object.`)
}
