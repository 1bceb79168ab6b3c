import { Transform } from 'node:stream'
import { ContactsheetError } from '../errors.ts'

/** A stream that passes bytes on and breaks at the first one too many, whatever was announced. */
export function byteLimit (maxBytes: number): Transform {
  let count = 0
  return new Transform({
    transform (chunk: Buffer, _encoding, done) {
      count += chunk.length
      if (count > maxBytes) done(new ContactsheetError('FILE_TOO_LARGE', `the file has more than the ${maxBytes} bytes allowed`))
      else done(null, chunk)
    }
  })
}
