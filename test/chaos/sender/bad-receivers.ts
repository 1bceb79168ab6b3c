// Receivers that misbehave, in a process of their own: one port for each kind.
import { createServer, type AddressInfo } from 'node:net'
import { HOSTILE, misbehave, type Hostile } from '../../../packages/sender/test/helpers/hostile.ts'

export type BadPorts = Record<Hostile | 'stalls in TLS' | 'is closed', number>

const kinds = [...Object.keys(HOSTILE), 'stalls in TLS', 'is closed'] as Array<keyof BadPorts>
const ports = await Promise.all(kinds.map(async kind => [kind, await listen(kind)] as const))
process.send?.(Object.fromEntries(ports))

async function listen (kind: keyof BadPorts): Promise<number> {
  const server = createServer(socket => {
    socket.on('error', () => {})
    if (kind === 'stalls in TLS') socket.resume()
    else if (kind !== 'is closed') misbehave(socket, kind)
  })
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  if (kind === 'is closed') server.close()
  return port
}
