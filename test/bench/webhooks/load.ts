import { once } from 'node:events'
import { connect } from 'node:net'
import type { SignedRequest } from '@contactsheet/webhooks/testing'

/** A client that costs little next to the server: kept connections, one request at a time on each, bytes made before. */
export interface Load {
  /** Sends all; rejects at the first answer that is not 200. */
  readonly send: (requests: readonly Buffer[]) => Promise<void>
  readonly close: () => void
}

interface Connection {
  /** Sends requests, the next one when the last one was answered, until there are no more. */
  readonly send: (left: Iterator<Buffer>) => Promise<void>
  readonly close: () => void
}

export async function openLoad (port: number, count: number): Promise<Load> {
  const connections = await Promise.all(Array.from({ length: count }, () => open(port)))
  return {
    async send (requests) {
      const left = requests.values()
      await Promise.all(connections.map(connection => connection.send(left)))
    },
    close () { for (const connection of connections) connection.close() }
  }
}

/** A request as it goes over the wire. */
export function wireBytes ({ headers, body }: SignedRequest): Buffer {
  const lines = Object.entries({ host: 'localhost', ...headers, 'content-length': String(body.length) }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`POST /hooks HTTP/1.1\r\n${lines.join('')}\r\n`), body])
}

async function open (port: number): Promise<Connection> {
  let onAnswer: (answer: string) => void = () => {}
  // Read into one and the same memory, with no stream in between. The answers are so short that each comes in one piece.
  const onread = {
    buffer: Buffer.allocUnsafe(4096),
    callback (length: number, buffer: Uint8Array): boolean {
      onAnswer((buffer as Buffer).toString('latin1', 0, Math.min(length, 'HTTP/1.1 200'.length)))
      return true
    }
  }
  const socket = connect({ host: '127.0.0.1', port, noDelay: true, onread })
  await once(socket, 'connect')
  return {
    send: left => new Promise((resolve, reject) => {
      function next (): void {
        const { value, done } = left.next()
        if (done) resolve()
        else socket.write(value)
      }
      onAnswer = answer => {
        if (answer === 'HTTP/1.1 200') next()
        else reject(new Error(`answered ${answer}`))
      }
      next()
    }),
    close () { socket.destroy() }
  }
}
