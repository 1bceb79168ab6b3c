import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import t from 'tap'
import { openConnection, type ConnectOptions, type Connection } from '../../src/transport/connector.ts'
import { createGuard, type Guard } from '../../src/transport/guard.ts'
import type { Lookup } from '../../src/transport/lookup.ts'
import { createUndiciTransport } from '../../src/transport/undici-transport.ts'
import { startRawServer } from '../helpers/raw-server.ts'

/** A key and a certificate for the name receiver.test, which signs itself. */
const PEM = readFileSync(join(import.meta.dirname, '../fixtures/receiver.test.pem'), 'utf8')
setDefaultCACertificates([...getCACertificates(), PEM.slice(PEM.indexOf('-----BEGIN CERTIFICATE'))])

const toLoopback: Lookup = (_hostname, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }])

async function startHttps (t: { teardown (close: () => unknown): void }): Promise<number> {
  const server = createServer({ key: PEM, cert: PEM }, (request, response) => response.end(request.headers.host)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function open (guard: Guard, options: Partial<ConnectOptions> & { port: number }): Promise<Connection> {
  return new Promise((resolve, reject) => {
    openConnection(guard, { protocol: 'https:', hostname: 'receiver.test', timeoutMs: 5_000, ...options }, (error, connection) => {
      if (connection) {
        connection.socket.destroy()
        resolve(connection)
      } else {
        reject(error)
      }
    })
  })
}

t.test('a TLS connection has all its phases and the address it is pinned to', async t => {
  const { timings, remoteAddress } = await open(createGuard(['receiver.test'], toLoopback), { port: await startHttps(t) })
  t.same(Object.keys(timings), ['lookupMs', 'connectMs', 'tlsMs'])
  t.equal(remoteAddress, '127.0.0.1')
})

t.test('a certificate for another name is refused', async t => {
  await t.rejects(open(createGuard(['other.test'], toLoopback), { port: await startHttps(t), hostname: 'other.test' }), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
})

t.test('a whole request over TLS carries the name it was meant for', async t => {
  const port = await startHttps(t)
  const transport = createUndiciTransport({ guard: createGuard(['receiver.test'], toLoopback) })
  t.teardown(() => transport.close())
  const answer = await transport.post({
    url: new URL(`https://receiver.test:${port}/`), headers: {}, body: Buffer.from('{}'), timeoutMs: 5_000, connectTimeoutMs: 5_000, endpointId: 'ep_one'
  })
  t.match(answer, { status: 200, timings: { tlsMs: Number } })
  t.equal(String(answer.body), `receiver.test:${port}`)
})

t.test('a peer that turns out to be another address is hung up on', async t => {
  const server = await startRawServer(t, socket => socket.resume())
  const guard = createGuard(['127.0.0.1'], toLoopback)
  // What a resolver between us and the guard could do: the check before the connection passes, the one after it does not.
  const fooled: Guard = { ...guard, resolve: async () => [{ address: '127.0.0.1', family: 4 }], refusalOfAddress: () => 'loopback' }
  await t.rejects(open(fooled, { port: server.port, protocol: 'http:' }), { code: 'ADDRESS_REFUSED' })
})

t.test('a literal address that is refused opens nothing', async t => {
  const server = await startRawServer(t, () => {})
  await t.rejects(open(createGuard(), { port: server.port, hostname: '127.0.0.1' }), { code: 'ADDRESS_REFUSED' })
  t.equal(server.connections.length, 0)
})

t.test('a name without an address is told as such', async t => {
  const nowhere: Lookup = (_hostname, _options, callback) => callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), [])
  await t.rejects(open(createGuard([], nowhere), { port: 443 }), { code: 'ENOTFOUND' })
})
