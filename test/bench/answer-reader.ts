/** Of answers to GET, one after the other on a connection: as much as it takes to know where each ends. */
export interface AnswerReader {
  /**
   * Takes the next piece of what came; keeps nothing of it that may be written over.
   *
   * @returns whether an answer ends with it
   * @throws {Error} when the answer does not tell its length, or is longer
   */
  read: (piece: Buffer) => boolean
  /** Of the answer that ended last. */
  readonly status: number
  readonly bodyBytes: number
}

const HEAD_END = '\r\n\r\n'
const STATUS_AT = 'HTTP/1.1 '.length
const STATUS_LENGTH = 3
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)\r\n/i
const NOT_MODIFIED = 304
const NOTHING = Buffer.alloc(0)

export function createAnswerReader (): AnswerReader {
  let [status, bodyBytes, missingBytes] = [0, 0, 0]
  /** A head of which the end has not come. */
  let begun: Buffer = NOTHING

  function readHead (piece: Buffer): void {
    const answer = begun.length === 0 ? piece : Buffer.concat([begun, piece])
    const end = answer.indexOf(HEAD_END)
    begun = end === -1 ? Buffer.from(answer) : NOTHING
    if (end === -1) return
    const head = answer.toString('latin1', 0, end + 2)
    status = Number(head.slice(STATUS_AT, STATUS_AT + STATUS_LENGTH))
    bodyBytes = status === NOT_MODIFIED ? 0 : Number(CONTENT_LENGTH.exec(head)?.[1])
    if (Number.isNaN(bodyBytes)) throw new Error(`the answer does not tell its length: ${head}`)
    missingBytes = end + HEAD_END.length + bodyBytes - answer.length
  }

  return {
    get status () { return status },
    get bodyBytes () { return bodyBytes },
    read (piece) {
      if (missingBytes === 0) readHead(piece)
      else missingBytes -= piece.length
      if (missingBytes < 0) throw new Error(`more came than the ${bodyBytes} bytes that were told`)
      return missingBytes === 0 && begun.length === 0
    }
  }
}
