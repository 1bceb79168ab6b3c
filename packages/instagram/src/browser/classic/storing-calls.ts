import { urlOf } from '../blob.ts'
import type { Conversion } from '../files/conversion.ts'
import { convert } from '../files/convert.ts'
import { store, storeUrl } from '../files/store.ts'
import { write, writeUrl } from '../files/write.ts'
import type { BlobOrUrl, FileBlob } from '../types.ts'
import { settle, sorted, type Callbacks } from './callbacks.ts'
import { checkConversion, conversionIn } from './conversion-check.ts'
import { FilepickerException } from './exceptions.ts'
import { blobUrl, contentOf } from './given-files.ts'
import { definedOnly } from './picker-options.ts'
import type { Session } from './session.ts'

type Given = Record<string, unknown>

/** The calls that make a stored file or change one; each calls back with its blob. */
export function storingCalls (session: Session) {
  const request = (options: Given, { onProgress }: Callbacks): Given => ({ ...session.place(), ...options, ...definedOnly<Given>({ onProgress }) })

  return {
    store (input: unknown, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(store(contentOf(input, 'store'), request(options, callbacks)), callbacks, answered)
    },
    storeUrl (url: BlobOrUrl, ...given: unknown[]): void {
      const { options, callbacks } = sorted(given)
      settle(storeUrl(urlOf(url), request(options, callbacks)), callbacks, answered)
    },
    convert (input: BlobOrUrl, conversion: object, ...rest: unknown[]): void {
      const { options: target, callbacks } = sorted(rest)
      const { policy, signature, storeLocation, storePath, storeContainer, storeAccess, storeRegion, ...wanted } = checked({ ...conversionIn(blobUrl(input, 'convert')), ...conversion })
      const place = definedOnly<Given>({ location: storeLocation, path: storePath, container: storeContainer, access: storeAccess, ...definedOnly<Given>(target) })
      settle(convert(input, wanted as Conversion, place, request(definedOnly<Given>({ policy, signature }), callbacks)), callbacks, answered)
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
