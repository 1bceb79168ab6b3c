import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { SignedRequest } from '@contactsheet/webhooks/testing'

/** A client that costs little next to the server: kept connections, one request at a time on each, bytes made before. */
export interface Load {
  /** Sends all; rejects at the first answer that is not 200. */
  readonly send: (requests: readonly Buffer[]) => Promise<void>
  readonly close: () => void
}

export async function openLoad (port: number, connections: number): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: connections }, async () => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    await once(socket, 'connect')
    return socket
  }))
  return {
    async send (requests) {
      const left = requests.values()
      await Promise.all(sockets.map(socket => work(socket, left)))
    },
    close () { for (const socket of sockets) socket.destroy() }
  }
}

/** A request as it goes over the wire. */
export function wireBytes ({ headers, body }: SignedRequest): Buffer {
  const lines = Object.entries({ host: 'localhost', ...headers, 'content-length': String(body.length) }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`POST /hooks HTTP/1.1\r\n${lines.join('')}\r\n`), body])
}

function work (socket: Socket, left: Iterator<Buffer>): Promise<void> {
  return new Promise((resolve, reject) => {
    function next (): void {
      const { value, done } = left.next()
      if (!done) {
        socket.write(value)
        return
      }
      socket.off('data', onData)
      resolve()
    }
    // The answers are so short that each comes in one piece.
    function onData (answer: Buffer): void {
      if (answer.toString('latin1', 0, 12) === 'HTTP/1.1 200') next()
      else reject(new Error(`answered ${answer.toString()}`))
    }
    socket.on('data', onData)
    next()
  })
}
