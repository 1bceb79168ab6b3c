import { once } from 'node:events'
import { connect } from 'node:net'
import { createAnswerReader } from './answer-reader.ts'

/** What a server answered to all of a load. */
export interface Answers {
  durationMs: number
  /** Of each request, from its first byte sent to the last byte of its answer. */
  latenciesMs: number[]
  statuses: Record<number, number>
  /** Of all bodies. */
  bytes: number
}

/**
 * A client that costs less than the servers it measures: connections that are kept, one request at a time on each, requests made before, and
 * answers that are read no further than their status and their end.
 */
export interface HttpLoad {
  /** Sends all, each on the next connection that is free. @throws when a connection ends */
  send: (requests: Iterable<Buffer>) => Promise<Answers>
  close: () => void
}

interface Connection {
  send: (requests: Iterator<Buffer>, answers: Answers) => Promise<void>
  close: () => void
}

const READ_BYTES = 64 * 1_024

/** A request without a body as it goes over the wire. */
export function getRequest (path: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
}

export async function openHttpLoad (port: number, connections: number): Promise<HttpLoad> {
  const opened = await Promise.all(Array.from({ length: connections }, async () => await open(port)))
  return {
    async send (requests) {
      const answers: Answers = { durationMs: 0, latenciesMs: [], statuses: {}, bytes: 0 }
      const left = requests[Symbol.iterator]()
      const begun = performance.now()
      await Promise.all(opened.map(async ({ send }) => await send(left, answers)))
      return { ...answers, durationMs: performance.now() - begun }
    },
    close () { for (const { close } of opened) close() }
  }
}

async function open (port: number): Promise<Connection> {
  let onPiece: (piece: Buffer) => void = () => {}
  // What was read is looked at here, without a stream in between, before more is read into the same memory.
  const onread = {
    buffer: Buffer.allocUnsafe(READ_BYTES),
    callback (bytes: number, buffer: Uint8Array): boolean {
      onPiece((buffer as Buffer).subarray(0, bytes))
      return true
    }
  }
  const socket = connect({ host: '127.0.0.1', port, noDelay: true, onread })
  await once(socket, 'connect')

  const send: Connection['send'] = async (requests, answers) => await new Promise((resolve, reject) => {
    const reader = createAnswerReader()
    let begun = 0
    const onEnd = (error?: Error): void => { reject(error ?? new Error('the server closed a connection')) }

    function next (): void {
      const { value, done } = requests.next()
      if (done === true) {
        socket.off('error', onEnd).off('end', onEnd)
        resolve()
        return
      }
      begun = performance.now()
      socket.write(value)
    }

    onPiece = piece => {
      if (!reader.read(piece)) return
      answers.latenciesMs.push(performance.now() - begun)
      answers.statuses[reader.status] = (answers.statuses[reader.status] ?? 0) + 1
      answers.bytes += reader.bodyBytes
      next()
    }
    socket.on('error', onEnd).on('end', onEnd)
    next()
  })

  return { send, close: () => socket.destroy() }
}
