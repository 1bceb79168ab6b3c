import { promises } from 'node:dns'
import t from 'tap'
import { createGuard } from '../../src/transport/guard.ts'
import { createNameServerLookup, type Lookup } from '../../src/transport/lookup.ts'
import { createUndiciTransport } from '../../src/transport/undici-transport.ts'
import { startDnsServer } from '../helpers/dns-server.ts'
import { startRawServer } from '../helpers/raw-server.ts'

const answering = (...addresses: string[]): Lookup => (_hostname, _options, callback) => callback(null, addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })))

t.test('by default only https and public addresses may be called', async t => {
  const guard = createGuard()
  t.equal(guard.refusalOfUrl(new URL('https://receiver.example/')), undefined)
  t.equal(guard.refusalOfUrl(new URL('https://8.8.8.8/')), undefined)
  t.match(guard.refusalOfUrl(new URL('http://receiver.example/')), /only https/)
  t.match(guard.refusalOfUrl(new URL('https://10.0.0.1/')), /not a public address \(private\)/)
})

t.test('a host that is allowed by name may be private, and called over http', async t => {
  const guard = createGuard(['localhost'], answering('127.0.0.1'))
  t.equal(guard.refusalOfUrl(new URL('http://localhost:3000/')), undefined)
  t.equal(guard.refusalOfUrl(new URL('http://LOCALHOST.:3000/')), undefined)
  t.match(await guard.resolve('localhost'), [{ address: '127.0.0.1' }])
  t.match(guard.refusalOfUrl(new URL('http://127.0.0.1/')), /only https/, 'its address is another host')
})

t.test('a range opens the addresses in it, also for names that lead there', async t => {
  const guard = createGuard(['10.0.0.0/8'], answering('10.1.2.3'))
  t.equal(guard.refusalOfUrl(new URL('http://10.1.2.3/')), undefined)
  t.equal(guard.refusalOfAddress('hooks.internal', '10.1.2.3'), undefined)
  t.equal(guard.refusalOfAddress('hooks.internal', '::ffff:10.1.2.3'), undefined)
  t.equal(guard.refusalOfAddress('hooks.internal', '192.168.0.1'), 'private')
  t.match(guard.refusalOfUrl(new URL('http://hooks.internal/')), /only https/, 'over https, as the name is not listed')
})

t.test('metadata services stay closed whatever is allowed', async t => {
  const guard = createGuard(['169.254.0.0/16', '168.63.129.16', 'metadata.google.internal', 'fd00::/8'])
  for (const address of ['169.254.169.254', '168.63.129.16', 'fd00:ec2::254']) t.equal(guard.refusalOfAddress('hooks.internal', address), 'metadata')
  t.match(guard.refusalOfUrl(new URL('http://metadata.google.internal/')), /metadata service/)
})

t.test('one private address among many public ones refuses the name', async t => {
  await t.rejects(createGuard([], answering('8.8.8.8', '2606:4700::1', '192.168.0.1')).resolve('receiver.example'), { code: 'ADDRESS_REFUSED', message: /192\.168\.0\.1/ })
})

t.test('a name server that answers an open address first and a closed one second gets no connection to the closed one', async t => {
  // 127.0.0.2 stands for a public address, so that no packet leaves this machine.
  const victim = await startRawServer(t, () => {})
  const dns = await startDnsServer(t, nth => [nth % 2 === 1 ? '127.0.0.2' : '127.0.0.1'])
  const resolver = new promises.Resolver({ timeout: 1_000, tries: 1 })
  resolver.setServers([dns.address])
  const transport = createUndiciTransport({ guard: createGuard(['127.0.0.2'], createNameServerLookup(resolver)) })
  t.teardown(() => transport.close())
  const errors = new Map<string | undefined, number>()
  for (let index = 0; index < 20; index++) {
    const { error } = await transport.post({
      url: new URL(`https://rebind.example:${victim.port}/`), headers: {}, body: Buffer.from('{}'), timeoutMs: 5_000, connectTimeoutMs: 1_000, endpointId: 'ep_one'
    })
    errors.set(error, (errors.get(error) ?? 0) + 1)
  }
  t.equal(victim.connections.length, 0)
  t.same(errors, new Map([['connection-refused', 10], ['address-refused', 10]]))
  t.equal(dns.questions, 20, 'one question for each connection: what was checked is what was used')
})
