import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

export interface RawServer {
  close (done: () => void): void
  port: number
  connections: Socket[]
}

type Teardown = { teardown (close: () => unknown): void }

/** A TCP server that behaves as told for each connection. */
export async function startRawServer (t: Teardown, onConnection: (socket: Socket) => void, host = '127.0.0.1'): Promise<RawServer> {
  const connections: Socket[] = []
  const server = createServer(socket => {
    connections.push(socket)
    socket.on('error', () => {})
    onConnection(socket)
  }).listen(0, host)
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of connections) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, connections, close: done => server.close(done) }
}
