import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import Fastify from 'fastify'
import type { Test } from 'tap'
import type { Receiver } from '../src/index.ts'
import { webhookReceiver } from '../src/fastify.ts'
import { toNodeHandler } from '../src/node.ts'

/** A server of each kind, listening on a free port of this machine until the test ends. */
export const SERVERS = {
  async fastify (t: Test, receiver: Receiver): Promise<Server> {
    const app = Fastify({ forceCloseConnections: true })
    t.teardown(() => app.close())
    await app.register(webhookReceiver, { url: '/hooks', receiver })
    await app.listen({ host: '127.0.0.1', port: 0 })
    return app.server
  },
  async node (t: Test, receiver: Receiver): Promise<Server> {
    const server = createServer(toNodeHandler(receiver))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => {
      server.closeAllConnections()
      server.close()
    })
    return server
  }
} as const

export function portOf (server: Server): number {
  return (server.address() as AddressInfo).port
}

/** The first lines of a request, without the blank line. */
export function head (headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries({ host: 'test', 'content-type': 'application/json', ...headers }).map(([name, value]) => `${name}: ${value}`)
  return ['POST /hooks HTTP/1.1', ...lines].join('\r\n')
}

/** Opens a connection, lets `send` write to it, and answers all that came back once the server closed it. */
export async function exchange (server: Server, send: (socket: Socket) => void): Promise<string> {
  const socket = connect(portOf(server), '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => { answer += text })
  socket.on('error', () => {})
  await once(socket, 'connect')
  send(socket)
  await new Promise<void>(resolve => { socket.once('close', () => resolve()) })
  return answer
}

/** Writes without end, as fast as the other side takes it. */
export function pour (socket: Socket, chunk: string): void {
  const more = () => {
    while (!socket.destroyed && socket.writable && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}
