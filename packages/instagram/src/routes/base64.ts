import { Transform } from 'node:stream'

const GROUP = 4

/** Base64 text in, bytes out. The text comes in groups of four characters, the chunks come as they like. */
export function base64Decoder (): Transform {
  let rest = ''
  return new Transform({
    transform (chunk: Buffer, _encoding, done) {
      const text = rest + chunk.toString('latin1').replace(/\s+/g, '')
      const whole = text.length - text.length % GROUP
      rest = text.slice(whole)
      done(null, Buffer.from(text.slice(0, whole), 'base64'))
    },
    flush (done) {
      done(null, Buffer.from(rest, 'base64'))
    }
  })
}

/** Bytes in, Base64 text out. */
export function base64Encoder (): Transform {
  const triple = 3
  let rest: Buffer = Buffer.alloc(0)
  return new Transform({
    transform (chunk: Buffer, _encoding, done) {
      const bytes = Buffer.concat([rest, chunk])
      const whole = bytes.length - bytes.length % triple
      rest = bytes.subarray(whole)
      done(null, bytes.subarray(0, whole).toString('base64'))
    },
    flush (done) {
      done(null, rest.toString('base64'))
    }
  })
}
