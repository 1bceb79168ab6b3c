import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { startPostgres } from '../postgres.ts'
import { settle, startHost, uploadSlowly, type Host, type HostPlan } from './hosts.ts'

const COPIES = 40

t.setTimeout(300_000)

/** One address for several hosts, each taking its turn. */
async function roundRobin (t: Test, hosts: readonly Host[]): Promise<number> {
  let turn = 0
  const proxy = createServer((incoming, answer) => {
    const { port } = hosts[turn++ % hosts.length] as Host
    const outgoing = request({ port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: incoming.headers }, response => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.on('error', () => { answer.destroy() }).pipe(answer)
    })
    outgoing.on('error', () => { answer.headersSent ? answer.destroy() : answer.writeHead(502).end() })
    incoming.on('error', () => { outgoing.destroy() }).pipe(outgoing)
  })
  await new Promise<void>(resolve => { proxy.listen(0, '127.0.0.1', resolve) })
  t.teardown(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return (proxy.address() as AddressInfo).port
}

t.test('two hosts on one PostgreSQL, one killed in the middle of copies: every answered copy is whole and told under one id', async t => {
  const directory = t.testdir({ storage: {} })
  const plan: HostPlan = { database: await (await startPostgres(t))(), directory: `${directory}/storage`, toldPath: `${directory}/told` }
  writeFileSync(plan.toldPath, '')
  const [killed, survivor] = await Promise.all([startHost(plan), startHost(plan)])
  const port = await roundRobin(t, [killed, survivor])

  const copies = Array.from({ length: COPIES }, async (_, index) => await uploadSlowly(port, randomBytes(20_000 + index * 5_000), 4 + index % 8))
  await Promise.race(copies)
  await killed.kill()
  const answered = (await Promise.all(copies)).filter(blob => blob !== undefined)
  t.ok(answered.length > 0 && answered.length < COPIES, `${answered.length} of ${COPIES} were answered`)

  for (const blob of answered) {
    const read = await fetch(`http://127.0.0.1:${survivor.port}${new URL(blob.url).pathname}`)
    t.equal((await read.arrayBuffer()).byteLength, blob.size, 'the survivor reads it')
  }
  await survivor.kill()
  const { host: last, found } = await settle(plan)
  await last.kill()
  t.same([found.rowsWithoutBytes, found.bytesWithoutRow, found.toldTwice], [[], [], []])
  t.same(answered.filter(({ url }) => !found.rows.has(url.slice(-20))), [], 'no answered copy is lost')
})
