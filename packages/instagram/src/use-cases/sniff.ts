import { pipeline, Transform, type Readable } from 'node:stream'

/** What bytes are, whatever anybody called them. */
export interface ContentType {
  mimetype: string
  /** Without the dot; absent when the bytes are of no known kind. */
  extension: string | undefined
}

/** What `file-type` needs to tell every kind apart. */
const HEAD_BYTES = 4_100

/** What may stand before the first element of an SVG, each with its end. */
const PROLOGUE = [['<?', '?>'], ['<!--', '-->'], ['<!', '>']] as const

/** The kind of a file by its first bytes. */
export async function contentTypeOf (head: Buffer): Promise<ContentType> {
  if (isSvg(head.toString('utf8'))) return { mimetype: 'image/svg+xml', extension: 'svg' }
  // Loaded with the first file, as everything that a server does not need to start.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head)
  return found === undefined ? { mimetype: 'application/octet-stream', extension: undefined } : { mimetype: found.mime, extension: found.ext }
}

/** Walks over the prologue by hand: a regular expression for it could be kept busy for ever. */
function isSvg (text: string): boolean {
  let rest = text.replace(/^\ufeff/, '').trimStart()
  for (;;) {
    const [, end] = PROLOGUE.find(([start]) => rest.startsWith(start)) ?? []
    if (end === undefined) return /^<svg[\s>/]/i.test(rest)
    const at = rest.indexOf(end)
    if (at === -1) return false
    rest = rest.slice(at + end.length).trimStart()
  }
}

/** Looks at the first bytes of a stream and gives it back whole. */
export async function sniff (source: Readable): Promise<ContentType & { body: Readable }> {
  const { head, body } = await peek(source)
  try {
    return { ...await contentTypeOf(head), body }
  } catch (error) {
    body.destroy()
    throw error
  }
}

function peek (source: Readable): Promise<{ head: Buffer, body: Readable }> {
  return new Promise((resolve, reject) => {
    let waiting: Buffer[] | undefined = []
    let count = 0
    const release = (body: Transform): void => {
      if (waiting === undefined) return
      const head = Buffer.concat(waiting)
      waiting = undefined
      body.push(head)
      resolve({ head: head.subarray(0, HEAD_BYTES), body })
    }
    const body = new Transform({
      transform (chunk: Buffer, _encoding, done) {
        if (waiting === undefined) return done(null, chunk)
        waiting.push(chunk)
        count += chunk.length
        if (count >= HEAD_BYTES) release(this)
        done()
      },
      flush (done) {
        release(this)
        done()
      }
    })
    pipeline(source, body, error => { if (error !== null && error !== undefined) reject(error) })
  })
}
